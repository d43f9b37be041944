"""From one text of a query string to its value, or to nothing."""

import re
from collections.abc import Callable, Collection
from datetime import date

from django.utils.formats import sanitize_separators

from catalog.discover.values import Span

Parser = Callable[[str], object]


def whole(least: int, most: int) -> Callable[[str], int | None]:
    def parse(text: str) -> int | None:
        # Not isdigit(), which knows the digits of every script, and superscripts, too.
        found = int(text) if re.fullmatch("[0-9]{1,12}", text) else None
        return found if found is not None and least <= found <= most else None

    return parse


def score(text: str) -> float | None:
    """With the reader's own decimal sign, or a point."""
    plain = str(sanitize_separators(text))
    found = float(plain) if re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,3})?", plain) else None
    return found if found is not None and found <= 10 else None


def span(text: str) -> Span | None:
    """A year, as 1999, or a day, as 1999-05-17."""
    written = re.fullmatch("([0-9]{4})(-[0-9]{2}-[0-9]{2})?", text)
    if not written:
        return None
    year, day = written.groups()
    try:
        first = date.fromisoformat(year + (day or "-01-01"))
        return Span(text, first, date.fromisoformat(year + (day or "-12-31")))
    except ValueError:
        return None


def one_of(known: Collection[str]) -> Callable[[str], str | None]:
    return lambda text: text if text in known else None
