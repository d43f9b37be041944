"""How often somebody may come: each endpoint says under which limit of API_LIMITS it counts."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
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
    is_too_often: bool


class Limit(BaseThrottle):
    """Counted by django-ratelimit: of many requests at once exactly as many get through."""

    usage: Usage | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        self.usage = count(request._request, view.limit, _who(request))
        request._request.api_usage = self.usage
        return self.usage is None or not self.usage.is_too_often

    def wait(self) -> float | None:
        return self.usage.seconds_left if self.usage else None


def count(request: HttpRequest, name: str, who: str) -> Usage | None:
    """One more under this limit; None while the cache is away, which turns nobody away."""
    counted = get_usage(
        request,
        group=f"api:{name}",
        key=lambda _group, _request: who,
        rate=f"{settings.API_LIMITS[name]}/m",
        increment=True,
    )
    if counted is None:
        return None
    return Usage(
        name,
        counted["limit"],
        remaining=max(0, counted["limit"] - counted["count"]),
        seconds_left=max(1, counted["time_left"]),
        is_too_often=counted["should_limit"],
    )


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
        return of_address(request._request)
    return f"member:{member.pk}:{getattr(request.auth, 'label', '')}"


def of_address(request: HttpRequest) -> str:
    """Somebody of whom no more is known."""
    return f"address:{visiting.address(request)}"
