"""What every answer tells the browser: keep nothing, open nothing to other sites, use no device."""

from django.http import StreamingHttpResponse
from django.http.response import content_disposition_header
from whitenoise.middleware import WhiteNoiseFileResponse

PERMISSIONS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in PERMISSIONS)
# Not "cookies": browsers would clear those of the school's other services on the same domain.
FORGOTTEN_ON_SIGN_OUT = '"cache", "storage"'
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Headers:
    """Adds to every answer what the framework's own middleware does not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if not isinstance(response, WhiteNoiseFileResponse):
            response["Cache-Control"] = "no-store"
        if request.method == "POST" and request.resolver_match and request.resolver_match.view_name == "account_logout":
            response["Clear-Site-Data"] = FORGOTTEN_ON_SIGN_OUT
        return response


def attachment(pieces, *, name: str, kind: str, size: int) -> StreamingHttpResponse:
    """A file to be saved and never shown in the browser's own window.

    pieces: its bytes. name: the file name offered. kind: its media type. size: bytes.
    """
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Length"] = str(size)
    response["Content-Security-Policy"] = FILE_POLICY
    return response
