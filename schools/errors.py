"""What goes wrong, in plain words: pages for people and one form of answer for programs."""

from django.http import HttpResponse
from django.template import loader
from rest_framework import exceptions
from rest_framework.response import Response


def page(status: int, **context) -> HttpResponse:
    """An error page that says nothing about the request it answers."""
    return HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)


def bad_request(request, exception=None):
    return page(400)


def forbidden(request, exception=None):
    return page(403)


def not_found(request, exception=None):
    return page(404)


def broken(request):
    return page(500)


def form_expired(request, reason=""):
    return page(403, form_expired=True)


TITLES = {
    400: "Something in this needs putting right.",
    401: "Sign in first.",
    403: "You may see this and may not do that.",
    404: "There is nothing here.",
    405: "That cannot be done at this address.",
    409: "Not now.",
    413: "That is too large.",
    415: "Send JSON, or a form with files.",
    429: "Too many requests: wait a moment.",
    503: "Daybook cannot answer safely just now.",
}


def problem(status: int, detail: str = "", **more) -> Response:
    """The one form of every refusal over the API."""
    return Response(
        {"status": status, "title": TITLES.get(status, "Refused."), "detail": detail, **more}, status=status
    )


def api_answer(error, context):
    """Turn the framework's own refusals into our form; anything unforeseen stays an error."""
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "Look at the fields named.", errors=error.detail)
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        return problem(401)
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code, str(error.detail))
    if type(error).__name__ in {"Http404"}:
        return problem(404)
    return None
