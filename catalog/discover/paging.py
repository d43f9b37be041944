"""Pages of a list that may be long: numbered ones as far as that is cheap, then row after row."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import number_format

from catalog.models import Title

# Whole rows of 3, 6 and 7.
PER_PAGE = 42
# What is found at once and then sorted; what several filters leave is not counted further.
FEW = 2_000
# So many times more are, too, where to walk to a page of them is likely to be longer.
SORTABLE = 5
# Where as many are expected, one of so many titles tells whether there are more than few: if it is
# so many of those, there are (that chance has it so is once in a thousand million times).
SAMPLES = ((8_000, 64, 72), (4_000, 16, 200))
# As far as anything is counted, and as deep as a page may be numbered.
COUNTED = 10_000


class Count(NamedTuple):
    number: int
    is_exact: bool = True

    def __str__(self) -> str:
        shown = number_format(self.number, use_l10n=True, force_grouping=True)
        return shown if self.is_exact else f"{shown}+"

    @property
    def last_page(self) -> int:
        """The last that has a number."""
        return -(-self.number // PER_PAGE) or 1


class PageLink(NamedTuple):
    number: int
    query: str
    is_current: bool


@dataclass(frozen=True)
class Page:
    """The queries are what to put after the question mark; None where there is no such page."""

    titles: list[Title]
    number: int
    count: Count
    next_query: str | None
    previous_query: str | None
    # None stands for those left out between two numbers.
    numbers: list[PageLink | None]

    @property
    def first_row(self) -> int:
        """What the first of them is counted as, from 1."""
        return (self.number - 1) * PER_PAGE + 1


def window(number: int, last: int) -> list[int | None]:
    """1 … 6 7 8 … 20: the ends, and what is around; a gap of one is filled."""
    near = {1, last, *range(number - 1, number + 2)}
    shown: list[int | None] = []
    before = 0
    for each in sorted(n for n in near if 1 <= n <= last):
        if each - before == 2:
            shown.append(each - 1)
        elif each - before > 2:
            shown.append(None)
        shown.append(each)
        before = each
    return shown
