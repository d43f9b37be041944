"""What members say they have watched: once is once, and the numbers follow."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts import undoing
from accounts.models import Undo, User
from accounts.records import stamp
from catalog.models import Episode, Season, Title
from cinehub.undo import DEEDS
from lists import tracking, watching
from lists.counting import recount, recount_moved, recount_outdated
from lists.models import Precision, State, Tracking, Viewing
from lists.models.viewings import LONG_AGO
from lists.progress import Line, Status, how_many, line_of, shows, status_of
from lists.watching import NotAired, When
from tests.lists.shows import make_aired, make_ended_show, make_running_show, tracked
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", time_zone="Europe/Berlin")


def see(member: User, show: Title, *episodes: Episode, on: date | None = None) -> None:
    for episode in episodes:
        when = When.day(on) if on else When.now(member)
        watching.see(member, show, episode=episode, when=when)


def undo(member: User, key: Any) -> list[str]:
    found = undoing.take(member, key)
    assert found
    return DEEDS[found.deed](member, found.data)


# --- Films ---------------------------------------------------------------------------------------
def test_a_film_is_seen(ann: User) -> None:
    film = make_title()

    watching.watch(ann, film, when=When.now(ann))

    viewing = ann.viewings.get()
    assert (viewing.title, viewing.episode, viewing.rewatch) == (film, None, 0)
    assert viewing.precision == Precision.INSTANT


def test_to_say_again_that_a_film_is_seen_changes_nothing(ann: User) -> None:
    film = make_title()

    first = watching.watch(ann, film, when=When.now(ann))

    assert watching.watch(ann, film, when=When.now(ann)) == first
    assert watching.see(ann, film, when=When.now(ann)).viewings == []
    assert ann.viewings.count() == 1


def test_a_film_that_was_watched_again_has_another_viewing(ann: User) -> None:
    film = make_title()
    watching.watch(ann, film, when=When.day(date(2020, 1, 1)))

    again = watching.watch(ann, film, when=When.now(ann), batch=uuid4())

    assert ann.viewings.count() == 2
    assert ann.viewings.get(pk=again.pk).rewatch == 1


def test_the_same_batch_sent_twice_is_one_viewing(ann: User) -> None:
    film, batch = make_title(), uuid4()

    for _each in range(2):
        watching.watch(ann, film, when=When.now(ann), batch=batch)

    assert ann.viewings.count() == 1


def test_films_are_numbered_by_when_they_were_watched_and_not_when_it_was_said(ann: User) -> None:
    film = make_title()
    late = watching.watch(ann, film, when=When.day(date(2021, 1, 1)))
    early = watching.watch(ann, film, when=When.day(date(2020, 1, 1)), batch=uuid4())

    watching.watch(ann, film, when=When.unknown(), batch=uuid4())
    numbers = dict(ann.viewings.values_list("pk", "rewatch"))

    assert (numbers[early.pk], numbers[late.pk]) == (1, 2)


def test_without_the_first_viewing_the_second_is_the_first(ann: User) -> None:
    film = make_title()
    first = watching.watch(ann, film, when=When.day(date(2020, 1, 1)))
    watching.watch(ann, film, when=When.now(ann), batch=uuid4())

    watching.delete(first)

    assert ann.viewings.get().rewatch == 0


def test_what_is_not_seen_any_more_comes_back_as_it_was(ann: User) -> None:
    film = make_title()
    watching.watch(ann, film, when=When.day(date(2020, 1, 1)), note="With Ben")
    watching.watch(ann, film, when=When.now(ann), batch=uuid4())
    before = list(ann.viewings.order_by("pk").values(*watching.KEPT, "watched_at", "batch"))

    removed = watching.unwatch(ann, film)
    assert not ann.viewings.exists()
    undo(ann, removed.undo)

    after = list(ann.viewings.order_by("pk").values(*watching.KEPT, "watched_at", "batch"))
    assert after == before


def test_to_take_back_what_was_never_seen_leaves_nothing_to_undo(ann: User) -> None:
    removed = watching.unwatch(ann, make_title())

    assert (removed.episodes, removed.undo) == ([], None)
    assert not Undo.objects.exists()


def test_what_was_deleted_by_somebody_quicker_leaves_nothing_to_undo(ann: User) -> None:
    viewing = watching.watch(ann, make_title(), when=When.now(ann))
    Viewing.objects.all().delete()

    assert watching.delete(viewing) is None


def test_a_film_that_was_marked_by_mistake_is_unmarked(ann: User) -> None:
    marked = watching.see(ann, make_title(), when=When.now(ann))

    undo(ann, marked.undo)

    assert not ann.viewings.exists()


# --- When ----------------------------------------------------------------------------------------
@time_machine.travel(datetime(2026, 3, 10, 23, 30, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("", date(2026, 3, 10)),
        ("Europe/Berlin", date(2026, 3, 11)),
        ("America/Los_Angeles", date(2026, 3, 10)),
        ("Pacific/Kiritimati", date(2026, 3, 11)),
        ("Nowhere/Else", date(2026, 3, 10)),
    ],
)
def test_around_midnight_it_is_the_day_where_the_member_is(zone: str, day: date) -> None:
    member = make_user(time_zone=zone)

    assert When.now(member).on == day


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "UTC", "Pacific/Apia"])
def test_whose_zone_the_page_is_in_does_not_matter(zone: str) -> None:
    member = make_user(time_zone="Europe/Berlin")
    at = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    with timezone.override(zone):
        assert When.instant(at, member).on == date(2026, 3, 11)


def test_what_nobody_remembers_is_longest_ago(ann: User) -> None:
    viewing = watching.watch(ann, make_title(), when=When.unknown())

    assert (viewing.watched_at, viewing.watched_on) == (LONG_AGO, None)


def test_a_viewing_is_changed(ann: User) -> None:
    viewing = watching.watch(ann, make_title(), when=When.now(ann))

    watching.change(viewing, when=When.day(date(2020, 2, 2)), note="On a plane")

    viewing.refresh_from_db()
    assert (viewing.precision, viewing.watched_on) == (Precision.DAY, date(2020, 2, 2))
    assert viewing.note == "On a plane"


# --- Episodes ------------------------------------------------------------------------------------
def test_a_show_goes_on_after_what_was_seen(ann: User) -> None:
    show, episodes = make_running_show(aired=3)

    see(ann, show, episodes[0])

    found = tracked(ann, show)
    assert (found.seen, found.left, found.minutes_left) == (1, 2, 100)
    assert found.next_episode == episodes[1]


def test_what_has_not_aired_is_refused(ann: User) -> None:
    show, episodes = make_running_show()

    for batch in (None, uuid4()):
        with pytest.raises(NotAired):
            watching.watch(ann, show, episode=episodes[-1], when=When.now(ann), batch=batch)
    with pytest.raises(NotAired):
        watching.watch_up_to(ann, episodes[-1], when=When.now(ann))

    assert not ann.viewings.exists()


@time_machine.travel(datetime(2026, 3, 10, 23, 30, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("zone", "has_aired"), [("Europe/Berlin", True), ("UTC", False), ("America/Lima", False)]
)
def test_an_episode_airs_when_its_day_begins_where_the_member_is(
    zone: str, has_aired: bool
) -> None:
    member, show = make_user(time_zone=zone), make_show()
    episode = make_episode(make_season(show), air_date=date(2026, 3, 11))

    recount(member.pk, show.pk)
    tracking.say(member, show, State.PLANNED)

    found = tracked(member, show)
    assert found.left == int(has_aired)
    if not has_aired:
        assert found.changes_at == datetime(2026, 3, 11, tzinfo=UTC) + timedelta(
            hours={"UTC": 0, "America/Lima": 5}[zone]
        )
        with pytest.raises(NotAired):
            see(member, show, episode)


def test_the_double_of_an_episode_counts_once(ann: User) -> None:
    """TMDB lists one number twice for a while."""
    show, episodes = make_ended_show(aired=2)
    make_episode(episodes[0].season, number=1, air_date=episodes[0].air_date)

    see(ann, show, *episodes)

    assert (tracked(ann, show).seen, tracked(ann, show).left) == (2, 0)


def test_a_viewing_stays_with_its_episode_wherever_tmdb_moves_it(ann: User) -> None:
    show, episodes = make_ended_show(aired=3)
    see(ann, show, episodes[2])
    second = make_season(show, number=2)

    Episode.objects.filter(pk=episodes[2].pk).update(season=second, number=1)
    recount(ann.pk, show.pk)
    see(ann, show, episodes[1])

    found = tracked(ann, show)
    assert (found.seen, found.left) == (2, 1)
    assert found.next_episode == episodes[0]


def test_a_hidden_episode_is_neither_seen_nor_left(ann: User) -> None:
    show, episodes = make_ended_show(aired=2)
    see(ann, show, episodes[0])

    Episode.objects.filter(pk=episodes[0].pk).update(hidden_at=timezone.now())
    recount(ann.pk, show.pk)

    assert (tracked(ann, show).seen, tracked(ann, show).left) == (0, 1)
    assert ann.viewings.count() == 1


def test_without_its_viewing_an_episode_is_left_again(ann: User) -> None:
    show, episodes = make_ended_show(aired=2)
    see(ann, show, *episodes)

    watching.delete(ann.viewings.get(episode=episodes[1]))

    found = tracked(ann, show)
    assert (found.seen, found.left, found.next_episode) == (1, 1, episodes[1])


def test_an_episode_that_was_seen_twice_is_seen_until_both_are_gone(ann: User) -> None:
    show, episodes = make_ended_show(aired=1)
    see(ann, show, episodes[0])
    watching.watch(ann, show, episode=episodes[0], when=When.now(ann), batch=uuid4())

    watching.delete(ann.viewings.order_by("pk")[0])
    assert tracked(ann, show).seen == 1
    watching.unwatch(ann, show, episode=episodes[0])

    assert tracked(ann, show).seen == 0


# --- Many at once --------------------------------------------------------------------------------
def test_a_season_is_marked_as_far_as_it_has_aired_and_was_not_seen(ann: User) -> None:
    show, episodes = make_running_show(aired=3)
    see(ann, show, episodes[1])

    marked = watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    assert [viewing.episode_id for viewing in marked.viewings] == [episodes[0].pk, episodes[2].pk]
    assert len({viewing.batch for viewing in marked.viewings}) == 1
    assert tracked(ann, show).left == 0


def test_a_season_that_is_marked_twice_is_marked_once(ann: User) -> None:
    _show, episodes = make_ended_show()
    watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    again = watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    assert (again.viewings, again.undo) == ([], None)
    assert ann.viewings.count() == 3


def test_up_to_here_reaches_back_over_seasons_and_leaves_specials_out(ann: User) -> None:
    show, first = make_ended_show(aired=2)
    make_aired(make_season(show, number=0), 1)
    second = make_aired(make_season(show, number=2), 3)

    watching.watch_up_to(ann, second[1], when=When.now(ann))

    seen = set(ann.viewings.values_list("episode", flat=True))
    assert seen == {each.pk for each in (*first, *second[:2])}
    assert tracked(ann, show).next_episode == second[2]


def test_up_to_a_special_are_specials(ann: User) -> None:
    show, _episodes = make_ended_show()
    specials = make_aired(make_season(show, number=0), 3)

    watching.watch_up_to(ann, specials[1], when=When.now(ann))

    assert set(ann.viewings.values_list("episode", flat=True)) == {s.pk for s in specials[:2]}
    assert tracked(ann, show).seen == 0


def test_a_whole_show_is_marked_without_its_specials(ann: User) -> None:
    show, episodes = make_running_show(aired=3)
    make_aired(make_season(show, number=0), 1)

    watching.watch_show(ann, show, when=When.now(ann))

    assert set(ann.viewings.values_list("episode", flat=True)) == {e.pk for e in episodes[:3]}


def test_what_was_marked_in_one_go_is_undone_in_one_go(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, episodes[0])

    marked = watching.watch_season(ann, episodes[0].season, when=When.now(ann))
    parts = undo(ann, marked.undo)

    assert list(ann.viewings.values_list("episode", flat=True)) == [episodes[0].pk]
    assert tracked(ann, show).left == 2
    assert sum("<!--own episode" in part for part in parts) == 2


def test_a_season_that_is_not_seen_any_more_comes_back(ann: User) -> None:
    show, episodes = make_ended_show()
    watching.watch_season(ann, episodes[0].season, when=When.day(date(2020, 1, 1)))

    removed = watching.unwatch_season(ann, episodes[0].season)
    assert tracked(ann, show).seen == 0
    undo(ann, removed.undo)

    assert tracked(ann, show).seen == 3
    assert {v.watched_on for v in ann.viewings.all()} == {date(2020, 1, 1)}


def test_a_whole_show_is_taken_out(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)

    removed = watching.unwatch(ann, show)

    assert sorted(removed.episodes) == sorted(e.pk for e in episodes)
    assert not ann.viewings.exists()


def test_of_an_endless_soap_not_all_rows_are_sent(ann: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("lists.own.EPISODES_SENT", 2)
    _show, episodes = make_ended_show(aired=4)
    marked = watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    parts = undo(ann, marked.undo)

    sent = [part for part in parts if part.startswith("<!--own episode")]
    assert [part.split("|")[4] for part in sent] == ["4", "3"]


# --- How they are with a show --------------------------------------------------------------------
def test_nothing_is_known_of_a_show_that_nobody_has_begun(ann: User) -> None:
    show, episodes = make_running_show()
    see(ann, show, episodes[0])
    watching.unwatch(ann, show)

    assert status_of(tracked(ann, show)) is None
    assert not any(how_many(ann).values())


@pytest.mark.parametrize(
    ("make", "seen", "status"),
    [
        (make_running_show, 1, Status.WATCHING),
        (make_running_show, 3, Status.UP_TO_DATE),
        (make_ended_show, 1, Status.WATCHING),
        (make_ended_show, 3, Status.FINISHED),
    ],
)
def test_viewings_say_how_they_are_with_it(ann: User, make: Any, seen: int, status: Status) -> None:
    show, episodes = make()

    see(ann, show, *episodes[:seen])

    assert status_of(tracked(ann, show)) == status
    assert [found.title for found in shows(ann, status)] == [show]
    assert how_many(ann) == dict.fromkeys(Status, 0) | {status: 1}


@pytest.mark.parametrize("state", [State.PLANNED, State.PAUSED, State.DROPPED])
def test_what_they_say_goes_before_what_they_have_seen(ann: User, state: State) -> None:
    show, episodes = make_running_show()
    see(ann, show, episodes[0])

    key = tracking.say(ann, show, state)
    assert status_of(tracked(ann, show)) == Status(state)
    assert [found.title for found in shows(ann, Status(state))] == [show]
    undo(ann, key)

    assert status_of(tracked(ann, show)) == Status.WATCHING


def test_what_was_said_before_is_not_said_again(ann: User) -> None:
    show, _episodes = make_running_show()
    tracking.say(ann, show, State.PLANNED)

    assert tracking.say(ann, show, State.PLANNED) is None


def test_nobody_says_how_they_are_with_a_film(ann: User) -> None:
    with pytest.raises(TypeError):
        tracking.say(ann, make_title(), State.PLANNED)


@pytest.mark.parametrize("state", [State.PLANNED, State.PAUSED, State.DROPPED])
def test_who_watches_on_has_taken_it_up_again(ann: User, state: State) -> None:
    show, episodes = make_running_show()
    tracking.say(ann, show, state)

    marked = watching.see(ann, show, episode=episodes[0], when=When.now(ann))
    assert tracked(ann, show).state == State.NONE
    undo(ann, marked.undo)

    assert tracked(ann, show).state == state


@pytest.mark.parametrize("state", [State.PAUSED, State.DROPPED])
def test_what_is_added_from_memory_does_not_take_it_up_again(ann: User, state: State) -> None:
    show, episodes = make_running_show()
    tracking.say(ann, show, state)

    see(ann, show, episodes[0], on=date(2020, 1, 1))

    assert tracked(ann, show).state == state


def test_a_show_that_gains_a_season_is_not_finished_any_more(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)

    [new] = make_aired(make_season(show, number=2), 1)
    Title.objects.filter(pk=show.pk).update(
        fetched_at=timezone.now() + timedelta(seconds=1), status="Returning Series"
    )
    assert recount_outdated(limit=10) == 1

    found = tracked(ann, show)
    assert (status_of(found), found.next_episode) == (Status.WATCHING, new)


def test_a_show_is_counted_anew_when_its_next_episode_airs(ann: User) -> None:
    show, episodes = make_running_show(aired=1)
    see(ann, show, episodes[0])
    Title.objects.update(fetched_at=timezone.now() - timedelta(days=1))
    assert recount_outdated(limit=10) == 0

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert recount_outdated(limit=10) == 1
        assert recount_outdated(limit=10) == 0

    found = tracked(ann, show)
    assert (found.left, found.changes_at) == (1, None)


def test_who_has_moved_where_the_day_begins_sooner_is_counted_anew() -> None:
    dora = make_user(time_zone="America/Los_Angeles")
    show, episodes = make_running_show(aired=1)
    see(dora, show, episodes[0])
    airs = tracked(dora, show).changes_at
    assert airs
    with time_machine.travel(airs - timedelta(hours=2)):
        assert recount_moved(limit=10) == 0
        User.objects.filter(pk=dora.pk).update(time_zone="Pacific/Auckland")

        assert recount_moved(limit=10) == 1
        assert recount_moved(limit=10) == 0

    assert (tracked(dora, show).left, tracked(dora, show).changes_at) == (1, None)


def test_what_is_stored_while_it_is_counted_is_counted_anew(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TMDB was asked before the count began, and its answer stored once that had read the show."""
    show, [episode] = make_ended_show(1, fetched_at=timezone.now() - timedelta(days=1))
    asked_at = timezone.now()

    def read_before(title: Title) -> Line:
        line = line_of(title)
        make_aired(make_season(show, number=2), 1)
        Title.objects.filter(pk=show.pk).update(fetched_at=asked_at)
        return line

    monkeypatch.setattr(watching, "line_of", read_before)
    see(ann, show, episode)
    assert tracked(ann, show).left == 0

    assert recount_outdated(limit=10) == 1
    assert tracked(ann, show).left == 1


