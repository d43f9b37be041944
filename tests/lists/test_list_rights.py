"""What members may do with lists goes no further than their rights, by no detour."""

import pytest
from django.test import Client

from accounts.models import Block, Notification, Undo, User
from lists import arranging, exporting, keeping
from tests.lists.keep import make_list, make_smart_list, names, share, titles
from tests.make import make_title, make_user

WAYS = pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def bob(client: Client) -> User:
    bob = make_user(username="bob")
    client.force_login(bob)
    return bob


def undo(client: Client, key: object) -> None:
    client.post(f"/undo/{key}")


def test_what_was_accepted_is_not_taken_off_by_the_undo_of_who_proposed_it(
    client: Client, ann: User, bob: User
) -> None:
    made = make_list(ann)
    share(made, bob, "suggester")
    item, key = keeping.put(made, make_title(name="a"), by=bob)
    keeping.accept(item)

    undo(client, key)

    assert names(made) == ["a"]


def test_what_waits_is_taken_back_by_undo(client: Client, ann: User, bob: User) -> None:
    made = make_list(ann)
    share(made, bob, "suggester")
    _item, key = keeping.put(made, make_title(), by=bob)

    undo(client, key)

    assert not made.items.exists()


def exported(member: User) -> dict[str, object]:
    """The name in the address of what each list is a choice of, by its own."""
    lists = next(each for each in exporting.sections(member) if each.name == "lists")
    return {str(row["slug"]): row["source_slug"] for row in lists.rows()}


@WAYS
@pytest.mark.parametrize(("visibility", "copies"), [("private", 0), ("public", 1)])
def test_a_choice_of_a_list_is_copied_by_who_may_see_that_list(
    client: Client, ann: User, bob: User, headers: dict[str, str], visibility: str, copies: int
) -> None:
    source = make_list(ann, name="Secret", visibility=visibility)
    make_smart_list(ann, scope="list", source=source)

    client.post("/@ann/list/smart/clone", headers=headers)

    assert bob.lists.count() == copies


@pytest.mark.parametrize(("visibility", "told"), [("private", None), ("public", "secret")])
def test_an_export_does_not_name_a_list_one_may_not_see(
    ann: User, bob: User, visibility: str, told: str | None
) -> None:
    source = make_list(ann, name="Secret", visibility=visibility)
    make_smart_list(bob, scope="list", source=source)

    assert exported(bob) == {"smart": told}


def test_an_export_names_ones_own_private_list(ann: User) -> None:
    make_smart_list(ann, scope="list", source=make_list(ann, visibility="private"))

    assert exported(ann)["smart"] == "rainy-sundays"


@WAYS
@pytest.mark.parametrize(("is_blocked", "number"), [(True, 0), (False, 1)])
def test_whom_the_owner_has_blocked_hears_nothing_of_what_they_proposed(
    client: Client, ann: User, bob: User, headers: dict[str, str], is_blocked: bool, number: int
) -> None:
    made, eva = make_list(ann, visibility="private"), make_user()
    share(made, bob)
    share(made, eva, "suggester")
    item = keeping.add(made, make_title(), by=eva)
    if is_blocked:
        Block.objects.create(blocker=ann, blocked=eva)

    client.post("/@ann/list/rainy-sundays/answer", {"accept": item.pk}, headers=headers)

    assert Notification.objects.filter(recipient=eva).count() == number


@pytest.mark.parametrize("role", [None, "suggester", "editor"])
def test_notes_are_copied_by_who_may_edit_them(ann: User, bob: User, role: str | None) -> None:
    made, other = make_list(ann, *titles(1)), make_list(bob)
    item = made.items.get()
    keeping.write_note(item, "Ann's own")
    if role:
        share(made, bob, role)

    arranging.transfer(made, [item.title], other, by=bob, stay=True)

    assert other.items.get().note == ("Ann's own" if role == "editor" else "")


def test_to_take_off_what_one_may_not_changes_nothing_and_offers_no_undo(
    ann: User, bob: User
) -> None:
    made = make_list(ann, *titles(1))
    share(made, bob, "suggester")
    made.refresh_from_db()
    before = made.changed_at

    key = keeping.remove(made, [made.items.get().title], by=bob)

    made.refresh_from_db()
    assert (key, made.changed_at) == (None, before)
    assert not Undo.objects.exists()
