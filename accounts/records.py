"""What a member has on record here changes; what was worked out of it is thrown away.

Whoever writes for a member (a viewing, a rating, a list) says so with `touch`; whoever keeps
something worked out keeps it under the `stamp` that was read before. Pages for everybody that show
members are thrown away when one of them `appears` otherwise.
"""

import time

from django.core.cache import cache
from django.db import transaction

from cinehub.kit.kept import MEMBERS, changed


def touch(member: int) -> None:
    """By the member's key, once what was written is committed."""
    transaction.on_commit(lambda: cache.set(_key(member), time.time_ns(), timeout=None))


def stamp(member: int) -> int:
    """Another one whenever something of theirs has changed.

    Without Redis each process has its own: what another one wrote is not heard of.
    """
    return int(cache.get(_key(member), 0))


def appear() -> None:
    """Who sees a member, what they are called or look like has changed."""
    transaction.on_commit(lambda: changed(MEMBERS))


def _key(member: int) -> str:
    return f"records-{member}"
