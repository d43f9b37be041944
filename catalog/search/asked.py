"""What somebody typed, and the ways to take it."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from catalog.spelling import ARTICLES, forms, joined

YEAR = re.compile(r"(18[7-9]\d|19\d\d|20\d\d)")
# So common that they tell nothing apart.
COMMON = ARTICLES | frozenset(("and", "of", "in", "on", "to", "de", "du", "des", "y", "und"))
MOST_WORDS, MOST_TELLING = 12, 6


@dataclass(frozen=True)
class Reading:
    """One way to take it: these words, of that year if one is given apart."""

    form: str
    year: int | None = None

    @cached_property
    def whole(self) -> str:
        return self.form.replace(" ", "")

    @cached_property
    def joined(self) -> str:
        return joined(self.form)

    @cached_property
    def words(self) -> list[str]:
        return self.form.split()

    @cached_property
    def looked_for(self) -> list[str]:
        """The words to look for in an index: no signs, none that every other name has.

        Where there are only such, they are what is meant.
        """
        words = [word for word in self.words if word[0].isalnum()]
        telling = [word for word in words if word not in COMMON]
        return list(dict.fromkeys(telling or words))[:MOST_WORDS]

    @property
    def is_article(self) -> bool:
        """An article alone: whoever types it goes on, or wants what begins with it."""
        return self.form in ARTICLES

    @property
    def is_unfinished(self) -> bool:
        """Whether the last of them may be the beginning of a word."""
        return self.looked_for[-1] == self.words[-1] and len(self.words[-1]) > 2


@dataclass(frozen=True)
class Asked:
    words: str
    readings: list[Reading] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "readings", list(_readings(self.words)))

    @cached_property
    def spellings(self) -> list[str]:
        """All that a name may be, joined."""
        return list(dict.fromkeys([*self.bare, *(reading.whole for reading in self.readings)]))

    @cached_property
    def bare(self) -> list[str]:
        """Without the article, as names are compared; one that is mistyped may be none."""
        found = {}
        for reading in self.readings:
            found[reading.joined] = True
            if bare := _without_mistyped_article(reading):
                found[bare] = True
        return list(found)

    @property
    def is_literal(self) -> bool:
        """What can't be mistyped: an article, and signs, which are but a name made of them."""
        first = self.readings[0]
        return first.is_article or not first.looked_for

    @cached_property
    def telling(self) -> list[str]:
        """The words that tell one name from another."""
        return self.readings[-1].looked_for[:MOST_TELLING]


def _readings(words: str) -> dict[Reading, bool]:
    """With a year in the words first taken as one of them, then as the year."""
    found: dict[Reading, bool] = {}
    for form in forms(words):
        found[Reading(form)] = True
    for form in forms(words):
        said = form.split()
        at = next((n for n in reversed(range(len(said))) if YEAR.fullmatch(said[n])), None)
        if at is not None and len(said) > 1:
            rest = " ".join(said[:at] + said[at + 1 :])
            found[Reading(rest, int(said[at]))] = True
    return found


def _without_mistyped_article(reading: Reading) -> str:
    """`teh thing`, `thething`: the article is left out of what is compared."""
    first, *rest = reading.words
    if rest and 1 < len(first) < 5 and first not in ARTICLES and OSA.distance(first, "the") == 1:
        return "".join(rest)
    if first not in ARTICLES and first.startswith("the") and len(reading.whole) > 5:
        return reading.whole[3:]
    return ""