def test_no_more_are_counted_anew_than_asked_for(ann: User) -> None:
    for member in (ann, make_user(), make_user()):
        tracking.say(member, make_show(), State.PLANNED)
    Title.objects.update(fetched_at=timezone.now() + timedelta(seconds=1))

    assert recount_outdated(limit=2) == 2


def test_a_day_beyond_all_days_is_none(ann: User) -> None:
    show = make_show()
    make_episode(make_season(show), air_date=date(9999, 12, 31))

    tracking.say(ann, show, State.PLANNED)

    assert tracked(ann, show).changes_at is None


# --- Watching again ------------------------------------------------------------------------------
def test_who_watches_again_begins_anew_and_keeps_the_history(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)

    tracking.watch_again(ann, show)

    found = tracked(ann, show)
    assert (found.rewatch, found.seen, found.left) == (1, 0, 3)
    assert found.next_episode == episodes[0]
    assert status_of(found) == Status.WATCHING
    assert ann.viewings.count() == 3


def test_in_a_new_round_what_was_seen_before_is_seen_once_more(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)
    tracking.watch_again(ann, show)

    see(ann, show, episodes[0])
    watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    assert sorted(ann.viewings.values_list("rewatch", flat=True)) == [0, 0, 0, 1, 1, 1]
    assert status_of(tracked(ann, show)) == Status.FINISHED


