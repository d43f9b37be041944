"""What members may do with lists goes no further than their rights, by no detour."""

import pytest
from django.test import Client

from accounts.models import User
from lists import keeping
from tests.lists.keep import make_list, names, share
from tests.make import make_title, make_user

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
