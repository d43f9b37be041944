"""How well a name answers what was typed; what is famous may be typed worse."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from catalog.search.asked import Asked, Reading
from catalog.search.conditions import Candidate

AT_MOST = 200
# What a tenfold number of votes is worth, beside a quality from 0 to 1.
FAME = 0.09
OTHER_NAME = 0.03
RIGHT_YEAR, NEAR_YEAR, WRONG_YEAR = 0.15, 0.1, -0.25
BUT_FOR_ARTICLE = 0.95
# Of a mistyped name: how many letters at most, what they cost, what else does.
APART, PER_LETTER, ARTICLE, OTHER_NUMBER = 3, 0.9, 0.3, 0.06
WORST = 0.55
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
    for candidate in set(candidates):
        quality = max(_quality(reading, candidate) for reading in asked.readings)
        if quality < WORST:
            continue
        value = quality + FAME * candidate.fame - (0 if candidate.is_main else OTHER_NAME)
        key = (candidate.of, candidate.pk)
        if key not in best or best[key].rank < value:
            best[key] = Match(value, quality, candidate.fame, *key)
    found = sorted(best.values(), key=lambda thing: (-thing.rank, thing.of, thing.pk))
    return found[:AT_MOST]


def is_sure(found: list[Match]) -> bool:
    """That nothing else can be meant: it has this very name, and is known to many."""
    return bool(found) and found[0].quality >= SURE and found[0].fame >= SURE_FROM


def _quality(reading: Reading, candidate: Candidate) -> float:
    quality = max(_whole(reading, candidate), _part(reading, candidate))
    if reading.year is None:
        return quality
    if candidate.year is None:
        return quality + WRONG_YEAR
    apart = abs(candidate.year - reading.year)
    return quality + (RIGHT_YEAR, NEAR_YEAR)[apart] if apart < 2 else quality + WRONG_YEAR


def _whole(reading: Reading, candidate: Candidate) -> float:
    """Of the whole name, letters apart that are wrong, missing, too many or in a wrong place."""
    together = candidate.form.replace(" ", "")
    if together == reading.whole:
        return 1
    if candidate.joined == reading.joined:
        return BUT_FOR_ARTICLE
    letters = max(4, len(reading.joined))
    apart = OSA.distance(reading.whole, together, score_cutoff=APART)
    bare = OSA.distance(reading.joined, candidate.joined, score_cutoff=APART)
    quality = 1 - PER_LETTER * min(apart, bare + ARTICLE) / letters
    if min(apart, bare) > APART:
        return 0
    return quality if _numbers(reading.form) == _numbers(candidate.form) else quality - OTHER_NUMBER


def _numbers(form: str) -> list[str]:
    return [word for word in form.split() if word.isdigit()]


def _part(reading: Reading, candidate: Candidate) -> float:
    """Of the beginning of a name, or of some of its words."""
    share = len(reading.joined) / max(1, len(candidate.joined))
    if candidate.joined.startswith(reading.joined):
        return 0.7 + 0.2 * share
    words = set(candidate.form.split())
    *said, last = reading.words
    if words.issuperset(said) and any(word.startswith(last) for word in words):
        return 0.65 + 0.2 * share
    if len(reading.joined) < 6:
        return 0
    # What is only a part of the words typed leaves the rest of them unanswered.
    answered = min(1, 1 / share)
    return 0.0075 * fuzz.partial_ratio(reading.joined, candidate.joined, score_cutoff=80) * answered
