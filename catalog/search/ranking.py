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
WORST = 0.55


class Found(NamedTuple):
    of: str
    pk: int
    rank: float


def rank(asked: Asked, candidates: Iterable[Candidate]) -> list[Found]:
    best: dict[tuple[str, int], float] = {}
    for candidate in set(candidates):
        value = max(_quality(reading, candidate) for reading in asked.readings)
        if value < WORST:
            continue
        value += FAME * candidate.fame - (0 if candidate.is_main else OTHER_NAME)
        key = (candidate.of, candidate.pk)
        best[key] = max(value, best.get(key, 0))
    found = [Found(of, pk, value) for (of, pk), value in best.items()]
    found.sort(key=lambda thing: (-thing.rank, thing.of, thing.pk))
    return found[:AT_MOST]


def _quality(reading: Reading, candidate: Candidate) -> float:
    quality = max(_whole(reading, candidate), _part(reading, candidate))
    if reading.year is None:
        return quality
    if candidate.year is None:
        return quality + WRONG_YEAR
    apart = abs(candidate.year - reading.year)
    return quality + (RIGHT_YEAR, NEAR_YEAR)[apart] if apart < 2 else quality + WRONG_YEAR


def _whole(reading: Reading, candidate: Candidate) -> float:
    """Of the whole name, letters apart that are wrong, left out, too many or in a wrong place."""
    together = candidate.form.replace(" ", "")
    if together == reading.whole:
        return 1
    if candidate.joined == reading.joined:
        return 0.98
    apart = OSA.distance(reading.joined, candidate.joined, score_cutoff=3)
    if together != candidate.joined or reading.whole != reading.joined:
        apart = min(apart, OSA.distance(reading.whole, together, score_cutoff=3))
    return 1 - 0.9 * apart / max(4, len(reading.joined)) if apart <= 3 else 0


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
    return 0.85 * fuzz.partial_ratio(reading.joined, candidate.joined, score_cutoff=80) / 100
