"""What tells more than its reader may want to know is folded."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from catalog.models import Episode, Title
from lists.models import Tracking, Viewing
from lists.reached import Place, furthest, reached
from reviews import shield
from reviews.models import Review
from tests.make import make_episode, make_review, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
PLOT = "This review tells the plot."
ALL = "This review may be about episodes that you have not seen yet."


def show_of(*seasons: int) -> tuple[Title, dict[tuple[int, int], Episode]]:
    """With so many episodes in each season."""
    show = make_show()
    episodes = {}
    for season, count in enumerate(seasons, 1):
        made = make_season(show, number=season)
        for number in range(1, count + 1):
            episodes[season, number] = make_episode(
                made, number=number, air_date=date(2020, 1, number)
            )
    return show, episodes


def fold(review: Review, reader: User | AnonymousUser, place: Place | None = None) -> str:
    places = {review.title_id: place} if place else {}
    return shield.reason(review, reader, places, is_show=not review.title.is_movie)


def test_a_review_that_tells_the_plot_is_folded_for_everybody_else() -> None:
    ann = make_user()
    review = make_review(ann, has_spoilers=True)

    assert fold(review, NOBODY) == PLOT
    assert fold(review, make_user(spoiler_shield=False)) == PLOT
    assert fold(review, ann) == ""


def test_a_review_of_a_film_is_not_folded() -> None:
    assert fold(make_review(make_user()), make_user()) == ""


@pytest.mark.parametrize(
    ("place", "is_folded"),
    [
        (None, True),
        (Place(1, 3), True),
        (Place(2, 1), True),
        (Place(2, 2), False),
        (Place(3, 1), False),
        (Place(1, 1, is_all=True), False),
    ],
)
def test_a_review_is_folded_for_who_has_not_got_as_far(
    place: Place | None, is_folded: bool
) -> None:
    show, episodes = show_of(3, 3)
    review = make_review(make_user(), show, covers=episodes[2, 2])

    said = fold(review, make_user(), place)

    assert said == (
        "This review goes as far as S2E2. You have not got there yet." if is_folded else ""
    )


@pytest.mark.parametrize(
    ("place", "said"), [(None, ALL), (Place(9, 9), ALL), (Place(1, 1, is_all=True), "")]
)
def test_a_review_that_does_not_say_how_far_it_goes_is_of_the_whole_show(
    place: Place | None, said: str
) -> None:
    review = make_review(make_user(), make_show())

    assert fold(review, make_user(), place) == said


def test_who_does_not_mind_reads_everything() -> None:
    review = make_review(make_user(), make_show())

    assert fold(review, make_user(spoiler_shield=False)) == ""
    assert fold(review, NOBODY) == ""


# --- How far somebody has got --------------------------------------------------------------------
def watch(member: User, episode: Episode, day: date = date(2021, 1, 1)) -> None:
    Viewing.objects.create(
        user=member,
        title=episode.season.title,
        episode=episode,
        watched_at=f"{day}T12:00Z",
        watched_on=day,
        precision="day",
    )


def test_somebody_has_got_as_far_as_the_last_episode_they_have_seen() -> None:
    ann = make_user()
    show, episodes = show_of(12, 2)
    Tracking.objects.create(user=ann, title=show, seen=2, left=10)
    watch(ann, episodes[1, 12])
    watch(ann, episodes[2, 1])
    watch(ann, episodes[1, 2])

    assert furthest(ann, show) == (2, 1)
    assert reached(ann, [show.pk]) == {show.pk: Place(2, 1, is_all=False)}


def test_specials_lead_nowhere() -> None:
    ann, show = make_user(), make_show()
    special = make_episode(make_season(show, number=0), number=1)
    Tracking.objects.create(user=ann, title=show)
    watch(ann, special)

    assert furthest(ann, show) is None


@pytest.mark.parametrize("numbers", [{"seen": 3, "left": 0}, {"rewatch": 1, "left": 3}])
def test_who_has_seen_all_there_is_has_nothing_to_fear(numbers: dict[str, int]) -> None:
    ann, show = make_user(), make_show()
    Tracking.objects.create(user=ann, title=show, **numbers)

    assert reached(ann, [show.pk])[show.pk].is_all


def test_what_others_have_seen_is_theirs() -> None:
    ann, bob = make_user(), make_user()
    show, episodes = show_of(1)
    Tracking.objects.create(user=bob, title=show, seen=1)
    watch(bob, episodes[1, 1])

    assert furthest(ann, show) is None
    assert furthest(ann, make_title()) is None
