"""How often somebody may come: each endpoint says under which limit of API_LIMITS it counts."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django_ratelimit.core import get_usage
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cinehub.kit import visiting

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Usage:
    name: str
    limit: int
    remaining: int
    seconds_left: int


class Limit(BaseThrottle):
    """Counted by django-ratelimit: of many requests at once exactly as many get through."""

    usage: Usage | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        name = view.limit
        counted = get_usage(
            request._request,
            group=f"api:{name}",
            key=lambda _group, _request: _who(request),
            rate=f"{settings.API_LIMITS[name]}/m",
            increment=True,
        )
        # A cache that is away turns nobody away.
        if counted is None:
            return True
        remaining = max(0, counted["limit"] - counted["count"])
        self.usage = Usage(name, counted["limit"], remaining, max(1, counted["time_left"]))
        request._request.api_usage = self.usage
        return not counted["should_limit"]

    def wait(self) -> float | None:
        return self.usage.seconds_left if self.usage else None


def spare(request: Request, name: str, rate: str) -> None:
    """What others feel is done less often than anything is read: `30/h`. Raises Throttled.

    By a member, whatever they do it with.
    """
    who = f"member:{request.user.pk}"
    counted = get_usage(
        request._request, group=f"api:{name}", key=lambda *_: who, rate=rate, increment=True
    )
    if counted and counted["should_limit"]:
        raise Throttled(max(1, counted["time_left"]))


def write_down(response: HttpResponseBase, usage: Usage | None) -> None:
    """What is left of the limit, into the headers of an answer."""
    if usage is None:
        return
    response.headers["RateLimit-Limit"] = str(usage.limit)
    response.headers["RateLimit-Remaining"] = str(usage.remaining)
    response.headers["RateLimit-Reset"] = str(usage.seconds_left)
    response.headers["RateLimit-Policy"] = f'{usage.limit};w={SECONDS};name="{usage.name}"'


def _who(request: Request) -> str:
    """A token, a member in their browser, or else an address."""
    member = request.user
    if not member.is_authenticated:
        return f"address:{visiting.address(request._request)}"
    return f"member:{member.pk}:{getattr(request.auth, 'label', '')}"
