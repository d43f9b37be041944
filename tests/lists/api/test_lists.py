"""Members' lists through the API: made, described, copied, arranged and shared."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Block, Notification, User
from catalog.models import Title
from lists import keeping, making
from lists.models import Collaborator, List, ListItem
from tests.lists.keep import make_list, make_smart_list, names, share, titles
from tests.make import make_title, make_user
from tests.reviews.api.asking import get, kind, send, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob() -> User:
    return make_user(username="bob")


def at(list_: List, *more: object) -> str:
    return "/".join(["lists", str(list_.pk), *map(str, more), ""])


def items(list_: List) -> list[ListItem]:
    return list(list_.items.accepted().in_order())


def ref(title: Title) -> dict[str, Any]:
    return {"media_type": title.kind, "id": title.tmdb_id}


# --- Made and described --------------------------------------------------------------------------
def test_a_list_is_made(client: Client, ann: User) -> None:
    body = {"name": "  Rainy   Sundays ", "description": "Slow ones.", "is_ranked": True}

    answer = send(client, "post", "lists/", body)

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/lists/{made['id']}/"
    told = ("name", "slug", "kind", "owner", "is_ranked", "item_count", "smart", "role")
    assert [made[name] for name in told] == [
        *("Rainy Sundays", "rainy-sundays", "custom", "ann", True, 0, None, "owner"),
    ]
    assert get(client, f"lists/{made['id']}/") == made


def test_a_list_is_for_whom_additions_are_for_unless_it_says(client: Client, ann: User) -> None:
    ann.default_audience = "private"
    ann.save()

    usual = send(client, "post", "lists/", {"name": "A"}).json()
    said = send(client, "post", "lists/", {"name": "B", "visibility": "public"}).json()

    assert (usual["visibility"], said["visibility"]) == ("private", "public")


def test_a_smart_list_is_made_of_a_filter(client: Client, ann: User) -> None:
    smart = {"media_type": "movie", "query": "runtime_min=100&page=3&view=table"}

    made = send(client, "post", "lists/", {"name": "Long", "smart": smart}).json()

    assert made["smart"] == {
        "media_type": "movie",
        "query": "runtime_min=100",
        "scope": "catalogue",
        "source": None,
    }
    assert (made["kind"], made["item_count"], made["progress"]) == ("smart", None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": 5}, "name"),
        ({"name": "A\x00"}, "name"),
        ({"name": "A", "visibility": "friends"}, "visibility"),
        ({"name": "A", "smart": {"query": ""}}, "smart.media_type"),
        ({"name": "A", "smart": {"media_type": "tv", "query": "x" * 2001}}, "smart.query"),
        ({"name": "A", "smart": {"media_type": "tv", "query": "&" * 1999}}, "smart.query"),
        ({"name": "A", "smart": {"media_type": "tv", "query": "ä" * 1000}}, "smart.query"),
        ({"name": "A", "smart": {"media_type": "tv", "scope": "list"}}, "smart.source"),
        (
            {"name": "A", "smart": {"media_type": "tv", "scope": "list", "source": 1}},
            "smart.source",
        ),
    ],
)
def test_a_list_that_makes_no_sense_is_an_error(
    client: Client, ann: User, body: Any, field: str
) -> None:
    assert wrong(send(client, "post", "lists/", body)) == {field}
    assert not List.objects.exists()


def test_nobody_has_lists_without_end(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_LISTS", 0)

    assert kind(send(client, "post", "lists/", {"name": "A"})) == (422, "unprocessable")


def test_mine_are_told_with_those_that_are_shared(client: Client, ann: User, bob: User) -> None:
    make_list(ann, *titles(2), name="Mine")
    share(make_list(bob, name="Shared"), ann)
    make_list(bob, name="Public", visibility="public")

    found = get(client, "lists/")["results"]

    assert {(row["name"], row["owner"], row["item_count"]) for row in found} == {
        ("Mine", "ann", 2),
        ("Shared", "bob", 0),
    }


def test_a_list_is_described_otherwise(client: Client, ann: User) -> None:
    film = make_title(poster_path="/a.jpg")
    list_ = make_list(ann, make_title(poster_path="/b.jpg"), film)
    body = {"name": "New", "visibility": "private", "cover": ref(film)}

    answer = send(client, "patch", at(list_), body).json()

    assert (answer["name"], answer["visibility"], answer["slug"]) == ("New", "private", list_.slug)
    assert [address.rpartition("/")[2] for address in answer["posters"]] == ["a.jpg"]
    assert send(client, "patch", at(list_), {"cover": None}).json()["posters"] != answer["posters"]


def test_a_cover_is_on_the_list(client: Client, ann: User) -> None:
    body = {"cover": ref(make_title())}

    assert wrong(send(client, "patch", at(make_list(ann)), body)) == {"cover"}


def test_the_watchlist_keeps_its_name(client: Client, ann: User) -> None:
    watchlist = keeping.watchlist(ann)

    assert send(client, "patch", at(watchlist), {"visibility": "private"}).status_code == 200
    assert kind(send(client, "patch", at(watchlist), {"name": "A"})) == (422, "unprocessable")


def test_an_edit_of_what_has_changed_since_is_refused(client: Client, ann: User) -> None:
    list_ = make_list(ann)
    read = client.get(f"/api/v1/{at(list_)}").headers["ETag"]
    keeping.add(list_, make_title(), by=ann)

    answer = send(client, "patch", at(list_), {"name": "New"}, **{"If-Match": read})

    assert kind(answer) == (412, "changed")


def test_a_list_is_deleted(client: Client, ann: User) -> None:
    list_ = make_list(ann)

    assert send(client, "delete", at(list_)).status_code == 204
    assert not List.objects.exists()


def test_an_editor_neither_describes_nor_deletes_it(client: Client, ann: User, bob: User) -> None:
    list_ = make_list(bob)
    share(list_, ann)

    assert kind(send(client, "patch", at(list_), {"name": "New"})) == (404, "not-found")
    assert kind(send(client, "delete", at(list_))) == (404, "not-found")


# --- By its link, and copied ---------------------------------------------------------------------
def test_an_unlisted_list_opens_to_who_has_the_link(client: Client, ann: User, bob: User) -> None:
    list_ = make_list(bob, make_title(name="Ikiru"), visibility="unlisted")
    with_key = f"?key={list_.key}"

    assert kind(client.get(f"/api/v1/{at(list_)}")) == (404, "not-found")
    assert get(client, at(list_) + with_key)["name"] == list_.name
    found = get(client, at(list_, "items") + with_key)["results"]
    assert found[0]["title"]["title"] == "Ikiru"
    assert kind(client.get(f"/api/v1/{at(list_)}?key=wrong")) == (404, "not-found")


def test_a_new_link_shuts_out_who_had_the_old(client: Client, ann: User) -> None:
    list_ = make_list(ann, visibility="unlisted")
    old = get(client, at(list_, "link"))

    new = send(client, "post", at(list_, "link")).json()

    assert new["key"] != old["key"]
    client.logout()
    assert client.get(f"/api/v1/{at(list_)}?key={old['key']}").status_code == 404
    assert client.get(f"/api/v1/{at(list_)}?key={new['key']}").status_code == 200


def test_a_list_is_copied(client: Client, ann: User, bob: User) -> None:
    list_ = make_list(bob, *titles(2), visibility="unlisted")

    answer = send(client, "post", f"{at(list_, 'clone')}?key={list_.key}")

    assert answer.status_code == 201
    assert (answer.json()["owner"], answer.json()["item_count"]) == ("ann", 2)


def test_a_choice_of_what_may_not_be_seen_is_not_copied(
    client: Client, ann: User, bob: User
) -> None:
    source = make_list(bob, visibility="private")
    smart = make_smart_list(bob, scope="list", source=source, visibility="public")

    assert kind(send(client, "post", at(smart, "clone"))) == (422, "unprocessable")


# --- Items ---------------------------------------------------------------------------------------
def test_an_item_is_moved_and_noted(client: Client, ann: User) -> None:
    list_ = make_list(ann, *titles(3))
    first, second, third = items(list_)

    answer = send(client, "patch", at(list_, "items", third.pk), {"position": 1, "note": "Best"})

    assert (answer.status_code, answer.json()["note"]) == (200, "Best")
    assert [item.pk for item in items(list_)] == [third.pk, first.pk, second.pk]


def test_an_item_is_taken_off(client: Client, ann: User) -> None:
    list_ = make_list(ann, *titles(2))
    first, second = items(list_)

    answer = send(client, "delete", at(list_, "items", first.pk))

    assert answer.json()["undo"]
    assert items(list_) == [second]


def test_an_item_of_another_list_is_not_found(client: Client, ann: User) -> None:
    (item,) = items(make_list(ann, make_title()))
    path = at(make_list(ann), "items", item.pk)

    assert kind(client.get(f"/api/v1/{path}")) == (404, "not-found")
    assert kind(send(client, "patch", path, {"note": "x"})) == (404, "not-found")


def test_a_list_is_put_in_another_order_at_once(client: Client, ann: User) -> None:
    list_ = make_list(ann, *titles(4))
    keys = [item.pk for item in items(list_)]

    answer = send(client, "put", at(list_, "order"), {"items": [keys[3], keys[1], 10**17]})

    wanted = [keys[3], keys[1], keys[0], keys[2]]
    assert answer.json() == {"items": wanted}
    assert get(client, at(list_, "order")) == {"items": wanted}


def test_an_order_names_each_once(client: Client, ann: User) -> None:
    list_ = make_list(ann, make_title())
    (item,) = items(list_)

    answer = send(client, "put", at(list_, "order"), {"items": [item.pk, item.pk]})

    assert wrong(answer) == {"items"}


@pytest.mark.parametrize("stay", [True, False])
def test_titles_go_to_another_list_and_back(client: Client, ann: User, stay: bool) -> None:
    source = make_list(ann, *titles(2))
    target, before = make_list(ann), names(source)
    sent = [ref(item.title) for item in items(source)]

    answer = send(
        client, "post", at(source, "transfer"), {"to": target.pk, "items": sent, "stay": stay}
    )

    assert answer.json()["added"] == 2
    assert names(target) == before
    assert names(source) == (before if stay else [])
    send(client, "post", f"undo/{answer.json()['undo']}/")
    assert (names(source), names(target)) == (before, [])


def test_nobody_moves_titles_off_a_list_that_they_only_see(
    client: Client, ann: User, bob: User
) -> None:
    source, film = make_list(bob, visibility="public"), make_title()
    keeping.add(source, film, by=bob)
    body = {"to": make_list(ann).pk, "items": [ref(film)], "stay": False}

    assert kind(send(client, "post", at(source, "transfer"), body)) == (404, "not-found")


# --- Proposals -----------------------------------------------------------------------------------
@pytest.fixture
def proposed(ann: User, bob: User) -> ListItem:
    """By Bob, for a list of Ann's."""
    list_ = make_list(ann)
    share(list_, bob, "suggester")
    return keeping.add(list_, make_title(name="Ikiru"), by=bob)


