"""Members report what should not be there."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reviews.models import Comment, Report, Review

# What is reported, and decided about.
Said = Review | Comment


class OwnWords(Exception):
    """Nobody reports what they wrote themselves, or decides about it."""


@transaction.atomic
def report(reporter: User, said: Said, *, reason: str, text: str = "") -> Report:
    """Once; while it is open, who reports again says it anew. Raises OwnWords."""
    if said.author_id == reporter.pk:
        raise OwnWords
    made, _is_new = Report.objects.update_or_create(
        reporter=reporter, settled_at=None, **of(said), defaults={"reason": reason, "text": text}
    )
    return made


def settle(said: Said) -> int:
    """Nobody has to look at what was reported of it any more; how many there were."""
    return Report.objects.open().filter(**of(said)).update(settled_at=timezone.now())


def of(said: Said) -> dict[str, Any]:
    """By which columns rows are about it."""
    return {"review": said} if isinstance(said, Review) else {"comment": said}
