"""A title inside other answers."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.request import Request

from accounts.models import User
from catalog.api import expanding
from catalog.api.titles import EXPANDS, Brief, Listed, briefs, listed
from catalog.models import Title
from cinehub.kit.api import Endpoint, Who
from tests.make import make_genre, make_title, make_translation, make_user

pytestmark = pytest.mark.django_db


class Looking(Endpoint):
    who = Who.ANYBODY
    expands = EXPANDS


def _view(query: str = "", member: User | None = None) -> Looking:
    view = Looking()
    request = Request(RequestFactory().get(f"/api/v1/{query}"))
    if member:
        request.user = member
    view.request = request
    return view


def _told(view: Endpoint, titles: Sequence[Title], shape: Any = Brief) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = shape(titles, many=True, context={"view": view}).data
    return told


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[int]]:
    """A room above that tells something of every title but the last; and how it was asked."""
    asked: list[Sequence[int]] = []

    def tell(request: Request, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
        asked.append(keys)
        return {key: {"rating": 8} for key in keys[:-1]}

    monkeypatch.setattr(expanding, "_telling", lambda: tell)
    return asked


@pytest.mark.parametrize("shape", [Brief, Listed])
def test_what_is_told_is_what_is_declared(shape: Any) -> None:
    title = make_title(poster_path="/a.jpg", backdrop_path="/b.jpg")

    (told,) = _told(_view(), listed(_view(), [title.pk]), shape)

    assert list(told) == list(shape().fields)
    assert told["poster_url"].endswith("/picture/w342/a.jpg")


def test_titles_come_in_the_order_that_is_asked_for() -> None:
    first, second = make_title(), make_title()

    told = _told(_view(), briefs(_view(), [second.pk, first.pk]))

    assert [each["id"] for each in told] == [second.tmdb_id, first.tmdb_id]


def test_a_title_is_called_as_its_reader_calls_it() -> None:
    title = make_title(name="Heat", original_name="Heat")
    make_translation(title, "de", name="Hitze", overview="Ein Dieb.")
    view = _view("?language=de")

    (told,) = _told(view, listed(view, [title.pk]), Listed)

    assert told["title"], told["overview"] == ("Hitze", "Ein Dieb.")
    assert told["original_title"] == "Heat"


def test_what_tmdb_has_dropped_stays_on_members_things_and_leaves_lists() -> None:
    title = make_title(hidden_at="2026-01-01T00:00:00Z")

    (told,) = _told(_view(), briefs(_view(), [title.pk]))

    assert told["is_available"] is False
    assert listed(_view(), [title.pk]) == []


def test_a_list_names_genres_by_their_ids() -> None:
    title = make_title()
    genres = sorted(make_genre().pk for _ in range(2))
    title.genres.add(*genres)

    (told,) = _told(_view(), listed(_view(), [title.pk]), Listed)

    assert told["genre_ids"] == genres


def test_questions_do_not_grow_with_titles(django_assert_num_queries: Any) -> None:
    view = _view("?language=de")
    keys = [make_title().pk for _ in range(20)]

    with django_assert_num_queries(3):
        _told(view, listed(view, keys), Listed)


def test_what_a_member_has_to_do_with_them_is_asked_once(telling: list[Sequence[int]]) -> None:
    one, other = make_title(), make_title()
    view = _view("?expand=me", make_user())

    told = _told(view, briefs(view, [one.pk, other.pk]))

    assert [each["me"] for each in told] == [{"rating": 8}, None]
    assert telling == [[one.pk, other.pk]]


@pytest.mark.parametrize(("query", "signed_in"), [("", True), ("?expand=me", False)])
def test_nobody_is_asked_what_nobody_wants_to_know(
    telling: list[Sequence[int]], query: str, *, signed_in: bool
) -> None:
    view = _view(query, make_user() if signed_in else None)

    (told,) = _told(view, briefs(view, [make_title().pk]))

    assert told["me"] is None
    assert telling == []


def test_only_the_fields_that_are_asked_for_are_told(client: Client) -> None:
    view = _view("?fields=id,title")
    title = make_title(name="Heat")
    context = {"view": view, "request": view.request}

    (told,) = Brief(briefs(view, [title.pk]), many=True, context=context).data

    assert told == {"id": title.tmdb_id, "title": "Heat"}