def test_to_watch_again_pressed_twice_is_one_round(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)

    tracking.watch_again(ann, show)

    assert tracking.watch_again(ann, show) is None
    assert tracked(ann, show).rewatch == 1


def test_nobody_watches_again_what_they_never_watched(ann: User) -> None:
    show, _episodes = make_ended_show()

    assert tracking.watch_again(ann, show) is None


def test_what_airs_during_a_new_round_is_next_after_it(ann: User) -> None:
    show, episodes = make_running_show(aired=2)
    see(ann, show, *episodes[:2])
    tracking.watch_again(ann, show)
    see(ann, show, *episodes[:2])
    assert status_of(tracked(ann, show)) == Status.UP_TO_DATE

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        recount_outdated(limit=10)
        found = tracked(ann, show)
        assert (found.left, found.next_episode) == (1, episodes[2])
        see(ann, show, episodes[2])
        tracking.stop_again(ann, show)

    assert (tracked(ann, show).seen, tracked(ann, show).left) == (3, 0)


def test_what_is_taken_back_in_a_new_round_was_watched_in_the_first(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)
    tracking.watch_again(ann, show)
    see(ann, show, episodes[0])

    watching.unwatch(ann, show, episode=episodes[0])

    assert list(ann.viewings.values_list("rewatch", flat=True)) == [0, 0, 0]