def test_what_is_proposed_is_told_and_taken(client: Client, bob: User, proposed: ListItem) -> None:
    path = at(proposed.list, "proposals")
    (row,) = get(client, path)["results"]
    assert (row["id"], row["listed_by"], row["is_proposed"]) == (proposed.pk, "bob", True)

    answer = send(client, "put", f"{path}{proposed.pk}/")

    assert answer.json()["is_proposed"] is False
    assert names(proposed.list) == ["Ikiru"]
    assert Notification.objects.filter(recipient=bob).count() == 1


@pytest.mark.parametrize("who", ["ann", "bob"])
def test_what_is_proposed_is_declined_or_taken_back(
    client: Client, proposed: ListItem, who: str
) -> None:
    client.force_login(User.objects.get(username=who))

    answer = send(client, "delete", at(proposed.list, "proposals", proposed.pk))

    assert answer.status_code == 204
    assert not proposed.list.items.exists()


def test_another_suggester_sees_nothing_of_it(client: Client, proposed: ListItem) -> None:
    other = make_user()
    share(proposed.list, other, "suggester")
    client.force_login(other)
    path = at(proposed.list, "proposals")

    assert get(client, path)["results"] == []
    assert kind(send(client, "delete", f"{path}{proposed.pk}/")) == (404, "not-found")
    assert kind(send(client, "put", f"{path}{proposed.pk}/")) == (404, "not-found")


