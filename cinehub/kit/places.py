"""Where a page of rows that go back in time ends: the moment and the key of its last one.

It stands in the address of the next page, which costs the same however far back it begins.
"""

from datetime import datetime

from django.utils import timezone


def place(moment: datetime, pk: int) -> str:
    return f"{moment.isoformat()}_{pk}"


def place_of(words: str) -> tuple[datetime, int] | None:
    """What was written by `place`; None for anything else."""
    moment, _, pk = words.partition("_")
    try:
        found = datetime.fromisoformat(moment)
        number = int(pk)
    except ValueError:
        return None
    # The oldest is what nobody remembers the day of.
    is_sane = timezone.is_aware(found) and 1800 < found.year < 3000 and 0 < number < 2**63
    return (found, number) if is_sane else None
