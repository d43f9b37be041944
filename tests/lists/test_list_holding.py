"""In which order lists are held, and what happens where one is gone by then."""

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from lists import arranging, collaborating, keeping, making, watching
from lists.models import List, Viewing
from lists.watching import When
from tests.lists.keep import make_list, share, titles
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

TOLD = 10**9


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of the lists, in the order in which they are held."""
    keys: list[int] = []
    hold = keeping.hold

    def noting(list_: List) -> List:
        if list_.pk not in keys:
            keys.append(list_.pk)
        return hold(list_)

    for place in (keeping, arranging):
        monkeypatch.setattr(place, "hold", noting)
    return keys


def test_many_lists_are_held_in_the_order_of_their_keys(
    client: Client, ann: User, held: list[int]
) -> None:
    title = make_title()
    on = [make_list(ann, title) for _ in range(6)]
    off = [make_list(ann) for _ in range(6)]
    held.clear()

    shown = ",".join(str(each.pk) for each in on)
    sent = {"lists": [each.pk for each in off], "shown": shown}
    client.post(f"/movie/{title.tmdb_id}/lists", sent)

    assert held == [each.pk for each in (*on, *off)]


def test_owners_are_told_once_all_lists_are_held(
    client: Client, ann: User, held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collaborating, "tell_of_proposal", lambda *_said: held.append(TOLD))
    lists = [make_list(make_user()) for _ in range(3)]
    for each in lists:
        share(each, ann, "suggester")

    sent = {"lists": [each.pk for each in lists], "shown": "", "new": "New"}
    client.post(f"/movie/{make_title().tmdb_id}/lists", sent)

    assert held == [*[each.pk for each in lists], ann.lists.get().pk, TOLD, TOLD, TOLD]


@pytest.mark.parametrize("is_back", [False, True])
def test_what_went_to_another_list_comes_back_with_both_held_in_that_order(
    client: Client, ann: User, held: list[int], is_back: bool
) -> None:
    one, other = make_list(ann, *titles(1)), make_list(ann, *titles(1))
    there, to = (other, one) if is_back else (one, other)
    moved = [there.items.get().title]
    key = arranging.transfer(there, moved, to, by=ann, stay=False).undo
    held.clear()

    client.post(f"/undo/{key}")

    assert held == [one.pk, other.pk]
    assert there.items.get().title == moved[0]


def test_on_a_list_that_is_gone_nothing_is_put(ann: User) -> None:
    made = make_list(ann)
    List.objects.all().delete()

    with pytest.raises(Http404):
        keeping.add(made, make_title(), by=ann)


def test_a_list_that_is_gone_is_not_made_anew_by_what_is_said_of_it(ann: User) -> None:
    made = make_list(ann)
    List.objects.all().delete()

    making.describe(made, name="Other")

    assert not ann.lists.exists()


def test_a_viewing_that_is_gone_is_not_made_anew_by_what_is_said_of_it(ann: User) -> None:
    viewing = watching.watch(ann, make_title(), when=When.unknown())
    Viewing.objects.all().delete()

    watching.change(viewing, when=When.unknown(), note="Good")

    assert not ann.viewings.exists()
