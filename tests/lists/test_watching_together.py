"""Two hands at once: a double click, two devices, a worker beside a page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection

from accounts.models import User
from catalog.models import Title
from lists import tracking, watching
from lists.counting import recount
from lists.models import State, Tracking, Viewing
from lists.watching import When
from tests.lists.shows import make_ended_show, tracked
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 8


def at_once(*deeds: Callable[[], Any]) -> None:
    """Each with a connection of its own, and none before all are there."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        close_old_connections()
        start.wait()
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as hands:
        for done in [hands.submit(run, deed) for deed in deeds]:
            done.result()


def test_a_season_that_is_marked_by_many_hands_is_marked_once() -> None:
    ann = make_user()
    show, episodes = make_ended_show(aired=12)

    def mark() -> None:
        watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    at_once(*[mark] * HANDS)

    assert Viewing.objects.count() == len(episodes)
    assert tracked(ann, show).left == 0


def test_a_film_that_is_marked_by_many_hands_is_marked_once() -> None:
    ann, film = make_user(), make_title()

    at_once(*[lambda: watching.see(ann, film, when=When.now(ann))] * HANDS)

    assert Viewing.objects.count() == 1


def test_whoever_does_what_the_numbers_are_those_of_the_viewings() -> None:
    """Marked, taken back, counted anew and spoken of, all at once, again and again."""
    ann = make_user()
    show, episodes = make_ended_show(aired=6)

    def press(n: int) -> Callable[[], None]:
        def deed() -> None:
            for turn in range(5):
                episode = episodes[(n + turn) % len(episodes)]
                watching.see(ann, show, episode=episode, when=When.now(ann))
                watching.unwatch(ann, show, episode=episodes[(n * turn) % len(episodes)])

        return deed

    def count() -> None:
        for _turn in range(5):
            recount(ann.pk, show.pk)
            tracking.say(ann, show, State.PAUSED)

    at_once(*(press(n) for n in range(HANDS - 1)), count)

    seen = Viewing.objects.values("episode").distinct().count()
    assert Viewing.objects.count() == seen
    found = tracked(ann, show)
    assert (found.seen, found.left) == (seen, len(episodes) - seen)


def test_many_members_do_not_wait_for_each_other_for_ever() -> None:
    """Each marks the same two shows, half of them in the other order."""
    members = [make_user() for _each in range(HANDS)]
    shows = [make_ended_show(aired=4)[0] for _each in range(2)]

    def mark(member: User, order: list[Title]) -> Callable[[], None]:
        def deed() -> None:
            for show in order:
                watching.watch_show(member, show, when=When.now(member))

        return deed

    at_once(*(mark(member, shows[:: 1 - n % 2 * 2]) for n, member in enumerate(members)))

    assert Viewing.objects.count() == HANDS * 2 * 4
    assert set(Tracking.objects.values_list("seen", "left")) == {(4, 0)}
