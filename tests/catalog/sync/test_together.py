"""Several processes store at once: they wait for each other and never lock each other out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from catalog.models import Chart, Country, Credit, Title
from catalog.sync.charts import store_chart
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import film, listed, page, show

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def at_once(*calls: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own; raises what one of them raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        for done in [pool.submit(run, call) for call in calls]:
            done.result(timeout=60)


def store(*answers: dict[str, Any]) -> None:
    store_titles([shapes.movie(told) if "title" in told else shapes.tv(told) for told in answers])


def linked(tmdb_id: int, *others: int, **changes: Any) -> dict[str, Any]:
    return film(tmdb_id, similar={"results": [listed(n) for n in others]}, **changes)


def test_two_who_store_overlapping_new_titles_both_finish() -> None:
    for turn in range(ROUNDS):
        first, second, third = (1000 + 10 * turn + n for n in range(3))
        at_once(
            lambda: store(linked(first, third), linked(second, third), show(first)),  # noqa: B023
            lambda: store(show(first), linked(third, first), linked(second, first)),  # noqa: B023
        )
        assert Title.objects.filter(tmdb_id=second, kind="movie").count() == 1


def test_two_who_bring_the_same_titles_up_to_date_both_finish() -> None:
    for turn in range(ROUNDS):
        names = f"Port {turn}", f"Pier {turn}"
        forth, back = (
            [linked(n, 9 + n, 19 - n, title=name, credits=film(turn % 2)["credits"]) for n in ids]
            for name, ids in zip(names, (range(1, 9), range(8, 0, -1)), strict=True)
        )
        at_once(lambda: store(*forth), lambda: store(*back))  # noqa: B023
        named = set(Title.objects.filter(tmdb_id__lt=9).values_list("name", flat=True))
        assert len(named) == 1
        assert named <= set(names)
    assert Credit.objects.count() == 8 * 3


def test_two_who_name_what_the_other_knows_by_its_code_both_finish() -> None:
    def named(tmdb_id: int, code: str, other: str) -> dict[str, Any]:
        return film(
            tmdb_id,
            production_countries=[{"iso_3166_1": code, "name": f"Land {code}"}],
            production_companies=[{"id": 41, "name": "Quay", "origin_country": other}],
            spoken_languages=[{"iso_639_1": code, "english_name": f"Tongue {code}"}],
            original_language=other,
            origin_country=[],
        )

    for letter in "abcdefghijklmnopqrst"[:ROUNDS]:
        a, z = f"{letter}a", f"{letter}z"
        at_once(lambda: store(named(7, a, z)), lambda: store(named(9, z, a)))  # noqa: B023
        names = Country.objects.filter(pk__in=(a, z)).order_by("pk").values_list("name", flat=True)
        assert list(names) == [f"Land {a}", f"Land {z}"]


def test_two_who_store_the_same_chart_leave_one_of_theirs() -> None:
    ref = (Chart.Name.POPULAR, "movie")
    for turn in range(ROUNDS):
        forth = [listed(n) for n in range(turn * 20, turn * 20 + 20) if n]
        told = [shapes.page(page(*items), "movie").titles for items in (forth, forth[::-1])]
        at_once(*(lambda stubs=stubs: store_chart(ref, list(stubs)) for stubs in told))
        entries = Chart.objects.get().entries.order_by("rank")
        ranked = list(entries.values_list("title__tmdb_id", flat=True))
        assert ranked in [[stub.tmdb_id for stub in stubs] for stubs in told]
