"""On which of a reader's lists a title is, where it has its page."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Undo, User
from catalog.models import Title
from lists import arranging, keeping
from lists.models import List
from lists.own.keeping import contents, title
from tests.lists.keep import make_list, names, share, titles
from tests.make import make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db


def told(of: Title) -> tuple[str, ...]:
    return str(of.pk), of.kind, str(of.tmdb_id), of.slug, of.name


def asked_by(member: User | AnonymousUser) -> Any:
    request = RequestFactory().get("/")
    request.user = member
    return request


def test_it_says_on_which_lists_a_title_is() -> None:
    ann, alien = make_user(), make_title(name="Alien")
    make_list(ann, alien, name="On it")
    make_list(ann, name="Not on it")
    keeping.add(keeping.favorites(ann), alien, by=ann)

    [part] = title(asked_by(ann), [told(alien)])

    pressed = part.split('aria-pressed="true"')
    assert len(pressed) == 3
    assert pressed[0].count("<button") == 2
    assert "On it" in pressed[2]


def test_whoever_is_not_signed_in_is_shown_the_way_in() -> None:
    alien = make_title()

    [part] = title(asked_by(AnonymousUser()), [told(alien)])

    assert f"/sign-in?next={alien.get_absolute_url()}" in part
    assert "<button" not in part


def test_all_titles_are_asked_for_at_once() -> None:
    ann = make_user()
    make_list(ann, *titles(2))

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            title(asked_by(ann), [told(each) for each in titles(number)])
        return len([each for each in asked if "SELECT" in each["sql"]])

    assert queries(1) == queries(5) == 2


def test_a_list_that_is_not_looked_at_is_not_sent() -> None:
    ann = make_user()
    made = make_list(ann)

    assert contents(asked_by(ann), [(str(made.pk),), ("999",)]) == ["", ""]


@pytest.mark.parametrize("address", ["/watchlist", "/@ann/list/watchlist"])
def test_the_watchlist_is_sent_anew_to_either_of_its_pages(address: str) -> None:
    ann = make_user(username="ann")
    keeping.add(keeping.watchlist(ann), make_title(name="Alien"), by=ann)
    request = asked_by(ann)
    request.META["HTTP_HX_CURRENT_URL"] = f"http://testserver{address}"

    [part] = contents(request, [(str(keeping.watchlist(ann).pk),)])

    assert "Alien" in part


def test_what_was_removed_does_not_come_back_to_a_list_that_is_gone() -> None:
    ann = make_user()
    made = make_list(ann, *titles(2))
    keeping.remove(made, [made.items.all()[0].title], by=ann)
    data = Undo.objects.get().data
    List.objects.all().delete()

    assert keeping.put_back(ann, data) == []


def test_what_was_removed_comes_back_once_though_it_was_added_again() -> None:
    ann = make_user()
    made = make_list(ann, make_title(name="a"), make_title(name="b"))
    removed = made.items.get(title__name="a").title
    keeping.remove(made, [removed], by=ann)
    keeping.add(made, removed, by=ann)

    keeping.put_back(ann, Undo.objects.get().data)

    assert names(made) == ["b", "a"]


def test_an_editor_who_is_one_no_longer_undoes_nothing() -> None:
    ann, bob = make_user(), make_user()
    made, other = make_list(ann, *titles(2)), make_list(ann)
    shared = share(made, bob)
    also = share(other, bob)
    on_it = [item.title for item in made.items.all()]
    arranging.transfer(made, on_it, other, by=bob, stay=False)
    data = Undo.objects.get(deed="lists.transferred").data
    for each in (shared, also):
        each.role = "suggester"
        each.save()

    arranging.take_back(bob, data)

    assert (made.items.count(), other.items.count()) == (0, 2)


def test_discover_offers_to_save_its_filter(client: Client) -> None:
    make_title(release_date="1995-01-01", year=1995)

    assert "/lists/new?query=from%3D1990&kind=movie" in shown(client, "/discover/movie?from=1990")


def test_to_move_a_title_costs_the_same_on_a_long_list() -> None:
    ann = make_user()

    def queries(number: int) -> int:
        made = make_list(ann, *titles(number))
        items = list(made.items.in_order())
        with CaptureQueriesContext(connection) as asked:
            arranging.move(items[-1], 1)
        return len(asked)

    assert queries(3) == queries(30)


@pytest.mark.parametrize(
    "positions",
    [
        [1, 2, 3, 4],
        [2, 3, 4, 5],
        [1, 3, 7, 9],
        [0, 1, 2, 3],
        [1, 1, 1, 1],
        [1, 2, 2, 3],
        [5, 5, 9, 9],
        [3, 9, 9, 12],
    ],
)
@pytest.mark.parametrize("few", [20, 1])
def test_whatever_places_there_were_the_order_stays_and_has_no_gaps(
    monkeypatch: pytest.MonkeyPatch, positions: list[int], few: int
) -> None:
    monkeypatch.setattr(arranging, "FEW", few)
    ann = make_user()
    made = make_list(ann, *[make_title(name=name) for name in "abcd"])
    for item, position in zip(made.items.order_by("pk"), positions, strict=True):
        item.position = position
        item.save()

    arranging.move(made.items.in_order()[3], 1)

    assert names(made) == ["d", "a", "b", "c"]
    assert list(made.items.in_order().values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_list_is_not_changed_before_something_on_it_is() -> None:
    ann = make_user()
    made, before = make_list(ann, *titles(2)), timezone.now()
    item = made.items.in_order()[0]

    arranging.move(item, 1)

    assert List.objects.get(pk=made.pk).changed_at < before
