"""Figures over time, drawn and told."""

from datetime import UTC, datetime, timedelta

import pytest

from cinehub.kit.charts import HEIGHT, MARGIN, Chart, Period, number, percent, seconds, size

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = Period("the last 24 hours", timedelta(days=1), timedelta(hours=1))
FLOOR = HEIGHT - MARGIN


def chart(*points: tuple[float, float], period: Period = DAY) -> Chart:
    """Of points at so many hours."""
    told = [(START + timedelta(hours=hours), value) for hours, value in points]
    return Chart("Waiting", period, START, told, number)


def test_time_goes_across_and_the_greatest_is_on_top() -> None:
    drawn = chart((0, 0), (0.5, 10), (1, 5)).line

    assert drawn == f"M0,{FLOOR} 12.5,{MARGIN} 25,{HEIGHT // 2}"


def test_the_last_moment_is_at_the_right_edge() -> None:
    assert chart((23.75, 1)).line == f"M593.8,{MARGIN}"


def test_where_nothing_was_measured_the_line_breaks_off() -> None:
    drawn = chart((0, 1), (0.25, 1), (6, 1), (6.25, 1))

    assert drawn.line.count("M") == 2
    assert drawn.area.count("Z") == 2


def test_nothing_but_noughts_is_a_line_on_the_floor() -> None:
    assert chart((0, 0), (0.25, 0)).line == f"M0,{FLOOR} 6.25,{FLOOR}"


def test_a_picture_has_no_more_points_than_it_is_wide_for() -> None:
    many = chart(*((minutes / 60, minutes) for minutes in range(0, 24 * 60, 5)))

    assert many.line.count(",") == 96


def test_words_say_what_the_picture_shows() -> None:
    assert chart((0, 2), (1, 1200), (2, 40)).words == "Waiting: now 40, between 2 and 1,200."


def test_without_measures_it_says_so() -> None:
    empty = chart()

    assert (empty.words, empty.now, empty.line) == ("Waiting: not measured yet.", "–", "")


def test_the_table_has_a_row_an_hour_with_the_mean_and_the_greatest() -> None:
    assert chart((0, 1), (0.5, 3), (2, 7)).rows == [("12:00", "2", "3"), ("14:00", "7", "7")]


def test_of_a_fortnight_it_has_a_row_a_day() -> None:
    fortnight = Period("the last 14 days", timedelta(days=14), timedelta(days=1))

    rows = chart((0, 1), (25, 3), period=fortnight).rows

    assert [when for when, *_ in rows] == ["20 Nov.", "21 Nov."]


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0 s"), (99, "99 s"), (150, "2 min"), (5999, "100 min"), (7200, "2.0 h")],
)
def test_a_wait_is_told_as_one_would(value: float, said: str) -> None:
    assert seconds(value) == said


def test_sizes_and_shares_have_their_units() -> None:
    assert size(1024**3).replace("\xa0", " ") == "1.0 GB"
    assert percent(2.34) == "2.3 %"
