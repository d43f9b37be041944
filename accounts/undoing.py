"""Taking back what was just done."""

from typing import Any
from uuid import UUID

from accounts.models import Undo, User


def offer(member: User, deed: str, data: dict[str, Any]) -> UUID:
    """The key of what will undo it: `deed` is one of `cinehub.undo.DEEDS`, `data` what it needs.

    Said in the transaction of what was done.
    """
    return Undo.objects.create(user=member, deed=deed, data=data).key


def take(member: User, key: UUID) -> Undo | None:
    """The member's own, and only once: whoever comes second finds nothing. Within a transaction."""
    undo = Undo.objects.select_for_update().open().filter(user=member, pk=key).first()
    if undo is None or not Undo.objects.filter(pk=key).delete()[0]:
        return None
    return undo


def forget_lapsed() -> int:
    return Undo.objects.lapsed().delete()[0]
