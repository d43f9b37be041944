"""Invented members: as if all of it had come one by one."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import records
from accounts.models import User
from cinehub.seeding import writing
from lists import counting
from lists.models import List, ListItem, Precision, Tracking, Viewing
from reviews import rating
from reviews.models import Rating, Tally
from reviews.models.ratings import LEAST, MOST
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

AIRED = date(2020, 1, 1)
MUCH = {"viewings": 120, "ratings": 20, "lists": 4, "items": 5}


@pytest.fixture
def catalogue() -> None:
    """Less than is watched: much of it is watched again."""
    for _ in range(6):
        make_title(release_date=AIRED, vote_average=7)
    for _ in range(2):
        show = make_show(release_date=AIRED)
        for number in (0, 1, 2):
            season = make_season(show, number=number)
            for n in range(1, 5):
                make_episode(season, number=n, air_date=AIRED)
        make_episode(season, number=5, air_date=date(2999, 1, 1))


def seeded(username: str = "ann", **values: Any) -> str:
    said = StringIO()
    call_command("seed_member", username, stdout=said, **MUCH | values)
    return said.getvalue().strip()


def figures(model: Any, *fields: str) -> list[tuple[Any, ...]]:
    return list(model.objects.order_by("pk").values_list(*fields))


def kept_as_recounted(
    model: Any, fields: tuple[str, ...], recount: Callable[[Any], object]
) -> bool:
    before = figures(model, *fields)
    for row in model.objects.all():
        recount(row)
    return bool(before) and before == figures(model, *fields)


def test_a_member_has_as_much_as_was_asked_for(catalogue: None) -> None:
    said = seeded()

    ann = User.objects.get(username="ann")
    assert (ann.viewings.count(), ann.ratings.count(), ann.lists.count()) == (120, 20, 4)
    assert ListItem.objects.filter(list__owner=ann).count() == 4 * 5
    assert said == "ann: 120 viewings, 20 ratings and 20 titles on lists are new."


def test_a_second_time_adds_nothing(catalogue: None) -> None:
    seeded()

    assert seeded() == "ann: 0 viewings, 0 ratings and 0 titles on lists are new."


def test_the_same_seed_makes_the_same_history(catalogue: None) -> None:
    for name, seed in (("ann", 1), ("bob", 1), ("eve", 2)):
        seeded(name, seed=seed)

    ann, bob, eve = (
        list(Viewing.objects.filter(user__username=name).order_by("pk").values_list("title"))
        for name in ("ann", "bob", "eve")
    )
    assert ann == bob != eve


def test_who_is_there_is_filled_and_keeps_what_they_have(catalogue: None) -> None:
    ann, own = make_user(username="Ann", bio="It is me", password="hers"), make_title()
    rating.rate(ann, title=own, value=MOST)

    seeded("ann")

    ann.refresh_from_db()
    assert (ann.viewings.count(), ann.bio, ann.has_usable_password()) == (120, "It is me", True)
    assert ann.ratings.get(title=own).value == MOST


def test_nobody_can_sign_in_as_who_was_made(catalogue: None) -> None:
    seeded()

    assert not User.objects.get(username="ann").has_usable_password()


def test_progress_is_as_it_would_be_recounted(catalogue: None) -> None:
    seeded()

    fields = ("seen", "left", "minutes_left", "next_episode", "last_watched_at", "rewatch")
    assert kept_as_recounted(
        Tracking, fields, lambda row: counting.recount(row.user_id, row.title_id)
    )
    shows = Viewing.objects.filter(title__kind="tv").values("title").distinct()
    assert Tracking.objects.count() == shows.count()


def test_averages_are_as_they_would_be_recounted(catalogue: None) -> None:
    for name in ("ann", "bob"):
        seeded(name, seed=len(name) + ord(name[0]))

    assert kept_as_recounted(
        Tally,
        ("count", "average", "histogram"),
        lambda row: rating.recount(row.title_id, row.season_id, row.episode_id),
    )
    assert sum(tally.count for tally in Tally.objects.all()) == Rating.objects.count() == 40


def test_films_are_numbered_by_which_time_it_was(catalogue: None) -> None:
    seeded()

    films = Viewing.objects.filter(episode=None).order_by("title", "watched_at", "pk")
    times: Counter[int] = Counter()
    for viewing in films:
        assert viewing.rewatch == times[viewing.title_id]
        times[viewing.title_id] += 1
    assert max(times.values()) > 1


def test_only_what_has_aired_was_watched(catalogue: None) -> None:
    seeded()

    now = timezone.now()
    assert not Viewing.objects.filter(episode__air_date__gt=now.date()).exists()
    assert not Viewing.objects.filter(episode__season__number=0).exists()
    assert not Viewing.objects.filter(watched_at__gt=now).exists()


def test_some_do_not_remember_when(catalogue: None) -> None:
    seeded()

    assert set(Viewing.objects.values_list("precision", flat=True)) == set(Precision.values)


def test_ratings_are_on_the_scale_and_of_things_one_can_rate(catalogue: None) -> None:
    seeded(ratings=30)

    values = set(Rating.objects.values_list("value", flat=True))
    assert LEAST <= min(values) <= max(values) <= MOST
    # Eight titles, six seasons, and sixteen of their episodes.
    kinds = (Rating.objects.filter(season=None, episode=None), Rating.objects.filter(episode=None))
    assert [rows.count() for rows in kinds] == [8, 14]


def test_the_first_lists_are_the_watchlist_and_the_favourites(catalogue: None) -> None:
    seeded()

    kinds = List.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["watchlist", "favorites", "custom", "custom"]
    for one in List.objects.all():
        assert list(one.items.in_order().values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_a_list_has_no_title_twice_however_few_there_are(catalogue: None) -> None:
    seeded(items=500)

    assert {one.items.count() for one in List.objects.all()} == {8}


def test_without_a_catalogue_there_is_nothing_to_have(db: None) -> None:
    assert seeded() == "ann: 0 viewings, 0 ratings and 0 titles on lists are new."


def test_what_was_worked_out_of_their_history_is_thrown_away(
    catalogue: None, django_capture_on_commit_callbacks: Any
) -> None:
    ann = make_user(username="ann")
    before = records.stamp(ann.pk)

    with django_capture_on_commit_callbacks(execute=True):
        seeded()

    assert records.stamp(ann.pk) != before


def test_in_production_it_has_to_be_meant(catalogue: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    with pytest.raises(CommandError, match="say --yes"):
        seeded()

    assert not User.objects.exists()
    assert seeded(yes=True)


def test_names_are_told_apart_without_regard_to_case(db: None) -> None:
    assert writing.member_named("Ann") == writing.member_named("ann")
