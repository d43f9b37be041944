"""The watchlist, the favourites and what is on lists, through the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Notification, User
from catalog.models import Title
from lists import keeping
from lists.models import List
from tests.lists.keep import make_list, make_smart_list, names, share, titles
from tests.make import make_show, make_title, make_translation, make_user
from tests.reviews.api.asking import get, kind, send, wrong

pytestmark = pytest.mark.django_db

ROOMS = ["watchlist", "favorites"]


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603, name="The Matrix")


def ref(title: Title, **more: Any) -> dict[str, Any]:
    return {"media_type": title.kind, "id": title.tmdb_id, **more}


def told(page: Any) -> list[str]:
    return [row["title"]["title"] for row in page["results"]]


# --- Watchlist and favourites --------------------------------------------------------------------
@pytest.mark.parametrize("room", ROOMS)
def test_a_title_is_put_there_and_told(client: Client, ann: User, film: Title, room: str) -> None:
    answer = send(client, "post", f"{room}/", ref(film, note="With Bob"))

    assert answer.status_code == 201
    (row,) = get(client, f"{room}/")["results"]
    assert row["id"] == answer.json()["id"]
    assert (row["note"], row["rank"], row["is_proposed"]) == ("With Bob", None, False)
    assert row["title"]["id"] == 603


def test_looking_at_a_list_that_is_not_used_yet_makes_none(client: Client, ann: User) -> None:
    assert get(client, "watchlist/")["total_results"] == 0

    assert not List.objects.exists()


def test_what_is_there_is_a_duplicate(client: Client, ann: User, film: Title) -> None:
    send(client, "post", "watchlist/", ref(film))

    assert kind(send(client, "post", "watchlist/", ref(film))) == (409, "duplicate")
    assert keeping.watchlist(ann).items.count() == 1


def test_to_see_that_it_is_there_may_be_said_twice(client: Client, ann: User, film: Title) -> None:
    first = send(client, "put", "watchlist/movie/603/")
    second = send(client, "put", "watchlist/movie/603/")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["undo"]
    assert second.json() == first.json() | {"undo": None}


def test_what_is_not_known_here_is_asked_for(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def brought(_view: object, media_type: str, tmdb_id: int) -> tuple[Title, None]:
        return make_title(kind=media_type, tmdb_id=tmdb_id), None

    monkeypatch.setattr("lists.api.finding.title_for", brought)

    assert send(client, "put", "watchlist/movie/13/").status_code == 200
    assert get(client, "watchlist/movie/13/")["title"]["id"] == 13


def test_a_title_that_is_not_on_it_is_not_found(client: Client, ann: User, film: Title) -> None:
    assert kind(client.get("/api/v1/watchlist/movie/603/")) == (404, "not-found")


def test_a_title_is_taken_off_and_that_is_undone(client: Client, ann: User, film: Title) -> None:
    send(client, "put", "watchlist/movie/603/")

    answer = send(client, "delete", "watchlist/movie/603/")

    assert get(client, "watchlist/")["total_results"] == 0
    assert send(client, "post", f"undo/{answer.json()['undo']}/").status_code == 204
    assert told(get(client, "watchlist/")) == ["The Matrix"]


def test_nothing_is_to_be_undone_where_it_was_not_there(
    client: Client, ann: User, film: Title
) -> None:
    answer = send(client, "delete", "watchlist/movie/603/")

    assert (answer.status_code, answer.json()) == (200, {"undo": None})


def test_many_are_put_there_at_once_and_each_is_answered_for(
    client: Client, ann: User, film: Title
) -> None:
    show = make_show(tmdb_id=1396, name="Breaking Bad")
    send(client, "put", "watchlist/movie/603/")
    missing = {"media_type": "tv", "id": 999_999}

    answer = send(client, "post", "watchlist/", {"items": [ref(film), ref(show), missing]})

    assert answer.status_code == 200
    undo = answer.json().pop("undo")
    assert answer.json() | {"undo": undo} == {
        "added": [ref(show)],
        "existing": [ref(film)],
        "not_found": [missing],
        "undo": undo,
    }
    assert names(keeping.watchlist(ann)) == ["The Matrix", "Breaking Bad"]


def test_many_are_taken_back_together(client: Client, ann: User) -> None:
    items = [ref(title) for title in titles(3)]
    answer = send(client, "post", "watchlist/", {"items": items})

    send(client, "post", f"undo/{answer.json()['undo']}/")

    assert get(client, "watchlist/")["total_results"] == 0


def test_many_are_taken_off_at_once(client: Client, ann: User, film: Title) -> None:
    send(client, "put", "watchlist/movie/603/")
    missing = {"media_type": "movie", "id": 999_999}

    answer = send(client, "post", "watchlist/remove/", {"items": [ref(film), missing]})

    assert (answer.json()["removed"], answer.json()["not_found"]) == (1, [missing])
    assert names(keeping.watchlist(ann)) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "media_type"),
        ({"media_type": "book", "id": 1}, "media_type"),
        ({"media_type": "movie", "id": 0}, "id"),
        ({"media_type": "movie", "id": 10**30}, "id"),
        ({"media_type": "movie", "id": 1, "note": "x" * 501}, "note"),
        ({"media_type": "movie", "id": 1, "note": "\ud800"}, "note"),
        ({"items": []}, "items"),
        ({"items": [{"media_type": "movie", "id": 1}] * 101}, "items"),
        ({"items": [{"media_type": "movie", "id": "1"}]}, "items.0.id"),
    ],
)
def test_nonsense_is_said_to_be(client: Client, ann: User, body: Any, field: str) -> None:
    assert field in wrong(send(client, "post", "watchlist/", body))


def test_a_full_list_takes_no_more(
    client: Client, ann: User, film: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_ITEMS", 1)
    keeping.add(keeping.watchlist(ann), make_title(), by=ann)

    assert kind(send(client, "put", "watchlist/movie/603/")) == (422, "unprocessable")
    body = {"items": [ref(film)]}
    assert kind(send(client, "post", "watchlist/", body)) == (422, "unprocessable")


# --- What is on it -------------------------------------------------------------------------------
def test_a_list_is_told_in_its_own_order_page_by_page(client: Client, ann: User) -> None:
    list_ = make_list(ann, *titles(3))

    answer = client.get(f"/api/v1/lists/{list_.pk}/items/?page_size=2&page=2")

    assert told(answer.json()) == names(list_)[2:]
    assert answer.json()["total_results"] == 3
    assert 'rel="prev"' in answer.headers["Link"]


def test_it_is_narrowed_and_ordered_as_on_its_page(client: Client, ann: User) -> None:
    old, new = make_title(name="Old", year=1950), make_title(name="New", year=2020)
    show = make_show(name="Show")
    old.release_date, new.release_date = "1950-01-01", "2020-01-01"
    old.save()
    new.save()
    list_ = make_list(ann, new, show, old)
    path = f"lists/{list_.pk}/items/"

    assert told(get(client, f"{path}?media_type=movie&sort=oldest")) == ["Old", "New"]
    assert told(get(client, f"{path}?media_type=movie&from=2000")) == ["New"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=sideways", "sort"),
        ("runtime_min=long", "runtime_min"),
        ("media_type=book", "media_type"),
        ("original_language=xxx", "original_language"),
        ("page=0", "page"),
        ("page_size=101", "page_size"),
    ],
)
def test_a_filter_that_makes_no_sense_is_an_error(
    client: Client, ann: User, query: str, field: str
) -> None:
    list_ = make_list(ann)

    assert wrong(client.get(f"/api/v1/lists/{list_.pk}/items/?{query}")) == {field}


def test_a_page_beyond_the_last_is_not_found(client: Client, ann: User) -> None:
    list_ = make_list(ann)

    assert kind(client.get(f"/api/v1/lists/{list_.pk}/items/?page=2")) == (404, "not-found")


def test_titles_are_told_in_the_language_that_is_asked_for(
    client: Client, ann: User, film: Title
) -> None:
    make_translation(film, "de", name="Die Matrix")
    list_ = make_list(ann, film)

    assert told(get(client, f"lists/{list_.pk}/items/?language=de")) == ["Die Matrix"]


def test_a_ranked_list_says_the_rank(client: Client, ann: User) -> None:
    list_ = make_list(ann, *titles(2), is_ranked=True)

    ranks = [row["rank"] for row in get(client, f"lists/{list_.pk}/items/")["results"]]

    assert ranks == [1, 2]


def test_only_some_fields_are_told_if_asked_for(client: Client, ann: User, film: Title) -> None:
    list_ = make_list(ann, film)

    (row,) = get(client, f"lists/{list_.pk}/items/?fields=id,note")["results"]

    assert set(row) == {"id", "note"}


def test_what_is_mine_of_each_comes_along_if_asked_for(
    client: Client, ann: User, film: Title
) -> None:
    keeping.add(keeping.watchlist(ann), film, by=ann)

    (plain,) = get(client, "watchlist/")["results"]
    (row,) = get(client, "watchlist/?expand=me")["results"]

    assert plain["title"]["me"] is None
    assert row["title"]["me"]["is_on_watchlist"] is True


@pytest.mark.parametrize("scope", ["catalogue", "seen", "list"])
def test_a_smart_list_tells_what_its_filter_finds(client: Client, ann: User, scope: str) -> None:
    film = make_title(name="Long", runtime=200, popularity=5)
    other = make_title(name="Short", runtime=10)
    source = make_list(ann, film, other) if scope == "list" else None
    ann.viewings.create(title=film, watched_at="2024-01-01T12:00Z", watched_on="2024-01-01")
    smart = make_smart_list(ann, "runtime_min=100", scope=scope, source=source)

    found = get(client, f"lists/{smart.pk}/items/")

    assert told(found) == ["Long"]
    assert found["results"][0]["id"] is None


def test_what_is_on_a_smart_list_nobody_changes(client: Client, ann: User, film: Title) -> None:
    path = f"lists/{make_smart_list(ann).pk}/items/"

    assert kind(send(client, "post", path, ref(film))) == (422, "unprocessable")
    assert kind(send(client, "put", f"{path}movie/603/")) == (422, "unprocessable")
    removal = {"items": [ref(film)]}
    assert kind(send(client, "post", f"{path}remove/", removal)) == (422, "unprocessable")


# --- Together ------------------------------------------------------------------------------------
@pytest.fixture
def shared(ann: User) -> List:
    """Bob's, for which Ann may propose titles."""
    bob = make_user(username="bob")
    list_ = make_list(bob)
    share(list_, ann, "suggester")
    return list_


