"""Where to look: among the best known first, and only then, within bounds, among all."""

from collections.abc import Sequence
from types import ModuleType

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.search import postgres, sqlite
from catalog.search.asked import Asked
from catalog.search.conditions import Condition, Filter, Step, candidates, spellings
from catalog.search.ranking import Match, is_sure, rank

BACK_ENDS: dict[str, ModuleType] = {"postgresql": postgres, "sqlite": sqlite}

# The best known names of a length that a mistyped one is compared with, and how many resemble it.
COMPARED, RESEMBLING = 1000, 25
LETTERS_APART = 2
# Shorter names have too few letters to be half right, and look like very many others.
LONG = 6
# What is enough for who is still typing, and for a page.
FEW, MANY = 3, 24
# The name as it is typed, or a little worse and famous: nothing else is likely to be meant.
ENOUGH = 1.0


def find(asked: Asked, wanted: Filter, *, hurried: bool = False) -> list[Match]:
    """What is meant by the words, the best first: as they are typed, then mistyped, then anything.

    Who is in a hurry is content with a few names that begin like this.
    """
    if not asked.readings:
        return []
    found = candidates(_as_typed(asked), wanted)
    matches = rank(asked, found)
    is_enough = asked.is_literal or (hurried and len(matches) >= FEW)
    if not is_enough and not is_sure(matches):
        found += candidates(_mistyped(asked), wanted)
        matches = rank(asked, found)
    if len(matches) >= (FEW if hurried else MANY) and matches[0].rank >= ENOUGH:
        return matches
    steps = _unknown(asked)
    if not matches or matches[0].rank < ENOUGH:
        steps += _anything(asked)
    return rank(asked, found + candidates(steps, wanted))


def _as_typed(asked: Asked) -> list[Step]:
    end = _end()
    steps = [Step(_one_of(asked.spellings), 60, known=False)]
    for reading in asked.readings:
        steps.append(_begins(reading.joined))
        words = reading.looked_for
        # A letter alone is the beginning of something.
        if words and len(reading.joined) > 1:
            steps.append(Step(end.has_words(words, unfinished=reading.is_unfinished), 100))
    return steps


def _mistyped(asked: Asked) -> list[Step]:
    """The best known names of about this length, as far as they resemble what was typed."""
    lengths = {
        length
        for spelling in asked.bare
        for length in range(len(spelling) - LETTERS_APART, len(spelling) + LETTERS_APART + 1)
        if length > 0
    }
    known = spellings(lengths, COMPARED)
    near = {
        name
        for spelling in asked.bare
        for name, *_ in process.extract(
            spelling, known, scorer=OSA.distance, score_cutoff=3, limit=RESEMBLING
        )
    }
    steps = [Step(_one_of(sorted(near)), 100)] if near else []
    if len(asked.telling) > 1:
        steps.append(Step(_end().has_most_words(asked.telling), 60))
    return steps


def _unknown(asked: Asked) -> list[Step]:
    """What hardly anybody knows, if it begins like this or has these words."""
    reading = asked.readings[0]
    conditions = [_end().begins(reading.joined)]
    if reading.looked_for:
        conditions.append(_end().has_words(reading.looked_for, unfinished=False))
    return [Step(condition, 300, known=False, ordered=False) for condition in conditions]


def _anything(asked: Asked) -> list[Step]:
    """What is known and looks like it somehow, and what is not and is half right."""
    joined = asked.readings[0].joined
    # Signs have no trigrams: every name would have as many.
    if len(joined) < LONG or not asked.telling:
        return []
    # One wrong letter leaves a half as it is, two in a longer name most likely one end of it.
    part = len(joined) // (2 if len(joined) < 2 * LONG else 3)
    half_right = _end().half_right(joined, part, LETTERS_APART)
    return [
        Step(_end().resembles(joined), 60),
        *(Step(condition, 300, known=False, ordered=False) for condition in half_right),
    ]


def _end() -> ModuleType:
    return BACK_ENDS[connection.vendor]


def _one_of(names: Sequence[str]) -> Condition:
    return Condition(f"joined IN ({', '.join(['%s'] * len(names))})", list(names))


def _begins(letters: str) -> Step:
    """Of up to four letters there are indexes that have the best known first."""
    if len(letters) > 4:
        return Step(_end().begins(letters), 60)
    return Step(Condition(f"{_end().FIRST % len(letters)} = %s", [letters]), 60, read=0)
