"""Where a page of rows that go back in time ends."""

from datetime import UTC, datetime

import pytest

from cinehub.kit.places import place, place_of


@pytest.mark.parametrize("moment", [datetime(1880, 1, 1, tzinfo=UTC), datetime.now(UTC)])
def test_a_place_is_read_as_it_was_written(moment: datetime) -> None:
    assert place_of(place(moment, 603)) == (moment, 603)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "x",
        "_",
        "2020-01-01_1",
        "2020-01-01T00:00:00+00:00",
        "2020-01-01T00:00:00+00:00_x",
        "2020-01-01T00:00:00+00:00_0",
        "2020-01-01T00:00:00+00:00_9223372036854775808",
        "1500-01-01T00:00:00+00:00_1",
        "9999-01-01T00:00:00+00:00_1",
    ],
)
def test_nonsense_is_no_place(words: str) -> None:
    assert place_of(words) is None
