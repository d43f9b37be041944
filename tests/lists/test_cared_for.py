"""What members care for goes before the rest: at once what is lacking, hourly all of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kombu.exceptions import OperationalError as BrokerAway

from accounts.models import User
from catalog.mirror.keeping import want as want_pictures
from catalog.models import Errand, Title, Urgency
from lists import caring, tasks
from lists.cared_for import incomplete, without_poster
from lists.models import List, ListItem, State, Viewing
from tests.lists.held import track, want
from tests.make import make_show, make_title, make_user

pytestmark = pytest.mark.django_db

Queued = list[tuple[str, Any]]


@pytest.fixture
def ann() -> User:
    return make_user()


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Queued:
    found: Queued = []
    for name in ("track_titles", "mirror_titles"):
        task = getattr(tasks, name)
        monkeypatch.setattr(task, "delay", lambda *, refs, name=name: found.append((name, refs)))
    return found


def old(**values: Any) -> Title:
    """Held, and due to be asked about again."""
    return make_title(**{"refresh_at": datetime(2026, 1, 1, tzinfo=UTC)} | values)


def ref(title: Title) -> tuple[str, int]:
    return title.kind, title.tmdb_id


# --- At once -------------------------------------------------------------------------------------
def test_what_is_not_held_is_asked_for_after_the_commit(
    queued: Queued, django_capture_on_commit_callbacks: Any
) -> None:
    film = make_title(details_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        caring.care_for(film)
        assert queued == []

    assert queued == [("track_titles", [ref(film)]), ("mirror_titles", [ref(film)])]


@pytest.mark.parametrize("values", [{}, {"details_at": None, "hidden_at": datetime.now(UTC)}])
def test_what_is_held_or_gone_is_not(
    queued: Queued, values: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        caring.care_for(make_title(**values))

    assert queued == []


def test_without_a_broker_it_is_left_to_the_clock(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(**_: Any) -> None:
        raise BrokerAway

    for name in ("track_titles", "mirror_titles"):
        monkeypatch.setattr(getattr(tasks, name), "delay", away)
    film = make_title(details_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        caring.care_for(film)


# --- Hourly --------------------------------------------------------------------------------------
def test_what_many_are_about_to_watch_comes_first(ann: User) -> None:
    kept, seen, wanted, watched, dropped = (
        old(),
        old(),
        old(),
        old(kind="tv"),
        old(kind="tv"),
    )
    favorites = List.objects.create(owner=ann, kind=List.Kind.FAVORITES, slug="favorites")
    ListItem.objects.create(list=favorites, title=kept, position=1)
    Viewing.objects.create(
        user=ann, title=seen, watched_at=datetime.now(UTC), watched_on="2026-01-01"
    )
    want(ann, wanted)
    track(ann, watched)
    track(ann, dropped, state=State.DROPPED)
    old()

    assert incomplete(10) == [ref(t) for t in (watched, wanted, kept, seen, dropped)]
    assert incomplete(2) == [ref(watched), ref(wanted)]


def test_of_those_the_best_known_come_first_and_each_once(ann: User) -> None:
    little, much = old(popularity=1), old(popularity=9)
    want(ann, little, much)
    want(make_user(), much)

    assert incomplete(10) == [ref(much), ref(little)]


@pytest.mark.parametrize(
    ("values", "is_lacking"),
    [
        ({}, False),
        ({"details_at": None}, True),
        ({"refresh_at": None}, True),
        ({"refresh_at": datetime.now(UTC) - timedelta(hours=1)}, True),
        ({"refresh_at": None, "hidden_at": datetime.now(UTC)}, False),
    ],
)
def test_only_what_is_lacking_or_old_is_handed_down(
    ann: User, values: Any, is_lacking: bool
) -> None:
    want(ann, make_title(**values))

    assert bool(incomplete(10)) == is_lacking


def test_posters_that_nobody_has_asked_for_are_brought(ann: User) -> None:
    want(ann, make_title(), make_title(poster_path="/known.jpg"))
    film = make_title(poster_path="/new.jpg")
    want(ann, film)
    want_pictures([("/known.jpg", "poster")])
    make_title(poster_path="/nobodys.jpg")

    assert without_poster(10) == [ref(film)]


def test_they_are_handed_down_in_portions(
    ann: User, queued: Queued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "TRACKED_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "POSTERS_AT_ONCE", 2)
    for number in range(3):
        want(ann, old(poster_path=f"/{number}.jpg"))
    tasks.hand_down()

    assert [(name, len(refs)) for name, refs in queued] == [
        ("track_titles", 2),
        ("track_titles", 1),
        ("mirror_titles", 2),
        ("mirror_titles", 1),
    ]


def test_a_members_show_is_asked_about_before_what_is_only_old(ann: User) -> None:
    show = make_show(refresh_at=None)
    track(ann, show)
    tasks.track_titles(refs=incomplete(10))

    assert Errand.objects.get(tmdb_id=show.tmdb_id).urgency == Urgency.TRACKED


# --- Counting anew -------------------------------------------------------------------------------
@pytest.mark.parametrize(("found", "rounds"), [([3], 1), ([500, 500, 20], 3), ([500] * 50, 10)])
def test_what_is_out_of_date_is_counted_in_bounded_portions(
    monkeypatch: pytest.MonkeyPatch, found: list[int], rounds: int
) -> None:
    asked: list[int] = []

    def recount(limit: int) -> int:
        asked.append(limit)
        return found[len(asked) - 1]

    monkeypatch.setattr(tasks.counting, "recount_outdated", recount)
    tasks.recount_progress()

    assert asked == [500] * rounds


def test_who_has_moved_is_counted_anew_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.counting, "recount_moved", asked.append)

    tasks.recount_progress()

    assert asked == [500]


@pytest.mark.parametrize(
    ("task", "done"),
    [
        ("tell_episodes", "reminding.tell_episodes"),
        ("tell_streaming", "reminding.tell_streaming"),
        ("forget_reminders", "reminding.forget_old"),
        ("follow_merged", "merging.follow"),
    ],
)
def test_each_task_does_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, task: str, done: str
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(f"lists.{done}", lambda: calls.append(done))
    getattr(tasks, task)()

    assert calls == [done]
