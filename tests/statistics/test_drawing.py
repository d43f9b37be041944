"""Pictures of figures: what is drawn, and what is said of it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from cinehub.statistics.drawing import HIGH, Bar, Chart, calendar, chart


def make_chart(*values: int, is_upright: bool = True, **words: str) -> Chart:
    bars = [Bar(f"N{n}", value, **words) for n, value in enumerate(values)]
    return Chart("By number", bars, ("Number", "Films"), is_upright=is_upright)


def drawn(chart_: Chart) -> str:
    return str(chart(chart_)["picture"])


def rects(picture: str, css: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(picture).iter("rect") if one.get("class") == css]


def words(picture: str, css: str) -> list[str | None]:
    return [
        one.text for one in ElementTree.fromstring(picture).iter("text") if one.get("class") == css
    ]


def test_a_column_is_as_high_as_its_number() -> None:
    picture = drawn(make_chart(10, 5))

    (most,), (half,) = rects(picture, "beam most"), rects(picture, "beam")
    assert (most.get("height"), half.get("height")) == (str(HIGH), str(HIGH // 2))


def test_a_lying_bar_is_as_long_as_its_number() -> None:
    picture = drawn(make_chart(8, 2, is_upright=False))

    (most,), (less,) = rects(picture, "beam most"), rects(picture, "beam")
    assert (most.get("width"), less.get("width")) == ("100.00%", "25.00%")


def test_columns_bear_their_numbers_and_names() -> None:
    picture = drawn(make_chart(10, 0, 5))

    assert words(picture, "value") == ["10", "5"]
    assert words(picture, "name") == ["N0", "N1", "N2"]


@pytest.mark.parametrize("values", [(1200, 30, 40), range(1, 21)])
def test_where_numbers_would_touch_the_highest_alone_has_its_own(values: tuple[int, ...]) -> None:
    picture = drawn(make_chart(*values))

    assert words(picture, "value") == [f"{max(values):,}"]


def test_what_is_not_seen_is_said() -> None:
    picture = ElementTree.fromstring(drawn(make_chart(3, 7)))

    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "By number: most for N1, 7."


def test_words_are_words() -> None:
    picture = drawn(Chart("<b>", [Bar("<i>&", 1)], ("A", "B")))

    assert words(picture, "name") == ["<i>&"]
    assert "<b>" not in picture


def test_no_picture_is_styled_by_itself() -> None:
    for is_upright in (True, False):
        assert "style" not in drawn(make_chart(1, 2, is_upright=is_upright))


def test_the_table_has_what_the_picture_has_no_room_for() -> None:
    shown = make_chart(3, full="The number", more="2 h", address="/there")
    page = render_to_string("statistics/_chart.html", {"chart": shown, "picture": ""})

    assert '<a href="/there">The number</a>' in page
    assert "<td>3</td>" in page


# --- The days of a year --------------------------------------------------------------------------
def squares(picture: str) -> dict[str, list[tuple[int, int]]]:
    """By level: week and weekday of each day."""
    return {
        level: [(int(x) // 12, int(y) // 12) for x, y in re.findall(r"M(\d+) (\d+)", path)]
        for level, path in re.findall(r'class="(level-\d)" d="([^"]*)"', picture)
    }


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366)])
def test_a_year_has_all_its_days(year: int, days: int) -> None:
    found = squares(calendar(year, {}, 0))

    assert len(found["level-0"]) == len(set(found["level-0"])) == days


@pytest.mark.parametrize(("first", "place"), [(0, (0, 6)), (6, (0, 0)), (5, (0, 1))])
def test_a_week_begins_as_the_reader_s_does(first: int, place: tuple[int, int]) -> None:
    """The first of January 2023 was a Sunday."""
    found = squares(calendar(2023, {date(2023, 1, 1): 1}, first))

    assert found["level-4"] == [place]


def test_the_more_was_watched_the_brighter_is_a_day() -> None:
    days = {date(2024, 1, n): n for n in (1, 4, 8, 16)}
    found = squares(calendar(2024, days, 0))

    assert [len(found[f"level-{n}"]) for n in range(5)] == [362, 1, 1, 1, 1]


def test_where_the_same_was_watched_every_day_all_are_bright() -> None:
    found = squares(calendar(2024, {date(2024, 1, n): 1 for n in range(1, 32)}, 0))

    assert len(found["level-4"]) == 31