def test_who_stops_watching_again_has_seen_it_all(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)
    key = tracking.watch_again(ann, show)

    tracking.stop_again(ann, show)
    assert status_of(tracked(ann, show)) == Status.FINISHED
    tracking.watch_again(ann, show)
    assert tracked(ann, show).rewatch == 1
    undo(ann, key)

    assert tracked(ann, show).rewatch == 0


# --- What follows --------------------------------------------------------------------------------
def test_up_next_are_shows_with_an_episode_to_watch_the_last_watched_first(ann: User) -> None:
    made = [make_running_show(aired=2) for _each in range(3)]
    for n, (show, episodes) in enumerate(made):
        see(ann, show, episodes[0], on=date(2021, 1, n + 1))
    done, episodes = make_ended_show(aired=1)
    see(ann, done, *episodes)
    planned, _episodes = make_running_show()
    tracking.say(ann, planned, State.PLANNED)
    tracking.say(ann, made[1][0], State.PAUSED)

    found = Tracking.objects.filter(user=ann).up_next(timezone.localdate())

    assert [each.title for each in found] == [made[2][0], made[0][0]]


def test_what_was_left_out_is_not_up_next_while_another_one_is_to_air(ann: User) -> None:
    show, episodes = make_running_show(aired=2)

    see(ann, show, episodes[1])

    assert tracked(ann, show).next_episode == episodes[2]
    assert not Tracking.objects.up_next(timezone.localdate()).exists()