# --- People --------------------------------------------------------------------------------------
def test_a_list_is_shared(client: Client, ann: User, bob: User) -> None:
    list_ = make_list(ann)
    path = at(list_, "collaborators")

    answer = send(client, "post", path, {"username": "@Bob", "role": "suggester"})

    assert (answer.status_code, answer.json()["username"]) == (201, "bob")
    assert get(client, path)["results"] == [answer.json()]
    changed = send(client, "patch", f"{path}bob/", {"role": "editor"})
    assert changed.json()["role"] == "editor"
    assert send(client, "delete", f"{path}bob/").status_code == 204
    assert get(client, path)["results"] == []


def test_who_has_blocked_somebody_is_not_there_for_them(
    client: Client, ann: User, bob: User
) -> None:
    Block.objects.create(blocker=bob, blocked=ann)
    body = {"username": "bob", "role": "editor"}

    assert wrong(send(client, "post", at(make_list(ann), "collaborators"), body)) == {"username"}


def test_nobody_is_invited_without_end(client: Client, ann: User) -> None:
    path, body = at(make_list(ann), "collaborators"), {"username": "nobody", "role": "editor"}

    answers = [send(client, "post", path, body).status_code for _ in range(61)]

    assert answers == [400] * 60 + [429]


def test_the_watchlist_is_not_shared(client: Client, ann: User, bob: User) -> None:
    path = at(keeping.watchlist(ann), "collaborators")

    assert kind(client.get(f"/api/v1/{path}")) == (404, "not-found")