def test_who_may_only_propose_proposes(
    client: Client, ann: User, shared: List, film: Title
) -> None:
    answer = send(client, "post", f"lists/{shared.pk}/items/", ref(film, note="Mine"))

    assert (answer.status_code, answer.json()["is_proposed"]) == (201, True)
    assert answer.json()["note"] == ""
    assert get(client, f"lists/{shared.pk}/items/")["total_results"] == 0
    assert Notification.objects.filter(recipient=shared.owner).count() == 1


def test_of_many_that_are_proposed_one_notice_is_enough(
    client: Client, ann: User, shared: List
) -> None:
    items = [ref(title) for title in titles(3)]

    send(client, "post", f"lists/{shared.pk}/items/", {"items": items})

    assert shared.items.proposed().count() == 3
    assert Notification.objects.filter(recipient=shared.owner).count() == 1


def test_who_may_only_propose_takes_nothing_off_but_that(
    client: Client, ann: User, shared: List, film: Title
) -> None:
    keeping.add(shared, film, by=shared.owner)

    answer = send(client, "delete", f"lists/{shared.pk}/items/movie/603/")

    assert kind(answer) == (403, "forbidden")
    assert names(shared) == ["The Matrix"]


def test_who_edits_it_takes_what_was_proposed_by_naming_it(
    client: Client, ann: User, film: Title
) -> None:
    list_, bob = make_list(ann), make_user()
    share(list_, bob, "suggester")
    keeping.add(list_, film, by=bob)

    answer = send(client, "post", f"lists/{list_.pk}/items/", {"items": [ref(film)]})

    assert answer.json()["added"] == [ref(film)]
    assert names(list_) == ["The Matrix"]


def test_a_strangers_list_takes_nothing(client: Client, ann: User, film: Title) -> None:
    list_ = make_list(make_user(), visibility="public")

    assert kind(send(client, "put", f"lists/{list_.pk}/items/movie/603/")) == (404, "not-found")
