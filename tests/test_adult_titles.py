"""Titles for adults on members' pages: for who wants them, and for who keeps them."""

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Title
from lists import watching
from lists.models import List
from lists.watching import When
from tests.lists.keep import make_list, make_smart_list, share
from tests.make import make_rating, make_review, make_title, make_user

pytestmark = pytest.mark.django_db

NAME = "Not for children"
PLACES = ("history", "ratings", "reviews", "list/rainy-sundays", "list/seen", "list/through")


@pytest.fixture
def film() -> Title:
    return make_title(name=NAME, adult=True)


@pytest.fixture
def ann(film: Title) -> User:
    """She has to do with it in every way."""
    member = make_user(username="ann")
    watching.watch(member, film, when=When.now(member))
    make_rating(member, film, 9)
    make_review(member, film)
    source = make_list(member, film, make_title())
    make_smart_list(member, name="Seen", scope=List.Scope.SEEN)
    make_smart_list(member, name="Through", scope=List.Scope.LIST, source=source)
    return member


def is_named(client: Client, place: str) -> bool:
    page = client.get(f"/@ann/{place}", follow=True)
    assert page.status_code == 200
    return NAME in page.content.decode()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("who", "sees"), [("anonymous", False), ("stranger", False), ("wanting", True), ("ann", True)]
)
def test_they_are_named_to_who_wants_them_and_to_whose_page_it_is(
    client: Client, ann: User, place: str, who: str, sees: bool
) -> None:
    if who != "anonymous":
        client.force_login(ann if who == "ann" else make_user(adult=who == "wanting"))

    assert is_named(client, place) == sees


@pytest.mark.parametrize("place", ["", "/lists"])
@pytest.mark.parametrize(("wants", "stands"), [(False, "/fit.jpg"), (True, "/unfit.jpg")])
def test_their_posters_stand_for_lists_to_who_wants_them(
    client: Client, place: str, wants: bool, stands: str
) -> None:
    unfit = make_title(adult=True, poster_path="/unfit.jpg")
    made = make_list(make_user(username="ann"), make_title(poster_path="/fit.jpg"), unfit)
    made.cover = unfit
    made.save()
    client.force_login(make_user(adult=wants))

    page = client.get(f"/@ann{place}").content.decode()

    assert [path for path in ("/fit.jpg", "/unfit.jpg") if path in page] == [stands]


@pytest.mark.parametrize("wants", [False, True])
def test_who_sees_only_a_part_of_a_list_does_not_arrange_it(
    client: Client, ann: User, wants: bool
) -> None:
    editor = make_user(adult=wants)
    share(ann.lists.get(slug="rainy-sundays"), editor)
    client.force_login(editor)

    page = client.get("/@ann/list/rainy-sundays?view=table").content.decode()

    assert ("data-handle" in page) == wants
