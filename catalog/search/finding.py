"""Where to look: among the best known first, and only then, within bounds, among all."""

from collections.abc import Sequence
from types import ModuleType

from django.db import connection

from catalog.search import postgres, sqlite
from catalog.search.asked import Asked
from catalog.search.conditions import Candidate, Condition, Filter, Step, candidates
from catalog.search.ranking import Found, rank

BACK_ENDS: dict[str, ModuleType] = {"postgresql": postgres, "sqlite": sqlite}


def find(asked: Asked, wanted: Filter, *, enough: float) -> list[Found]:
    """What is meant by the words, the best first; more is looked for until `enough` is sure."""
    if not asked.readings:
        return []
    found: list[Candidate] = []
    for steps in (_as_typed, _mistyped, _unknown):
        found += candidates(steps(asked), wanted)
        ranked = rank(asked, found)
        if ranked and ranked[0].rank >= enough:
            break
    return ranked


def _as_typed(asked: Asked) -> list[Step]:
    end = BACK_ENDS[connection.vendor]
    return [
        Step(_one_of(asked.spellings), 60, known=False),
        *(Step(_begins(reading.joined), 60) for reading in asked.readings),
        *(
            Step(end.has_words(reading.words, unfinished=len(reading.words[-1]) > 2), 100)
            for reading in asked.readings
        ),
    ]


def _mistyped(asked: Asked) -> list[Step]:
    end = BACK_ENDS[connection.vendor]
    steps = [
        Step(end.resembles(spelling), 60) for spelling in asked.spellings[:3] if len(spelling) > 3
    ]
    if len(asked.telling) > 1:
        steps.append(Step(end.has_most_words(asked.telling[:6]), 60))
    n = len(asked.readings[0].joined)
    for length in range(max(1, n - 2), n + 3):
        steps.append(Step(Condition("is_main AND length = %s", [length]), 300))
    return steps


def _unknown(asked: Asked) -> list[Step]:
    end = BACK_ENDS[connection.vendor]
    steps = [
        Step(end.has_words(asked.readings[0].words, unfinished=False), 300, False, False),
        Step(_begins(asked.readings[0].joined), 300, False, False),
    ]
    joined = asked.readings[0].joined
    part = len(joined) // 3
    if part > 2:
        steps.append(Step(end.half_right(joined, part, 2), 300, False, False))
    return steps


def _one_of(spellings: Sequence[str]) -> Condition:
    return Condition(f"joined IN ({', '.join(['%s'] * len(spellings))})", list(spellings))


def _begins(letters: str) -> Condition:
    """Of one, two and three letters there are indexes that have the best known first."""
    if len(letters) > 3:
        return BACK_ENDS[connection.vendor].begins(letters)
    function = "LEFT(joined, %d)" if connection.vendor == "postgresql" else "SUBSTR(joined, 1, %d)"
    return Condition(f"{function % len(letters)} = %s", [letters])
