"""How far a member is with a show: the rules, one table of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from lists.progress import Line, Part

TODAY = date(2026, 3, 10)
AIRED, TO_COME, UNDATED = date(2026, 1, 1), date(2026, 3, 17), None


class Case(NamedTuple):
    """`line` has when episodes air, by season and number; `watched` which, in which order."""

    line: dict[str, date | None]
    watched: str = ""
    seen: int = 0
    left: int = 0
    next: str | None = None
    is_over: bool = False
    changes_on: date | None = None


CASES = {
    "nothing is known of it": Case({}),
    "nothing was watched": Case({"1x1": AIRED, "1x2": AIRED}, left=2, next="1x1"),
    "watched in turn": Case({"1x1": AIRED, "1x2": AIRED}, "1x1", seen=1, left=1, next="1x2"),
    "watched to the end": Case({"1x1": AIRED, "1x2": AIRED}, "1x1 1x2", seen=2),
    "the next one is in the next season": Case(
        {"1x1": AIRED, "2x1": AIRED}, "1x1", seen=1, left=1, next="2x1"
    ),
    "out of order, it goes on after the last watched": Case(
        {"1x1": AIRED, "1x2": AIRED, "1x3": AIRED, "1x4": AIRED},
        "1x3 1x1",
        seen=2,
        left=2,
        next="1x2",
    ),
    "what was watched between is passed over": Case(
        {"1x1": AIRED, "1x2": AIRED, "1x3": AIRED}, "1x2 1x1", seen=2, left=1, next="1x3"
    ),
    "what was left out comes once nothing is left after": Case(
        {"1x1": AIRED, "1x2": AIRED, "1x3": AIRED}, "1x1 1x3", seen=2, left=1, next="1x2"
    ),
    "what is to air comes before what was left out": Case(
        {"1x1": AIRED, "1x2": AIRED, "1x3": TO_COME},
        "1x2",
        seen=1,
        left=1,
        next="1x3",
        changes_on=TO_COME,
    ),
    "specials count for nothing": Case(
        {"0x1": AIRED, "0x2": AIRED, "1x1": AIRED}, "0x1", left=1, next="1x1"
    ),
    "a special that was watched last is not where it goes on": Case(
        {"0x1": AIRED, "1x1": AIRED, "1x2": AIRED}, "1x1 0x1", seen=1, left=1, next="1x2"
    ),
    "specials to come change nothing": Case({"0x1": TO_COME, "1x1": AIRED}, "1x1", seen=1),
    "what has not aired is not left": Case(
        {"1x1": AIRED, "1x2": TO_COME}, "1x1", seen=1, next="1x2", changes_on=TO_COME
    ),
    "what airs today has aired": Case({"1x1": AIRED, "1x2": TODAY}, "1x1", 1, 1, "1x2"),
    "what airs tomorrow has not": Case(
        {"1x1": TODAY + timedelta(1)}, next="1x1", changes_on=TODAY + timedelta(1)
    ),
    "the first of those to come is when it changes": Case(
        {"1x1": TO_COME + timedelta(7), "1x2": TO_COME}, next="1x1", changes_on=TO_COME
    ),
    "what was watched before it was put off is not counted": Case(
        {"1x1": AIRED, "1x2": TO_COME}, "1x1 1x2", seen=1, changes_on=TO_COME
    ),
    "one without a date has not aired": Case({"1x1": AIRED, "1x2": UNDATED}, "1x1", 1, 0, "1x2"),
    "one without a date has aired if a later one has": Case(
        {"1x1": UNDATED, "1x2": AIRED}, left=2, next="1x1"
    ),
    "one without a date has aired if the show is over": Case(
        {"1x1": AIRED, "1x2": UNDATED}, "1x1", 1, 1, "1x2", is_over=True
    ),
    "a show that is over may still have one to come": Case(
        {"1x1": AIRED, "1x2": TO_COME},
        "1x1",
        seen=1,
        next="1x2",
        is_over=True,
        changes_on=TO_COME,
    ),
    "one without a date does not stand before what was left out": Case(
        {"1x1": AIRED, "1x2": AIRED, "1x3": UNDATED}, "1x2", seen=1, left=1, next="1x1"
    ),
    "two that air on one day are two": Case(
        {"1x1": AIRED, "1x2": AIRED}, "1x1", seen=1, left=1, next="1x2"
    ),
    "it gained a season after its end": Case(
        {"1x1": AIRED, "2x1": AIRED, "2x2": TO_COME},
        "1x1",
        seen=1,
        left=1,
        next="2x1",
        changes_on=TO_COME,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_progress(case: Case) -> None:
    numbers = line(case).numbers(watched(case), TODAY)

    assert (numbers.seen, numbers.left) == (case.seen, case.left)
    assert numbers.next_episode == (key(case.next) if case.next else None)
    assert numbers.changes_on == case.changes_on


def test_episodes_that_moved_to_another_season_are_still_watched() -> None:
    before = line(Case({"1x1": AIRED, "1x2": AIRED, "1x3": AIRED}))
    first, second, third = before.parts
    moved = [first, second, third._replace(season=2, number=1)]
    seen = {first.pk: at(0), third.pk: at(1)}

    numbers = Line(moved, is_over=False, usual=0).numbers(seen, TODAY)

    assert (numbers.seen, numbers.left, numbers.next_episode) == (2, 1, key("1x2"))


def test_what_was_watched_and_is_gone_counts_for_nothing() -> None:
    here = line(Case({"1x1": AIRED, "1x2": AIRED}))

    numbers = here.numbers({999: at(0)}, TODAY)

    assert (numbers.seen, numbers.left, numbers.next_episode) == (0, 2, key("1x1"))


def test_the_time_left_is_that_of_what_has_aired_and_was_not_watched() -> None:
    here = line(Case({"1x1": AIRED, "1x2": AIRED, "1x3": AIRED, "1x4": TO_COME}), runtime=45)

    assert here.numbers({key("1x1"): at(0)}, TODAY).minutes_left == 90


def test_of_an_unknown_length_an_episode_lasts_as_long_as_usual() -> None:
    here = line(Case({"1x1": AIRED, "1x2": AIRED}), usual=30)

    assert here.numbers({}, TODAY).minutes_left == 60


def line(case: Case, **values: Any) -> Line:
    parts = [
        Part(key(place), *(int(n) for n in place.split("x")), day, values.get("runtime"))
        for place, day in case.line.items()
    ]
    return Line(parts, case.is_over, values.get("usual", 0))


def watched(case: Case) -> dict[int, datetime]:
    return {key(place): at(hour) for hour, place in enumerate(case.watched.split())}


def key(place: str) -> int:
    """Of an episode, such as 2x11."""
    season, number = place.split("x")
    return int(season) * 1000 + int(number)


def at(hour: int) -> datetime:
    return datetime(2026, 3, 9, hour, tzinfo=UTC)