def test_whom_it_is_shared_with_leaves(client: Client, ann: User, bob: User) -> None:
    list_ = make_list(bob)
    share(list_, ann)

    assert send(client, "delete", at(list_, "collaborators", "ann")).status_code == 204
    assert not Collaborator.objects.exists()


def test_only_its_owner_says_who_does_what(client: Client, ann: User, bob: User) -> None:
    list_, carl = make_list(bob), make_user(username="carl")
    share(list_, ann)
    share(list_, carl)
    path = at(list_, "collaborators", "carl")

    assert kind(send(client, "patch", path, {"role": "suggester"})) == (404, "not-found")
    assert kind(send(client, "delete", path)) == (404, "not-found")
    body = {"username": "dora", "role": "editor"}
    assert kind(send(client, "post", at(list_, "collaborators"), body)) == (404, "not-found")


# --- Of a title ----------------------------------------------------------------------------------
def test_a_title_is_put_on_these_lists_and_no_others(client: Client, ann: User) -> None:
    film = make_title(tmdb_id=603)
    on, off, stays = make_list(ann), make_list(ann, film), make_list(ann, film)

    answer = send(client, "put", "movies/603/lists/", {"lists": [on.pk, stays.pk]})

    told = {row["id"]: row["is_on"] for row in answer.json()["results"]}
    assert told == {on.pk: True, off.pk: False, stays.pk: True}
    assert get(client, "movies/603/lists/") == answer.json()


def test_a_strangers_list_is_none_of_them(client: Client, ann: User, bob: User) -> None:
    make_title(tmdb_id=603)
    list_ = make_list(bob)

    assert wrong(send(client, "put", "movies/603/lists/", {"lists": [list_.pk]})) == {"lists"}
    assert not list_.items.exists()
