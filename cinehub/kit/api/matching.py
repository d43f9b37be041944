"""`If-Match`: an edit of what its sender has read is done only if that is still so.

It is compared with what a GET of the same address would answer now. Until the edit is done no other
that depends on what it has read is let in there: of two at once one is done.
"""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import blake2b
from secrets import token_hex
from typing import NamedTuple

from django.core.cache import cache
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api.delivery import etag_of
from cinehub.kit.api.problems import Problem

HEADER = "If-Match"
# Who has died on the way holds nobody up for longer.
UNDER_WAY_SECONDS = 60


class Turn(NamedTuple):
    """Of an edit under way: nobody else has this key to what it is about."""

    name: str
    key: str


def begin(request: Request, read: Callable[[], Response]) -> Turn | None:
    """For `end`. Raises Problem, and whatever `read` does.

    None where all that matters is that there is something.
    """
    given = [tag.strip().removeprefix("W/") for tag in request.headers[HEADER].split(",")]
    if "*" in given:
        read()
        return None
    name = f"match:{blake2b(request.path.encode(), digest_size=16).hexdigest()}"
    turn = Turn(name, token_hex(8))
    if not cache.add(name, turn.key, UNDER_WAY_SECONDS):
        raise Problem(
            409,
            "in-progress",
            _("Another change of it is still under way."),
            headers={"Retry-After": "1"},
        )
    with ExitStack() as refused:
        refused.callback(end, turn)
        current = etag_of(JSONRenderer().render(read().data))
        if current not in given:
            raise Problem(412, "changed", _("It has changed since; read it again."))
        refused.pop_all()
    return turn


def end(turn: Turn) -> None:
    """Who has taken longer than a turn lasts leaves the next one theirs."""
    if cache.get(turn.name) == turn.key:
        cache.delete(turn.name)
