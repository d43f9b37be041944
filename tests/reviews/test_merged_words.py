"""What members think of a title that is another one by now is about the other one."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from accounts.models import User
from catalog.models import Episode, Season, Title
from catalog.sync.merging import merge
from reviews import merging, rating, writing
from reviews.merging import follow
from reviews.models import Comment, Rating, Review, Tally
from reviews.tasks import follow_merged
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return make_user()


@pytest.fixture
def old() -> Title:
    return make_title(name="Old")


@pytest.fixture
def new() -> Title:
    return make_title(name="New")


def rate(member: User, title: Title, value: float, at: datetime = EARLY, **of: Any) -> None:
    rating.rate(member, title=title, value=Decimal(str(value)), **of)
    Rating.objects.filter(user=member, title=title).update(rated_at=at)


def review(author: User, title: Title, **values: Any) -> Review:
    said = {"text": "Good.", "has_spoilers": False, "covers": None, "audience": "public"}
    return writing.publish(author, title, **said | values)


def show_of(*numbers: int) -> Title:
    show = make_show()
    season = make_season(show)
    for number in numbers:
        make_episode(season, number=number)
    return show


def count(title: Title) -> tuple[int, Decimal | None]:
    tally = Tally.objects.get(title=title, season=None, episode=None)
    return tally.count, tally.average


# --- A title that TMDB drops ---------------------------------------------------------------------
def test_what_tmdb_drops_keeps_its_ratings_and_reviews(ann: User, old: Title) -> None:
    rate(ann, old, 8)
    review(ann, old)
    Title.objects.update(hidden_at=LATE)

    assert follow() == 0
    assert Rating.objects.get().title == Review.objects.get().title == old


# --- Ratings -------------------------------------------------------------------------------------
def test_ratings_are_of_the_other_and_both_are_counted_anew(
    ann: User, old: Title, new: Title
) -> None:
    rate(ann, old, 8)
    rate(make_user(), new, 6)
    merge(old, new)

    assert follow() == 1
    assert count(new) == (2, Decimal(7))
    assert count(old) == (0, None)
    kept = Rating.objects.get(user=ann)
    assert (kept.title, kept.value, kept.rated_at) == (new, Decimal(8), EARLY)


@pytest.mark.parametrize(("first", "second", "value"), [(EARLY, LATE, 6), (LATE, EARLY, 8)])
def test_of_two_by_one_member_the_later_one_holds(
    ann: User, old: Title, new: Title, first: datetime, second: datetime, value: int
) -> None:
    rate(ann, old, 8, first)
    rate(ann, new, 6, second)
    merge(old, new)
    follow()

    kept = Rating.objects.get()
    assert (kept.title, kept.value) == (new, Decimal(value))
    assert count(new) == (1, Decimal(value))


def test_seasons_and_episodes_are_those_of_the_same_number(ann: User) -> None:
    old, new = show_of(1, 2), show_of(1)
    season, (first, second) = (
        Season.objects.get(title=old),
        Episode.objects.filter(season__title=old).order_by("number"),
    )
    rate(ann, old, 7, season=season)
    rate(ann, old, 8, episode=first)
    rate(ann, old, 9, episode=second)
    merge(old, new)
    follow()

    there = {"season": Season.objects.get(title=new), "episode": None}
    assert Rating.objects.get(title=new, **there).value == 7
    there = {"season": None, "episode": Episode.objects.get(season__title=new)}
    assert Rating.objects.get(title=new, **there).value == 8
    # It has no counterpart.
    assert Rating.objects.get(title=old).episode == second


def test_a_second_run_changes_nothing(ann: User, old: Title, new: Title) -> None:
    rate(ann, old, 8)
    review(ann, old)
    merge(old, new)
    follow_merged()
    before = (list(Rating.objects.values()), list(Review.objects.values()))

    assert follow() == 0
    assert (list(Rating.objects.values()), list(Review.objects.values())) == before


# --- Reviews -------------------------------------------------------------------------------------
def test_a_review_goes_with_all_that_hangs_on_it(ann: User, old: Title, new: Title) -> None:
    said = review(ann, old)
    Comment.objects.create(author=make_user(), review=said, text="So it is.", key=uuid4())
    merge(old, new)
    follow()

    moved = Review.objects.get()
    assert (moved.pk, moved.title) == (said.pk, new)
    assert moved.comments.count() == 1


def test_who_has_reviewed_both_has_said_two_things(ann: User, old: Title, new: Title) -> None:
    review(ann, old, text="Of the old one")
    review(ann, new, text="Of the new one")
    merge(old, new)
    follow()

    assert Review.objects.get(title=old).text == "Of the old one"
    assert Review.objects.get(title=new).text == "Of the new one"


def test_a_review_that_is_written_meanwhile_is_no_error(
    ann: User, old: Title, new: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(ann, old)
    review(ann, new)
    merge(old, new)
    # As it looked before the second one was there.
    monkeypatch.setattr(merging, "_movable", lambda old, new: Review.objects.filter(title=old))
    follow()

    assert Review.objects.filter(title=old).count() == Review.objects.filter(title=new).count() == 1


def test_how_far_a_review_goes_is_said_of_the_others_episodes(ann: User) -> None:
    old, new = show_of(1, 2), show_of(1)
    episodes = Episode.objects.filter(season__title=old).order_by("number")
    review(ann, old, covers=episodes[0])
    further = review(make_user(), old, covers=episodes[1])
    merge(old, new)
    follow()

    assert Review.objects.get(author=ann).covers == Episode.objects.get(season__title=new)
    # It is hidden as far as it was, and no further.
    assert Review.objects.get(pk=further.pk).covers == episodes[1]


# --- At once -------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_rates_while_it_is_moved_is_counted() -> None:
    old, new = make_title(), make_title()
    members = [make_user() for _ in range(20)]
    for member in members:
        rate(member, old, 8)
    merge(old, new)

    def rates() -> None:
        for member in members:
            rating.rate(member, title=new, value=Decimal(4))
        connections.close_all()

    def moves() -> None:
        follow()
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (rates, moves, rates)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    follow()

    assert Rating.objects.count() == 20
    assert count(new) == (20, sum(Rating.objects.values_list("value", flat=True)) / 20)
