"""What goes wrong, in plain words: pages for people and one form of answer for programs."""

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from django.template import loader
from rest_framework import exceptions
from rest_framework.response import Response

CHOOSE_YOUR_OWN = "Choose a password of your own first: whoever opened your account knows this one."
API, PROBLEM = "/api/", "application/problem+json"


def page(status: int, **context) -> HttpResponse:
    """An error page that says nothing about the request it answers."""
    return HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)


def bad_request(request, exception=None):
    return _for_either(request, 400)


def forbidden(request, exception=None):
    return _for_either(request, 403)


def not_found(request, exception=None):
    return _for_either(request, 404)


def broken(request):
    return _for_either(request, 500)


def _for_either(request, status: int) -> HttpResponse:
    """A page for a person; for a program, at an address where no endpoint answered, the form it knows."""
    if request.path.startswith(API):
        return JsonResponse(_described(status), status=status, content_type=PROBLEM)
    return page(status)


def form_expired(request, reason=""):
    return page(403, form_expired=True)


TITLES = {
    400: "Something in this needs putting right.",
    401: "Sign in first.",
    403: "You may see this and may not do that.",
    404: "There is nothing here.",
    405: "That cannot be done at this address.",
    406: "Answers come as JSON and in no other form.",
    409: "Not now.",
    413: "That is too large.",
    415: "Send JSON, or a form with files.",
    429: "Too many requests: wait a moment.",
    500: "Something went wrong here, and nothing was changed.",
    503: "Daybook cannot answer safely just now.",
}


# What follows the title, where the framework would say it in words of its own.
DETAILS = {
    400: "Look at what was sent.",
    401: "Send a token as “Authorization: Bearer …”, or sign in with a browser.",
    403: "It came from a browser without the mark against forgery of its session.",
    404: "It does not exist, or you may not see it.",
    405: "Things are read with GET, and done with POST at the address of an act.",
    406: "Leave the Accept header out, or accept application/json.",
    413: "Send less at once.",
    415: "The Content-Type header says what the request holds: application/json or multipart/form-data.",
    500: "Try again; if it happens again, tell whoever looks after Daybook.",
    503: "Try again in a while.",
}


class TooLarge(exceptions.APIException):
    """More was sent at once than is taken in."""

    status_code = 413


class InOurWords(exceptions.APIException):
    """A refusal with a sentence of ours that says why."""

    def __init__(self, sentence: str, status: int = 400):
        super().__init__(sentence)
        self.status_code = status


def _described(status: int, detail: str = "", **more) -> dict:
    title, said = TITLES.get(status, "Refused."), detail or DETAILS.get(status, "")
    return {"type": "about:blank", "status": status, "title": title, "detail": said, **more}


def problem(status: int, detail: str = "", *, headers=None, **more) -> Response:
    """The one form of every refusal over the API (RFC 9457)."""
    return Response(_described(status, detail, **more), status=status, headers=headers, content_type=PROBLEM)


def api_answer(error, context):
    """Turn the framework's own refusals into our form; anything unforeseen stays an error."""
    if isinstance(error, InOurWords):
        return problem(error.status_code, str(error.detail))
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        return problem(401, headers={"WWW-Authenticate": 'Bearer realm="Daybook"'})
    if isinstance(error, exceptions.Throttled):
        wait = max(1, round(error.wait or 0))
        return problem(429, f"Try again in {wait} seconds.", headers={"Retry-After": str(wait)})
    if isinstance(error, exceptions.APIException):
        return problem(error.status_code)
    if isinstance(error, SuspiciousOperation):
        return problem(413 if isinstance(error, RequestDataTooBig) else 400)
    return problem(404) if isinstance(error, Http404) else None
