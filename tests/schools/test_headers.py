"""What every answer tells the browser: the exact headers of a page, an error, a file, a redirect and a static file."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from schools import errors, headers

pytestmark = pytest.mark.django_db

CONTENT_POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; object-src 'none'; script-src 'self'; style-src 'self'"
)
NO_DEVICES = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), "
    "display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), "
    "local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
    "publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), "
    "xr-spatial-tracking=()"
)
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_DEVICES,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ANSWER = EVERYWHERE | {"Cache-Control": "no-store", "X-Frame-Options": "DENY"}
PAGE = ANSWER | {"Content-Security-Policy": CONTENT_POLICY, "Content-Type": "text/html; charset=utf-8"}


def page(request):
    return HttpResponse("<p>A page</p>")


def file(request):
    return headers.attachment([b"<script>", b"</script>"], name="Zoë's photo.html", kind="text/html", size=17)


def broken(request):
    raise RuntimeError("something nobody foresaw")


urlpatterns = [
    path("page/", page),
    path("file/", file),
    path("broken/", broken),
    path("accounts/", include("allauth.urls")),
]
handler404, handler500 = errors.not_found, errors.broken


@pytest.fixture
def browser(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def sent(answer, *, but=()) -> dict[str, str]:
    """The headers of an answer; the parts of the content policy sorted, for their order means nothing."""
    found = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Vary", *but}}
    return found | {"Content-Security-Policy": "; ".join(sorted(found["Content-Security-Policy"].split("; ")))}


def test_a_page(browser):
    answer = browser.get("/page/")
    assert answer.status_code == 200
    assert sent(answer) == PAGE


def test_what_is_not_there(browser):
    answer = browser.get("/nowhere/")
    assert answer.status_code == 404
    assert sent(answer) == PAGE


def test_an_error_nobody_foresaw(browser):
    answer = browser.get("/broken/")
    assert answer.status_code == 500
    assert b"nobody foresaw" not in answer.content
    assert sent(answer) == PAGE


def test_a_file_is_saved_and_never_shown_even_when_it_is_a_page(browser):
    answer = browser.get("/file/")
    assert b"".join(answer.streaming_content) == b"<script></script>"
    assert answer["Content-Length"] == "17"
    assert sent(answer) == ANSWER | {
        "Content-Disposition": "attachment; filename*=utf-8''Zo%C3%AB%27s%20photo.html",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Content-Type": "text/html",
    }


def test_a_redirect(browser):
    answer = browser.get("/accounts/password/change/")
    assert answer.status_code == 302
    assert sent(answer, but=["Location"]) == PAGE


def test_signing_out_has_the_browser_forget(browser, cast):
    browser.force_login(cast.tom)
    assert "Clear-Site-Data" not in browser.get("/accounts/logout/").headers
    answer = browser.post("/accounts/logout/")
    assert answer.status_code == 302
    assert sent(answer, but=["Location"]) == PAGE | {"Clear-Site-Data": '"cache", "storage"'}


def test_a_static_file_may_be_kept_and_has_every_other_header(browser):
    answer = browser.get("/static/app.js")
    assert answer.status_code == 200
    answer.close()
    assert sent(answer, but=["ETag", "Last-Modified"]) == EVERYWHERE | {
        "Cache-Control": "max-age=60, public",
        "Content-Security-Policy": CONTENT_POLICY,
        "Content-Type": 'text/javascript; charset="utf-8"',
    }


def test_over_https_the_browser_is_told_to_stay_there(browser, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    answer = browser.get("/page/", secure=True)
    assert sent(answer) == PAGE | {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
