"""What is done with lists: by a plain form, and with htmx."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Undo, User
from lists import keeping, making
from lists.models import List, ListItem
from tests.lists.keep import make_list, make_smart_list, names, share, titles
from tests.make import make_show, make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

WAYS = pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
LIST = "/@ann/list/rainy-sundays"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def done(client: Client, address: str, headers: dict[str, str], **sent: Any) -> str:
    """What answers: parts of the page, or the page that follows."""
    answer = client.post(address, sent, headers=headers)
    if headers:
        assert answer.status_code == 200
        return str(answer.content.decode())
    assert answer.status_code == 303
    return str(client.get(answer["Location"]).content.decode())


@WAYS
@pytest.mark.parametrize(
    ("button", "of_member"), [("watchlist", keeping.watchlist), ("favorite", keeping.favorites)]
)
@pytest.mark.parametrize("make", [make_title, make_show])
def test_a_button_puts_a_title_on_the_list_and_takes_it_off(
    client: Client, ann: User, headers: dict[str, str], button: str, of_member: Any, make: Any
) -> None:
    title = make(name="Alien")
    address = f"/{title.kind}/{title.tmdb_id}/{button}"

    assert "Alien is on your list" in done(client, address, headers, on="1")
    assert names(of_member(ann)) == ["Alien"]

    assert "Alien is off your list" in done(client, address, headers, on="0")
    assert names(of_member(ann)) == []


def test_the_button_pressed_twice_puts_it_there_once(client: Client, ann: User) -> None:
    title = make_title()
    for _ in range(2):
        client.post(f"/movie/{title.tmdb_id}/watchlist", {"on": "1"})

    assert keeping.watchlist(ann).items.count() == 1


@WAYS
def test_what_was_put_there_can_be_taken_off_by_undo(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    done(client, f"/movie/{make_title().tmdb_id}/watchlist", headers, on="1")

    client.post(reverse("undo", args=[Undo.objects.get().key]), headers=headers)

    assert not keeping.watchlist(ann).items.exists()


def test_what_was_there_before_offers_no_undo(client: Client, ann: User) -> None:
    title = make_title()
    keeping.add(keeping.watchlist(ann), title, by=ann)

    client.post(f"/movie/{title.tmdb_id}/watchlist", {"on": "1"})

    assert not Undo.objects.exists()


def test_from_a_list_that_is_no_longer_shared_nothing_is_taken_off(
    client: Client, ann: User
) -> None:
    theirs = make_list(make_user(), name="Theirs")
    shared = theirs.collaborators.create(user=ann, role="editor")
    title = make_title()
    key = keeping.put(theirs, title, by=ann)[1]
    shared.delete()

    client.post(reverse("undo", args=[key]))

    assert theirs.items.count() == 1


def test_the_answer_has_the_card_and_the_title_page_anew(client: Client, ann: User) -> None:
    title = make_title()
    address = f"/movie/{title.tmdb_id}/watchlist"

    parts = done(client, address, {"HX-Request": "true"}, on="1")

    assert f'data-own="card-{title.pk}"' in parts
    keep = parts[parts.index(f'data-own="keep-{title.pk}"') :]
    assert 'aria-pressed="true"' in keep


def test_what_was_taken_off_comes_back_where_it_was(client: Client, ann: User) -> None:
    made = make_list(ann, *[make_title(name=name) for name in "abc"])
    item = made.items.get(title__name="b")
    keeping.write_note(item, "The best")
    client.post(f"{LIST}/remove", {"items": [item.pk]})
    assert names(made) == ["a", "c"]

    client.post(reverse("undo", args=[Undo.objects.get().key]))

    assert names(made) == ["a", "b", "c"]
    assert made.items.get(title__name="b").note == "The best"


@WAYS
def test_several_are_removed_at_once(client: Client, ann: User, headers: dict[str, str]) -> None:
    made = make_list(ann, *[make_title(name=name) for name in "abcd"])
    chosen = made.items.filter(title__name__in="bd").values_list("pk", flat=True)

    said = done(client, f"{LIST}/remove", headers, items=list(chosen))

    assert "2 titles are removed." in said
    assert names(made) == ["a", "c"]


def test_the_list_comes_anew_as_it_is_looked_at(client: Client, ann: User) -> None:
    made = make_list(ann, make_title(name="Alien"), make_show(name="Dark"))
    item = made.items.get(title__name="Alien")
    here = f"http://testserver{LIST}?kind=tv"

    headers = {"HX-Request": "true", "HX-Current-URL": here}
    parts = done(client, f"{LIST}/remove", headers, items=[item.pk])

    shelf = parts[parts.index(f'data-own="list-{made.pk}"') :]
    assert ">Dark</a>" in shelf
    assert ">Alien</a>" not in shelf
    assert f'data-own="list-count-{made.pk}"' in parts


@WAYS
def test_nothing_ticked_is_said(client: Client, ann: User, headers: dict[str, str]) -> None:
    make_list(ann, *titles(1))

    answer = client.post(f"{LIST}/remove", {}, headers=headers)

    assert answer.status_code == (422 if headers else 303)
    said = answer if headers else client.get(answer["Location"])
    assert "Tick some titles first." in said.content.decode()


@WAYS
@pytest.mark.parametrize(
    ("sent", "order"),
    [
        ({"up": "c"}, "acbd"),
        ({"down": "a"}, "bacd"),
        ({"up": "a"}, "abcd"),
        ({"down": "d"}, "abcd"),
        ({"to-d-4": "1"}, "dabc"),
        ({"to-a-1": "3"}, "bcad"),
        ({"to-a-1": "99"}, "bcda"),
        ({"to-b-2": "0"}, "bacd"),
        ({"to-a-1": "4", "to-d-4": "1"}, "dbca"),
        ({"to-a-1": "nonsense"}, "abcd"),
        ({"to-a-1": "1", "to-b-2": "2"}, "abcd"),
    ],
)
def test_a_list_is_put_in_order(
    client: Client, ann: User, headers: dict[str, str], sent: dict[str, str], order: str
) -> None:
    made = make_list(ann, *[make_title(name=name) for name in "abcd"])
    keys = dict(made.items.values_list("title__name", "pk"))
    fields = {
        re.sub("-([a-d])-", lambda found: f"-{keys[found[1]]}-", name): keys.get(value, value)
        for name, value in sent.items()
    }

    done(client, f"{LIST}/order", headers, **fields)

    assert "".join(names(made)) == order


def test_gaps_that_were_left_do_not_shift_an_order(client: Client, ann: User) -> None:
    made = make_list(ann, *[make_title(name=name) for name in "abcde"])
    made.items.filter(title__name__in="ac").delete()

    client.post(f"{LIST}/order", {"up": made.items.get(title__name="e").pk})

    assert names(made) == ["b", "e", "d"]


@WAYS
def test_a_note_is_written(client: Client, ann: User, headers: dict[str, str]) -> None:
    made = make_list(ann, *titles(1))
    item = made.items.get()

    sent = {"note": item.pk, f"note-{item.pk}": "With the lights on"}
    done(client, f"{LIST}/note", headers, **sent)

    assert made.items.get().note == "With the lights on"


@WAYS
@pytest.mark.parametrize(("deed", "left"), [("copy", ["a", "b"]), ("move", ["a"])])
def test_titles_go_to_another_list_and_back_again(
    client: Client, ann: User, headers: dict[str, str], deed: str, left: list[str]
) -> None:
    made = make_list(ann, *[make_title(name=name) for name in "ab"])
    other = make_list(ann, make_title(name="z"), name="Other")
    item = made.items.get(title__name="b")

    sent = {"items": [item.pk], "to": other.pk, "deed": deed}
    said = done(client, f"{LIST}/transfer", headers, **sent)
    assert "1 title is new on" in said
    assert (names(made), names(other)) == (left, ["z", "b"])

    client.post(reverse("undo", args=[Undo.objects.get(deed="lists.transferred").key]))
    assert (names(made), names(other)) == (["a", "b"], ["z"])


def test_a_title_that_is_there_already_is_not_taken_away_again(client: Client, ann: User) -> None:
    both = make_title(name="both")
    made, other = make_list(ann, both), make_list(ann, both, name="Other")

    sent = {"items": [made.items.get().pk], "to": other.pk, "deed": "copy"}
    assert "0 titles are new" in done(client, f"{LIST}/transfer", {"HX-Request": "true"}, **sent)
    client.post(reverse("undo", args=[Undo.objects.get().key]))

    assert names(other) == ["both"]


@WAYS
def test_titles_go_to_no_list_of_somebody_else(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    made, other = make_list(ann, *titles(1)), make_list(make_user())
    sent = {"items": [made.items.get().pk], "to": other.pk, "deed": "copy"}

    assert client.post(f"{LIST}/transfer", sent, headers=headers).status_code == 404
    assert not other.items.exists()


@pytest.mark.parametrize("deed", ["remove", "order", "note", "transfer", "answer", "clone"])
@WAYS
def test_a_strangers_private_list_is_not_there(
    client: Client, ann: User, headers: dict[str, str], deed: str
) -> None:
    made = make_list(make_user(username="bob"), *titles(2), visibility="private")
    items = [str(item.pk) for item in made.items.all()]

    sent = {"items": items, "up": items[1], "note": items[0], "to": made.pk}
    answer = client.post(f"/@bob/list/rainy-sundays/{deed}", sent, headers=headers)

    assert answer.status_code == 404
    assert made.items.count() == 2


@pytest.mark.parametrize("deed", ["remove", "order", "note", "answer"])
def test_whoever_sees_a_list_may_still_not_change_it(client: Client, ann: User, deed: str) -> None:
    make_list(make_user(username="bob"), *titles(2))

    assert client.post(f"/@bob/list/rainy-sundays/{deed}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/movie/603/watchlist",
        "/movie/603/favorite",
        "/movie/603/lists",
        "/movie/603/list",
        "/lists/new",
        *(f"{LIST}/{deed}" for deed in ("remove", "order", "note", "transfer", "answer")),
        *(f"{LIST}/{deed}" for deed in ("edit", "delete", "link", "clone", "people", "leave")),
        f"{LIST}/people/1/role",
        f"{LIST}/people/1/part",
        "/list/key/clone",
    ],
)
def test_who_is_not_signed_in_is_led_to_the_door(client: Client, address: str) -> None:
    plain = client.post(address, {"next": "/movie/603"})
    quick = client.post(address, {"next": "/movie/603"}, headers={"HX-Request": "true"})

    assert (plain.status_code, quick.status_code) == (303, 200)
    assert plain["Location"] == quick["HX-Redirect"] == "/sign-in?next=%2Fmovie%2F603"


@WAYS
def test_the_menu_of_a_title_puts_it_on_a_list_and_off(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    title, made = make_title(name="Alien"), make_list(ann)
    address = f"/movie/{title.tmdb_id}/list"

    done(client, address, headers, on=made.pk)
    assert names(made) == ["Alien"]

    done(client, address, headers, off=made.pk)
    assert names(made) == []


@pytest.mark.parametrize(
    "sent", [{}, {"on": "nonsense"}, {"on": "999"}, {"on": "9" * 5000}, {"off": "²"}]
)
def test_a_list_that_is_not_there_takes_nothing(
    client: Client, ann: User, sent: dict[str, str]
) -> None:
    title = make_title()

    assert client.post(f"/movie/{title.tmdb_id}/list", sent).status_code == 404


@WAYS
def test_all_lists_are_ticked_on_one_page(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    title = make_title(name="Alien")
    on, off = make_list(ann, title, name="On"), make_list(ann, name="Off")
    address = f"/movie/{title.tmdb_id}/lists"
    assert "On" in shown(client, address)

    sent = {"lists": [off.pk], "shown": f"{on.pk},{off.pk}", "new": "New one"}
    done(client, address, headers, **sent)

    assert (names(on), names(off)) == ([], ["Alien"])
    assert names(ann.lists.get(name="New one")) == ["Alien"]


def test_a_list_that_was_not_offered_keeps_the_title(client: Client, ann: User) -> None:
    title = make_title(name="Alien")
    made = make_list(ann, title)

    client.post(f"/movie/{title.tmdb_id}/lists", {"shown": "", "new": ""})

    assert names(made) == ["Alien"]


def test_a_full_list_says_so(client: Client, ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_ITEMS", 1)
    made, title = make_list(ann, *titles(1)), make_title()
    other = make_list(ann, *titles(1), name="Other")
    item = made.items.get().pk

    one = client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk}, headers={"HX-Request": "1"})
    many = client.post(
        f"{LIST}/transfer", {"items": [item], "to": other.pk}, headers={"HX-Request": "1"}
    )
    page = client.post(f"/movie/{title.tmdb_id}/lists", {"lists": [made.pk], "shown": made.pk})

    assert [answer.status_code for answer in (one, many, page)] == [422, 422, 422]
    assert "There is no room for more" in page.content.decode()
    assert made.items.count() == other.items.count() == 1


def test_a_list_is_made_with_an_address_after_its_name(client: Client, ann: User) -> None:
    sent = {"name": " Best  of 1999 ", "visibility": "private", "is_ranked": "on"}

    answer = client.post("/lists/new", sent)

    made = ann.lists.get()
    assert answer["Location"] == "/@ann/list/best-of-1999"
    assert (made.name, made.visibility, made.is_ranked) == ("Best of 1999", "private", True)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Watchlist", "watchlist-2"), ("Рецепты", "list"), ("!!!", "list"), ("x" * 100, "x" * 92)],
)
def test_every_name_has_an_address(client: Client, ann: User, name: str, slug: str) -> None:
    keeping.watchlist(ann)
    client.post("/lists/new", {"name": name, "visibility": "public"})

    assert ann.lists.get(kind="custom").slug == slug


def test_two_lists_of_one_name_have_two_addresses(ann: User) -> None:
    assert [make_list(ann).slug for _ in range(3)] == [
        "rainy-sundays",
        "rainy-sundays-2",
        "rainy-sundays-3",
    ]


def test_a_list_without_a_name_is_not_made(client: Client, ann: User) -> None:
    assert client.post("/lists/new", {"name": "", "visibility": "public"}).status_code == 422
    assert not ann.lists.exists()


def test_more_lists_than_anybody_keeps_are_not_made(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_LISTS", 1)
    make_list(ann)

    made = client.post("/lists/new", {"name": "Another", "visibility": "public"})
    copied = client.post(f"{LIST}/clone", headers={"HX-Request": "true"})

    assert (made.status_code, copied.status_code) == (422, 422)
    assert ann.lists.count() == 1


def test_what_one_adds_is_for_whom_one_has_said(client: Client) -> None:
    eva = make_user(default_audience="followers")
    client.force_login(eva)

    assert 'value="followers" ' in shown(client, "/lists/new").split("checked")[0][-90:]
    assert keeping.watchlist(eva).visibility == "followers"


def test_a_list_is_described_anew_and_keeps_its_address(client: Client, ann: User) -> None:
    made = make_list(ann, make_title(poster_path="/a.jpg"))
    cover = made.items.get().title_id
    assert "Rainy Sundays" in shown(client, f"{LIST}/edit")

    sent = {"name": "Sunny", "description": "x", "visibility": "unlisted", "cover": cover}
    assert client.post(f"{LIST}/edit", sent)["Location"] == LIST

    made.refresh_from_db()
    assert (made.name, made.slug, made.visibility) == ("Sunny", "rainy-sundays", "unlisted")
    assert made.cover_id == cover


def test_a_cover_is_one_of_its_posters(client: Client, ann: User) -> None:
    make_list(ann, *titles(1))
    sent = {"name": "x", "visibility": "public", "cover": make_title(poster_path="/b.jpg").pk}

    assert client.post(f"{LIST}/edit", sent).status_code == 422


def test_the_watchlist_has_no_name_to_change(client: Client, ann: User) -> None:
    keeping.watchlist(ann)

    client.post("/@ann/list/watchlist/edit", {"name": "Hacked", "visibility": "private"})

    kept = ann.lists.get()
    assert (kept.shown_name, kept.visibility) == ("Watchlist", "private")


def test_a_list_is_deleted_once_it_was_asked_for_again(client: Client, ann: User) -> None:
    make_list(ann, *titles(2))
    assert "Delete “Rainy Sundays”?" in shown(client, f"{LIST}/delete")
    assert ann.lists.exists()

    assert client.post(f"{LIST}/delete")["Location"] == "/lists"
    assert not ann.lists.exists()


@pytest.mark.parametrize("deed", ["edit", "delete", "link"])
def test_an_editor_does_not_own_the_list(client: Client, ann: User, deed: str) -> None:
    share(make_list(make_user(username="bob")), ann)

    assert client.post(f"/@bob/list/rainy-sundays/{deed}").status_code == 404


@WAYS
def test_a_new_link_shuts_out_who_had_the_old(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    made = make_list(ann, visibility="unlisted")
    old = made.get_link()

    client.post(f"{LIST}/link", headers=headers)

    client.logout()
    made.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(made.get_link()).status_code == 200


@WAYS
def test_a_list_is_copied_without_what_was_noted_or_proposed(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    bob = make_user(username="bob")
    made = make_list(bob, *[make_title(name=name) for name in "ab"], is_ranked=True)
    keeping.write_note(made.items.get(title__name="a"), "My secret")
    ListItem.objects.create(list=made, title=make_title(), position=0, is_accepted=False)

    answer = client.post("/@bob/list/rainy-sundays/clone", headers=headers)

    copy = ann.lists.get()
    assert answer["HX-Redirect" if headers else "Location"] == LIST
    assert (names(copy), copy.is_ranked) == (["a", "b"], True)
    assert set(copy.items.values_list("note", flat=True)) == {""}


def test_a_list_one_was_given_the_link_of_is_copied_by_it(client: Client, ann: User) -> None:
    made = make_list(make_user(), make_title(name="a"), visibility="unlisted")

    client.post(f"{made.get_link()}/clone")

    assert names(ann.lists.get()) == ["a"]


def test_ones_own_copy_has_the_notes(client: Client, ann: User) -> None:
    made = make_list(ann, *titles(1))
    keeping.write_note(made.items.get(), "Mine")

    client.post(f"{LIST}/clone")

    assert ann.lists.get(slug="rainy-sundays-2").items.get().note == "Mine"


def test_a_filter_is_saved_as_a_smart_list(client: Client, ann: User) -> None:
    page = shown(client, "/lists/new?query=from%3D1990%26page%3D3&kind=movie")
    assert "From" in page

    sent = {"query": "from=1990&page=3", "of_kind": "movie", "name": "S", "visibility": "public"}
    client.post("/lists/new", sent)

    made = ann.lists.get()
    assert (made.kind, made.query, made.of_kind, made.scope) == (
        "smart",
        "from=1990",
        "movie",
        "catalogue",
    )


def test_a_copy_of_a_smart_list_is_as_smart(client: Client, ann: User) -> None:
    make_smart_list(make_user(username="bob"), "from=1990")

    client.post("/@bob/list/smart/clone")

    assert (ann.lists.get().kind, ann.lists.get().query) == ("smart", "from=1990")


def test_a_choice_of_a_list_one_may_not_see_is_not_saved(client: Client, ann: User) -> None:
    source = make_list(make_user(), visibility="private")
    sent = {"query": "", "of_kind": "tv", "name": "S", "visibility": "public"}

    for pk in (source.pk, ""):
        answer = client.post("/lists/new", sent | {"scope": "list", "source": pk})
        assert answer.status_code == 422
    assert not ann.lists.exists()


def test_a_filter_that_is_too_long_once_it_is_written_as_an_address_is_refused(
    client: Client, ann: User
) -> None:
    sent = {"of_kind": "movie", "name": "S", "visibility": "public"}

    answer = client.post("/lists/new", sent | {"query": "q=" + "ж" * 1900})

    assert answer.status_code == 422
    assert not ann.lists.exists()


def test_nothing_is_put_on_a_smart_list_by_hand(client: Client, ann: User) -> None:
    made, title = make_smart_list(ann), make_title()

    assert client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk}).status_code == 404
    with pytest.raises(keeping.NotByHand):
        keeping.add(made, title, by=ann)


def test_a_page_that_says_nonsense_of_where_it_is_is_answered(client: Client, ann: User) -> None:
    item = make_list(ann, *titles(1)).items.get()
    headers = {"HX-Request": "true", "HX-Current-URL": "http://["}

    answer = client.post(f"{LIST}/remove", {"items": [item.pk]}, headers=headers)

    assert answer.status_code == 200


def test_a_list_says_when_what_is_on_it_changed(ann: User) -> None:
    made = make_list(ann, *titles(2))
    before = made.changed_at

    keeping.remove(made, [made.items.all()[0].title], by=ann)

    assert List.objects.get(pk=made.pk).changed_at > before
