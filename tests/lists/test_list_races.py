"""Lists that several change at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lists import arranging, keeping, making
from tests.lists.keep import make_list, names, titles
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    def run(deed: Callable[[], object]) -> object:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, deeds))


def test_a_title_that_many_add_at_once_is_there_once() -> None:
    ann, title = make_user(), make_title()
    made = make_list(ann)

    added = at_once([lambda: keeping.add(made, title, by=ann).pk] * THREADS)

    assert made.items.count() == 1
    assert len(set(added)) == 1


def test_a_watchlist_that_is_used_first_by_many_at_once_is_one() -> None:
    ann, title = make_user(), make_title()

    at_once([lambda: keeping.add(keeping.watchlist(ann), title, by=ann)] * THREADS)

    assert ann.lists.count() == 1
    assert keeping.watchlist(ann).items.count() == 1


def test_titles_that_are_added_at_once_all_have_places_of_their_own() -> None:
    ann = make_user()
    made = make_list(ann)
    added = titles(24)

    at_once([lambda t=title: keeping.add(made, t, by=ann) for title in added])  # type: ignore[misc]

    places = made.items.values_list("position", flat=True).order_by("position")
    assert list(places) == list(range(1, 25))


def test_a_list_that_many_put_in_order_at_once_loses_no_row() -> None:
    ann = make_user()
    made = make_list(ann, *titles(12))
    items = list(made.items.all())
    before = sorted(names(made))

    at_once(
        [
            lambda i=item, n=n: arranging.move(i, n * 5 % 12 + 1)  # type: ignore[misc]
            for n, item in enumerate(items * 3)
        ]
    )

    assert sorted(names(made)) == before
    places = made.items.values_list("position", flat=True).order_by("position")
    assert list(places) == list(range(1, 13))


def test_titles_that_go_to_and_fro_at_once_wait_for_nobody_for_ever() -> None:
    ann = make_user()
    one, other = make_list(ann, *titles(4)), make_list(ann, *titles(4))
    of_one = [item.title for item in one.items.select_related("title")]
    of_other = [item.title for item in other.items.select_related("title")]

    at_once(
        [
            lambda: arranging.transfer(one, of_one, other, by=ann, stay=True),
            lambda: arranging.transfer(other, of_other, one, by=ann, stay=True),
        ]
        * 4
    )

    assert one.items.count() == other.items.count() == 8


def test_lists_of_one_name_that_are_made_at_once_have_addresses_of_their_own() -> None:
    ann = make_user()

    at_once([lambda: making.make(ann, name="Same")] * THREADS)

    assert ann.lists.count() == THREADS
