"""Each request has an id, a place in the figures, and where logs are JSON a line in them."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

from cinehub.kit import tracing
from cinehub.kit.hiding import hide

log = logging.getLogger("cinehub.access")

HEADER = "X-Request-ID"
# Of what no view answered: kept pages, static files, addresses that do not exist.
NO_VIEW = "-"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

SECONDS = Histogram(
    "cinehub_request_seconds",
    "How long answers took, by the name of their view.",
    ["view", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


class Requests:
    """Middleware, outermost: nothing is answered that it does not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        own_id = tracing.sane_id(request.headers.get(HEADER, ""))
        # Not only in here: Django says afterwards what it thinks of the answer.
        tracing.begin(request_id=own_id)
        response = self.get_response(request)
        response.headers[HEADER] = own_id
        _note(request, response, perf_counter() - started)
        return response


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    found = request.resolver_match
    view = (found and found.view_name) or NO_VIEW
    method = request.method if request.method in METHODS else "other"
    SECONDS.labels(view, method, response.status_code).observe(seconds)
    if log.isEnabledFor(logging.INFO):
        facts = {
            "method": method,
            "path": hide(request.get_full_path()),
            "view": view,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        log.info("%s %s %s", method, facts["path"], facts["status"], extra={"facts": facts})
