"""A page outlives a restart of the database: what was read from a lost connection is read again."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

SAFE = ("GET", "HEAD")


class ReadAgain:
    """Middleware: a view that only reads is asked once more when its connection has died.

    Nothing is slept here: a new connection is waited for as long as the pool's time-out says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if request.method not in SAFE or match is None or not _is_lost(error):
            return None
        log.warning("%s is read again, the database was away: %s", request.path, error)
        connection.close()
        try:
            return match.func(request, *match.args, **match.kwargs)
        except (OperationalError, InterfaceError):
            log.exception("%s: the database is still away", request.path)
            return None


def _is_lost(error: Exception) -> bool:
    """Whether the connection is to blame, and not the question."""
    return isinstance(error, (OperationalError, InterfaceError)) and not connection.is_usable()
