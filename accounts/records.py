"""What a member has on record here changes; what was worked out of it is thrown away.

Whoever writes for a member (a viewing, a rating, a list) says so with `touch`; whoever keeps
something worked out keeps it under the `stamp` that was read before. Pages for everybody that show
members are thrown away when one of them `appears` otherwise, and a member's own copies of pages
whenever they are touched or are to be `refresh`ed.
"""

import time

from django.core.cache import cache
from django.db import transaction

from cinehub.kit.versions import MEMBERS, changed, of_member


def touch(member: int) -> None:
    """By the member's key, once what was written is committed."""
    transaction.on_commit(lambda: _touched(member))


def refresh(*members: int) -> None:
    """By their keys: what pages say to them is not so any more, though of what they have on record
    nothing has changed."""
    if members:
        transaction.on_commit(lambda: changed(*map(of_member, members)))


def stamp(member: int) -> int:
    """Another one whenever something of theirs has changed.

    Without Redis each process has its own: what another one wrote is not heard of.
    """
    return int(cache.get(_key(member), 0))


def appear() -> None:
    """Who sees a member, what they are called or look like has changed."""
    transaction.on_commit(lambda: changed(MEMBERS))


def _touched(member: int) -> None:
    cache.set(_key(member), time.time_ns(), timeout=None)
    # Their own copies of pages, and those of who sees their records there.
    changed(of_member(member))


def _key(member: int) -> str:
    return f"records-{member}"