def test_a_show_that_is_watched_again_is_up_next(ann: User) -> None:
    show, episodes = make_ended_show()
    see(ann, show, *episodes)

    tracking.watch_again(ann, show)

    assert Tracking.objects.up_next(timezone.localdate()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whatever_is_said_is_heard_by_what_is_worked_out_of_it(ann: User) -> None:
    show, episodes = make_running_show()
    stamps = [stamp(ann.pk)]

    viewing = watching.watch(ann, show, episode=episodes[0], when=When.now(ann))
    stamps.append(stamp(ann.pk))
    watching.change(viewing, when=When.unknown(), note="")
    stamps.append(stamp(ann.pk))
    tracking.say(ann, show, State.PAUSED)
    stamps.append(stamp(ann.pk))
    watching.delete(viewing)
    stamps.append(stamp(ann.pk))

    assert len(set(stamps)) == len(stamps)


def test_others_viewings_count_for_them_alone(ann: User) -> None:
    show, episodes = make_ended_show()
    ben = make_user()

    see(ben, show, *episodes)
    see(ann, show, episodes[0])

    assert (tracked(ann, show).seen, tracked(ben, show).seen) == (1, 3)


def test_a_season_without_episodes_is_marked_as_it_is(ann: User) -> None:
    season: Season = make_season(make_show())

    assert watching.watch_season(ann, season, when=When.now(ann)).viewings == []


def test_a_show_without_episodes_is_counted_once(ann: User) -> None:
    tracking.say(ann, make_show(), State.PLANNED)

    assert recount_outdated(limit=10) == 0
