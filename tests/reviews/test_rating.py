"""Members rate: what is kept, what all ratings come to, and what takes it back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from accounts import records, undoing
from accounts.models import Undo, User
from catalog.models import Title
from cinehub.kit import kept
from reviews import rating
from reviews.models import Rating, Tally
from reviews.undoing import rated
from tests.make import make_episode, make_rating, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

EIGHT, NINE = Decimal(8), Decimal("9.5")


def tally(title: Title) -> Tally:
    return Tally.objects.get(title=title, season=None, episode=None)


def test_what_a_member_gives_is_theirs_and_counts() -> None:
    ann, film = make_user(), make_title()

    given = rating.rate(ann, title=film, value=EIGHT)

    assert given == Rating.objects.get(user=ann, title=film)
    assert (tally(film).count, tally(film).average) == (1, Decimal("8.0000"))


def test_who_rates_again_changes_what_they_gave() -> None:
    ann, film = make_user(), make_title()
    rating.rate(ann, title=film, value=EIGHT)

    rating.rate(ann, title=film, value=NINE)

    assert [one.value for one in Rating.objects.all()] == [NINE]
    assert tally(film).average == NINE


def test_a_cleared_rating_no_longer_counts() -> None:
    ann, film = make_user(), make_title()
    rating.rate(ann, title=film, value=EIGHT)

    assert rating.rate(ann, title=film, value=None) is None

    assert not Rating.objects.exists()
    assert (tally(film).count, tally(film).average) == (0, None)
    assert tally(film).histogram == [0] * 20


def test_to_clear_what_was_never_given_is_fine() -> None:
    film = make_title()

    rating.rate(make_user(), title=film, value=None)

    assert tally(film).count == 0


def test_an_average_is_kept_to_four_places() -> None:
    film = make_title()
    for value in (1, 1, 0.5):
        rating.rate(make_user(), title=film, value=Decimal(str(value)))

    assert tally(film).average == Decimal("0.8333")


def test_the_histogram_has_a_place_for_every_half() -> None:
    film = make_title()
    for value in ("0.5", "5", "5", "10"):
        rating.rate(make_user(), title=film, value=Decimal(value))

    assert [n for n, given in enumerate(tally(film).histogram) if given] == [0, 9, 19]
    assert sum(tally(film).histogram) == 4


def test_a_show_its_season_and_its_episode_are_rated_apart() -> None:
    ann, show = make_user(), make_show()
    season = make_season(show)
    episode = make_episode(season)

    rating.rate(ann, title=show, value=Decimal(5))
    rating.rate(ann, title=show, season=season, value=Decimal(6))
    rating.rate(ann, title=show, episode=episode, value=Decimal(7))

    averages = Tally.objects.order_by("average").values_list("season", "episode", "average")
    assert list(averages) == [
        (None, None, Decimal(5)),
        (season.pk, None, Decimal(6)),
        (None, episode.pk, Decimal(7)),
    ]


@pytest.mark.parametrize("value", ["0", "10.5", "7.3"])
def test_the_database_takes_halves_of_ten_only(value: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rating.rate(make_user(), title=make_title(), value=Decimal(value))


def test_a_recount_counts_what_is_there() -> None:
    film = make_title()
    make_rating(make_user(), film, 4)
    make_rating(make_user(), film, 5)

    counted = rating.recount(film.pk)

    assert (counted.count, counted.average) == (2, Decimal("4.5"))


# --- What hears of it ----------------------------------------------------------------------------
def test_what_was_worked_out_of_a_members_records_is_thrown_away(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    ann, film = make_user(), make_title()
    before = records.stamp(ann.pk)

    with django_capture_on_commit_callbacks(execute=True):
        rating.rate(ann, title=film, value=EIGHT)

    assert records.stamp(ann.pk) != before


def test_the_page_of_what_is_rated_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(kept, "changed", told.append)
    film = make_title(tmdb_id=603)

    with django_capture_on_commit_callbacks(execute=True):
        rating.rate(make_user(), title=film, value=EIGHT)

    assert told == ["movie/603"]


# --- Taken back ----------------------------------------------------------------------------------
def undo(member: User) -> list[str]:
    offered = Undo.objects.latest("created_at")
    with transaction.atomic():
        found = undoing.take(member, offered.key)
        assert found
        return rated(member, found.data)


@pytest.mark.parametrize("before", [None, EIGHT])
def test_what_was_given_is_as_it_was_before(before: Decimal | None) -> None:
    ann, film = make_user(), make_title()
    rating.rate(ann, title=film, value=before)
    rating.rate_undoably(ann, title=film, value=NINE)

    parts = undo(ann)

    assert [one.value for one in Rating.objects.all()] == ([before] if before else [])
    assert tally(film).average == before
    assert [part.split()[1] for part in parts] == ["stars", "rating"]


def test_a_cleared_rating_of_an_episode_comes_back() -> None:
    ann, show = make_user(), make_show()
    episode = make_episode(make_season(show))
    rating.rate(ann, title=show, episode=episode, value=EIGHT)
    rating.rate_undoably(ann, title=show, episode=episode, value=None)

    undo(ann)

    assert Rating.objects.get().episode == episode


def test_a_cleared_rating_of_a_season_comes_back() -> None:
    ann, show = make_user(), make_show()
    season = make_season(show)
    rating.rate(ann, title=show, season=season, value=EIGHT)
    rating.rate_undoably(ann, title=show, season=season, value=None)

    undo(ann)

    assert Rating.objects.get().season == season


# --- All at once ---------------------------------------------------------------------------------
def at_once(deeds: list[Callable[[], object]]) -> None:
    """Each in a thread of its own, with a connection of its own; what one raises is raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(30)
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        for done in [threads.submit(run, deed) for deed in deeds]:
            done.result()


def some_ratings(member: User, film: Title, times: int) -> Callable[[], None]:
    """Rate, change and clear, in an order of the member's own."""

    def rate() -> None:
        chance = Random(member.pk)
        for _time in range(times):
            half = chance.randint(0, 20)
            rating.rate(member, title=film, value=Decimal(half) / 2 if half else None)

    return rate


def assert_exact(film: Title) -> None:
    values = list(Rating.objects.filter(title=film).values_list("value", flat=True))
    found = tally(film)
    assert found.count == len(values)
    assert found.histogram == [values.count(Decimal(half) / 2) for half in range(1, 21)]
    average = sum(values, Decimal(0)) / len(values)
    assert found.average == average.quantize(Decimal("0.0001"))


@pytest.fixture
def many_connections() -> Iterator[None]:
    """One for every thread, as on a site of several processes."""
    pool: Any = connection.pool  # type: ignore[attr-defined]
    usual = pool.min_size, pool.max_size
    pool.resize(1, 55)
    yield
    pool.resize(*usual)


@pytest.mark.postgres
@pytest.mark.usefixtures("many_connections")
@pytest.mark.django_db(transaction=True)
def test_two_thousand_ratings_by_fifty_at_once_come_to_what_there_is() -> None:
    film = make_title()
    members = [make_user() for _n in range(50)]

    at_once([some_ratings(member, film, 40) for member in members])

    assert_exact(film)


@pytest.mark.django_db(transaction=True)
def test_eight_who_write_at_once_wait_for_each_other() -> None:
    film = make_title()
    members = [make_user() for _n in range(8)]

    at_once([some_ratings(member, film, 5) for member in members])

    assert_exact(film)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_rates_once() -> None:
    ann, film = make_user(), make_title()

    at_once([lambda: rating.rate(ann, title=film, value=EIGHT)] * 4)

    assert Rating.objects.count() == 1
    assert tally(film).count == 1
