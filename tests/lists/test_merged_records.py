"""What members have on record of a title that is another one by now is the other one's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Episode, Provider, Title
from catalog.sync.merging import merge
from lists.merging import follow
from lists.models import List, ListItem, Reminder, State, Tracking, Viewing
from lists.watching import When, watch
from tests.lists.held import track, want
from tests.make import make_episode, make_offer, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
DAY = When.day(date(2025, 5, 1))


@pytest.fixture
def ann() -> User:
    return make_user()


@pytest.fixture
def old() -> Title:
    return make_title(name="Old")


@pytest.fixture
def new() -> Title:
    return make_title(name="New")


def show_of(*numbers: int, season: int = 1, **values: Any) -> Title:
    show = make_show(**values)
    held = make_season(show, number=season)
    for number in numbers:
        make_episode(held, number=number, air_date="2024-01-01")
    return show


def episode(show: Title, number: int) -> Episode:
    return Episode.objects.get(season__title=show, number=number)


def titles(member: User) -> list[str]:
    items = ListItem.objects.filter(list__owner=member).order_by("position", "pk")
    return list(items.values_list("title__name", flat=True))


# --- A title that TMDB drops ---------------------------------------------------------------------
def test_what_tmdb_drops_keeps_all_that_is_on_record(ann: User, old: Title) -> None:
    want(ann, old, note="Soon")
    watch(ann, old, when=DAY)
    show = show_of(1)
    watch(ann, show, episode=episode(show, 1), when=DAY)
    Title.objects.update(hidden_at=LATE)

    assert follow() == 0
    assert ListItem.objects.get().note == "Soon"
    assert Viewing.objects.count() == 2
    assert Tracking.objects.get().title == show


# --- Lists ---------------------------------------------------------------------------------------
def test_an_item_becomes_the_others_with_all_that_is_said_of_it(
    ann: User, old: Title, new: Title
) -> None:
    want(ann, make_title(name="First"))
    want(ann, old, note="For the winter", added_at=EARLY)
    want(ann, make_title(name="Last"))
    merge(old, new)

    assert follow() == 1
    assert titles(ann) == ["First", "New", "Last"]
    item = ListItem.objects.get(title=new)
    assert (item.note, item.added_at, item.added_by) == ("For the winter", EARLY, ann)


def test_of_two_on_one_list_one_remains_and_no_note_is_lost(
    ann: User, old: Title, new: Title
) -> None:
    want(ann, new)
    want(ann, old, note="For the winter")
    merge(old, new)
    follow()

    assert titles(ann) == ["New"]
    assert ListItem.objects.get().note == "For the winter"


def test_what_is_on_the_list_goes_before_what_is_only_proposed(
    ann: User, old: Title, new: Title
) -> None:
    want(ann, new, is_accepted=False)
    want(ann, old)
    merge(old, new)
    follow()

    assert ListItem.objects.get().is_accepted


def test_a_cover_is_the_others_poster(ann: User, old: Title, new: Title) -> None:
    List.objects.create(owner=ann, name="Best", slug="best", cover=old)
    merge(old, new)
    follow()

    assert List.objects.get().cover == new


# --- History -------------------------------------------------------------------------------------
def test_a_films_viewings_are_the_others(ann: User, old: Title, new: Title) -> None:
    watch(ann, old, when=DAY, note="At Ben's")
    watch(ann, new, when=When.day(date(2025, 6, 1)))
    merge(old, new)
    follow()

    seen = Viewing.objects.filter(user=ann, title=new).order_by("watched_at")
    assert [(one.note, one.rewatch) for one in seen] == [("At Ben's", 0), ("", 1)]


def test_a_shows_viewings_are_of_the_episodes_of_the_same_numbers(ann: User) -> None:
    old, new = show_of(1, 2, 3), show_of(1, 2, 3, 4)
    for number in (1, 2):
        watch(ann, old, episode=episode(old, number), when=DAY)
    merge(old, new)
    follow()

    seen = Viewing.objects.filter(user=ann, title=new).values_list("episode__number", flat=True)
    assert sorted(seen) == [1, 2]
    tracking = Tracking.objects.get(user=ann)
    assert (tracking.title, tracking.seen, tracking.left) == (new, 2, 2)


def test_an_episode_without_a_counterpart_stays_in_the_history(ann: User) -> None:
    old, new = show_of(1, 2), show_of(1)
    for number in (1, 2):
        watch(ann, old, episode=episode(old, number), when=DAY)
    merge(old, new)
    follow()
    follow()

    assert Viewing.objects.filter(user=ann).count() == 2
    assert Viewing.objects.get(title=old).episode == episode(old, 2)
    assert Tracking.objects.get(user=ann).title == new


def test_an_episode_seen_of_both_shows_counts_once(ann: User) -> None:
    old, new = show_of(1, 2), show_of(1, 2)
    for show in (old, new):
        watch(ann, show, episode=episode(show, 1), when=DAY)
    merge(old, new)
    follow()

    assert Viewing.objects.filter(user=ann, title=new).count() == 2
    assert Tracking.objects.get(user=ann).seen == 1


def test_before_the_others_episodes_are_known_nothing_is_moved(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = show_of(1), make_show(details_at=None)
    watch(ann, old, episode=episode(old, 1), when=DAY)
    merge(old, new)
    asked: list[Title] = []
    monkeypatch.setattr("lists.merging.care_for", asked.append)
    follow()

    assert asked == [new]
    assert Tracking.objects.get().title == old
    assert Viewing.objects.get().title == old


@pytest.mark.parametrize(("first", "state"), [(EARLY, State.PAUSED), (LATE, State.DROPPED)])
def test_what_was_said_last_of_either_show_holds(ann: User, first: datetime, state: str) -> None:
    old, new = show_of(1), show_of(1)
    track(ann, old, state=State.DROPPED, changed_at=first)
    track(ann, new, state=State.PAUSED, changed_at=datetime(2025, 6, 1, tzinfo=UTC))
    merge(old, new)
    follow()

    assert Tracking.objects.get(user=ann).state == state


def test_a_state_goes_with_the_show(ann: User) -> None:
    old, new = show_of(1), show_of(1)
    track(ann, old, state=State.PLANNED, changed_at=EARLY, created_at=EARLY)
    merge(old, new)
    follow()

    tracking = Tracking.objects.get(user=ann)
    assert (tracking.title, tracking.state) == (new, State.PLANNED)
    assert (tracking.created_at, tracking.changed_at) == (EARLY, EARLY)


# --- What was told -------------------------------------------------------------------------------
def test_nobody_is_told_of_the_same_service_again(ann: User, old: Title, new: Title) -> None:
    service = make_offer(make_title()).provider
    other = Provider.objects.create(tmdb_id=99, name="Other")
    for title, provider in ((old, service), (old, other), (new, other)):
        Reminder.objects.create(user=ann, title=title, provider=provider)
    merge(old, new)
    follow()

    assert Reminder.objects.filter(user=ann, title=new).count() == 2
    assert not Reminder.objects.filter(title=old).exists()


# --- All of it -----------------------------------------------------------------------------------
def test_others_records_and_a_second_run_change_nothing(ann: User, old: Title, new: Title) -> None:
    ben = make_user()
    want(ben, new)
    want(ann, old)
    watch(ann, old, when=DAY)
    merge(old, new)
    follow()
    before = (list(ListItem.objects.values()), list(Viewing.objects.values()))

    assert follow() == 0
    assert (list(ListItem.objects.values()), list(Viewing.objects.values())) == before


def test_one_that_leads_nowhere_yet_is_left_alone(ann: User, old: Title, new: Title) -> None:
    want(ann, old)
    merge(old, new)
    Title.objects.filter(pk=new.pk).update(hidden_at=LATE)

    assert follow() == 0
    assert titles(ann) == ["Old"]
