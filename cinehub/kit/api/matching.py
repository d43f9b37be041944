"""`If-Match`: an edit of what its sender has read is done only if that is still so.

It is compared with what a GET of the same address would answer now. Until the edit is done no other
that depends on what it has read is let in there: of two at once one is done.
"""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import blake2b

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


def begin(request: Request, read: Callable[[], Response]) -> str:
    """The name under which it is let in, for `end`. Raises Problem, and whatever `read` does.

    Empty where all that matters is that there is something.
    """
    given = [tag.strip().removeprefix("W/") for tag in request.headers[HEADER].split(",")]
    if "*" in given:
        read()
        return ""
    name = f"match:{blake2b(request.path.encode(), digest_size=16).hexdigest()}"
    if not cache.add(name, 1, UNDER_WAY_SECONDS):
        raise Problem(
            409,
            "in-progress",
            _("Another change of it is still under way."),
            headers={"Retry-After": "1"},
        )
    with ExitStack() as refused:
        refused.callback(cache.delete, name)
        current = etag_of(JSONRenderer().render(read().data))
        if current not in given:
            raise Problem(412, "changed", _("It has changed since; read it again."))
        refused.pop_all()
    return name


def end(name: str) -> None:
    cache.delete(name)
