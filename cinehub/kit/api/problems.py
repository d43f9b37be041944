"""What goes wrong, as problem documents (RFC 9457), whatever it was and wherever it happened."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from cinehub.kit import tracing

MEDIA_TYPE = "application/problem+json"
NOT_OF_A_FIELD = "non_field_errors"

# Every kind that there is, with its title: clients tell them apart by these.
KINDS = {
    "invalid": "What was sent is not valid",
    "malformed": "What was sent can't be read",
    "unauthenticated": "Nobody is signed in",
    "forbidden": "This is not allowed",
    "csrf": "The CSRF token is missing or wrong",
    "not-found": "There is no such thing here",
    "moved": "It is at another address",
    "method-not-allowed": "This can't be done here",
    "not-acceptable": "There is no answer in that form",
    "conflict": "It is not as you think",
    "duplicate": "It is there already",
    "changed": "It has changed since you read it",
    "too-large": "What was sent is too large",
    "unsupported-media-type": "What was sent is not JSON",
    "unprocessable": "It can't be done",
    "too-many-requests": "Too many requests",
    "in-progress": "The first of these requests has no answer yet",
    "other-request": "The same key came with another request",
    "server-error": "Something went wrong here",
    "tmdb-error": "TMDB gave no usable answer",
    "tmdb-unreachable": "TMDB does not answer",
    "unavailable": "This is not to be had just now",
    # Sign-in.
    "second-factor-required": "A second factor is asked for",
    "confirmation-required": "Something has to be confirmed first",
    "reauthentication-required": "Sign in again first",
    "token-invalid": "The token is not valid",
    "token-expired": "The token has expired",
    "token-audience": "The token is for somebody else",
    "token-algorithm": "The token is not signed as ours are",
    "token-use": "The token is for something else",
    "token-revoked": "The sign-in of the token has ended",
    "refresh-reused": "The refresh token was used before",
    "insufficient-scope": "The token does not reach so far",
    "closed": "Nobody can sign up here",
    "account-closed": "The account is closed",
    "leaving": "The account is about to be erased",
}
_OF_ERROR: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.ParseError, "malformed"),
    (exceptions.NotAuthenticated, "unauthenticated"),
    (exceptions.AuthenticationFailed, "unauthenticated"),
    (exceptions.PermissionDenied, "forbidden"),
    (exceptions.NotFound, "not-found"),
    (exceptions.MethodNotAllowed, "method-not-allowed"),
    (exceptions.NotAcceptable, "not-acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported-media-type"),
    (exceptions.Throttled, "too-many-requests"),
)


class Problem(exceptions.APIException):
    """Raised where something can't be done: a status, one of KINDS, and a sentence for people.

    `more` are members of the document besides those that all have.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str | Promise,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail, kind)
        self.status_code = status
        self.kind = kind
        self.title = KINDS[kind]
        self.headers = dict(headers or {})
        self.more = dict(more or {})
        # Of what was not valid, as DRF tells it.
        self.errors: Any = None


def handled(error: Exception, context: dict[str, Any]) -> Response | None:
    """For REST_FRAMEWORK's EXCEPTION_HANDLER; None for what nobody expected."""
    problem = problem_of(error)
    if problem is None:
        return None
    request = context["request"]
    body = document(request, problem)
    response = Response(body, problem.status_code, headers=_headers(error, problem))
    response.content_type = MEDIA_TYPE
    return response


def answer(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The same where no view was reached, or none that knows of DRF."""
    return JsonResponse(
        document(request, problem),
        status=problem.status_code,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"} | problem.headers,
    )


def document(request: Any, problem: Problem) -> dict[str, Any]:
    errors = list(_errors(problem.errors))
    return {
        "type": type_of(problem.kind),
        "title": problem.title,
        "status": problem.status_code,
        "detail": str(problem.detail),
        "instance": request.path,
        **problem.more,
        "errors": errors,
        "request_id": tracing.request_id(),
        "timestamp": timezone.now().isoformat(timespec="milliseconds"),
    }


def type_of(kind: str) -> str:
    """The address that says more about the kind."""
    return f"{settings.SITE_URL}/api/v1/problems/{kind}/"


def problem_of(error: Exception) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error.get_full_details())
    if isinstance(error, ModelError):
        return _invalid(exceptions.ValidationError(_of_model(error)).get_full_details())
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too-large", _("What was sent is too large."))
    if isinstance(error, Http404):
        return Problem(404, "not-found", _("There is nothing at this address."))
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    return None


def _of_framework(error: exceptions.APIException) -> Problem:
    usual = "server-error" if error.status_code >= 500 else "conflict"
    kind = next((kind for of, kind in _OF_ERROR if isinstance(error, of)), usual)
    if str(error.detail).startswith("CSRF "):
        kind = "csrf"
    return Problem(error.status_code, kind, str(error.detail))


def _of_model(error: ModelError) -> Any:
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def _invalid(details: Any) -> Problem:
    problem = Problem(400, "invalid", _("Some of what was sent is not valid."))
    problem.errors = details
    return problem


def _errors(details: Any, field: str = "") -> Iterator[dict[str, str]]:
    """One for each thing that is wrong; a field within others is `items.0.id`."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": field, "code": details["code"], "message": str(details["message"])}
    elif isinstance(details, dict):
        for name, within in details.items():
            yield from _errors(within, field if name == NOT_OF_A_FIELD else _below(field, name))
    elif isinstance(details, list):
        # A list of what is wrong with a field, or of what is wrong with each of its items.
        for place, within in enumerate(details):
            is_leaf = isinstance(within, dict) and set(within) == {"message", "code"}
            yield from _errors(within, field if is_leaf else _below(field, str(place)))


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else str(name)


def _headers(error: Exception, problem: Problem) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"} | problem.headers
    if problem.status_code == 401:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="CineHub"')
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers
