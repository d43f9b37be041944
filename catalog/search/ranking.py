"""How well a name answers what was typed; what is famous may be typed worse."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from catalog.search.asked import Asked, Reading
from catalog.search.conditions import Candidate
from catalog.spelling import joined

AT_MOST = 200
# What a tenfold number of votes is worth, beside a quality from 0 to 1.
FAME = 0.09
OTHER_NAME = 0.03
# What a name begins with is more likely meant than what is somewhere in it.
AT_FIRST = 0.12
RIGHT_YEAR, NEAR_YEAR, WRONG_YEAR = 0.15, 0.1, -0.25
BUT_FOR_ARTICLE, BUT_FOR_PART = 0.95, 0.93
# From so many letters on one may be wrong, or two, or three.
WRONG_FROM = (2, 4, 9)
# What a mistyped name loses by each of them, and by what else is not right.
PER_LETTER, ARTICLE, OTHER_NUMBER = 0.9, 0.3, 0.06
AFTER_ARTICLE = 0.85
# `The Godfather 2` is its part two.
PART = re.compile(r"\b(?:part|parte|partie|teil|chapter|vol|volume|episode|часть) (?=\d)")
# What is half wrong may be meant only where nothing has what was typed.
WORST, WORST_BESIDE = 0.55, 0.65
SURE, SURE_FROM = 0.9, 1.5


class Match(NamedTuple):
    rank: float
    quality: float
    fame: float
    of: str
    pk: int


def rank(asked: Asked, candidates: Iterable[Candidate]) -> list[Match]:
    """Each thing once, by the name that answers best."""
    best: dict[tuple[str, int], Match] = {}
    answers = {
        candidate: max(_answer(reading, candidate) for reading in asked.readings)
        for candidate in candidates
    }
    is_there = any(said and quality >= WORST_BESIDE for quality, said in answers.values())
    worst = WORST_BESIDE if is_there else WORST
    for candidate, (quality, _said) in answers.items():
        if quality < worst:
            continue
        value = quality + FAME * candidate.fame + _likelihood(asked, candidate)
        key = (candidate.of, candidate.pk)
        if key not in best or best[key].rank < value:
            best[key] = Match(value, quality, candidate.fame, *key)
    found = sorted(best.values(), key=lambda thing: (-thing.rank, thing.of, thing.pk))
    return found[:AT_MOST]


def is_sure(found: list[Match]) -> bool:
    """That nothing else can be meant: it has this very name, and is known to many."""
    return bool(found) and found[0].quality >= SURE and found[0].fame >= SURE_FROM


def _likelihood(asked: Asked, candidate: Candidate) -> float:
    """Of two names that answer as well: how they answer, and whose they are."""
    at_first = any(_is_at_first(reading, candidate) for reading in asked.readings)
    return (AT_FIRST if at_first else 0) - (0 if candidate.is_main else OTHER_NAME)


def _is_at_first(reading: Reading, candidate: Candidate) -> bool:
    if reading.is_article:
        # Nearly everything has it in some language.
        return candidate.is_main and _has_article(reading, candidate)
    # Somebody is called by the last name, too.
    return candidate.joined.startswith(reading.joined) or (
        candidate.of == "person" and candidate.form.endswith(f" {reading.form}")
    )


def _has_article(reading: Reading, candidate: Candidate) -> bool:
    return candidate.form.startswith(f"{reading.form} ")


def _answer(reading: Reading, candidate: Candidate) -> tuple[float, bool]:
    """How good it is, and whether the name has what was typed."""
    said = _literally(reading, candidate)
    quality = max(_whole(reading, candidate), said or _partly(reading, candidate))
    return quality + _of_year(reading, candidate), said > 0


def _of_year(reading: Reading, candidate: Candidate) -> float:
    if reading.year is None:
        return 0
    apart = abs(candidate.year - reading.year) if candidate.year else 2
    return (RIGHT_YEAR, NEAR_YEAR)[apart] if apart < 2 else WRONG_YEAR


def _whole(reading: Reading, candidate: Candidate) -> float:
    """Of the whole name, letters apart that are wrong, missing, too many or in a wrong place."""
    together = candidate.form.replace(" ", "")
    if together == reading.whole:
        return 1
    if candidate.joined == reading.joined:
        return BUT_FOR_ARTICLE
    if joined(PART.sub("", candidate.form)) == reading.joined:
        return BUT_FOR_PART
    most = bisect_right(WRONG_FROM, min(len(reading.joined), len(candidate.joined)))
    apart = OSA.distance(reading.whole, together, score_cutoff=most)
    bare = OSA.distance(reading.joined, candidate.joined, score_cutoff=most)
    if min(apart, bare) > most:
        return 0
    quality = 1 - PER_LETTER * min(apart, bare + ARTICLE) / max(4, len(reading.joined))
    return quality if _numbers(reading.form) == _numbers(candidate.form) else quality - OTHER_NUMBER


def _numbers(form: str) -> list[str]:
    return [word for word in form.split() if word.isdigit()]


def _literally(reading: Reading, candidate: Candidate) -> float:
    """Of the beginning of a name, or of some of its words."""
    if reading.is_article and _has_article(reading, candidate):
        return AFTER_ARTICLE
    share = _share(reading, candidate)
    if candidate.joined.startswith(reading.joined):
        return 0.7 + 0.2 * share
    words = set(candidate.form.split())
    *said, last = reading.words
    if words.issuperset(said) and any(word.startswith(last) for word in words):
        return 0.65 + 0.2 * share
    return 0


def _partly(reading: Reading, candidate: Candidate) -> float:
    if len(reading.joined) < 6:
        return 0
    # What is only a part of the words typed leaves the rest of them unanswered.
    answered = min(1, 1 / _share(reading, candidate))
    return 0.0075 * fuzz.partial_ratio(reading.joined, candidate.joined, score_cutoff=80) * answered


def _share(reading: Reading, candidate: Candidate) -> float:
    return len(reading.joined) / max(1, len(candidate.joined))
