"""Who sees what members keep and say, wherever that stands: the whole of it, as tables.

A cell names the places where the reader finds it; in all others there is nothing of it. Nobody who
is not let in to somebody's profile finds more there than on a public one's, so profiles are public
but where a table says otherwise.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Block, Follow, User
from catalog.models import Title
from lists.models import Collaborator, List, ListItem, Viewing
from tests.make import make_rating, make_review, make_title, make_user

pytestmark = pytest.mark.django_db

# A list: by its address, by its link, on its owner's page and among their lists, in the feed of
# whoever follows them, by the site's search, in its RSS and Atom.
LISTS = """
             | public                           | unlisted                              | followers                        | private
anonymous    | page profile lists rss atom      | link                                  |                                  |
stranger     | page profile lists rss atom      | link                                  |                                  |
follower     | page profile lists rss atom feed | link                                  | page profile lists rss atom feed |
blocked      |                                  |                                       |                                  |
blocking     |                                  |                                       |                                  |
owner        | page profile lists rss atom      | page link profile lists rss atom      | page profile lists rss atom      | page profile lists rss atom
collaborator | page profile lists rss atom      | page link profile lists rss atom      | page profile lists rss atom      | page profile lists rss atom
staff        | page profile lists rss atom      | page link profile lists rss atom      | page profile lists rss atom      | page profile lists rss atom
"""  # noqa: E501
# The same of a member whose profile is private.
LISTS_OF_PRIVATE = """
             | public                           | unlisted                         | followers                        | private
anonymous    |                                  | link                             |                                  |
stranger     |                                  | link                             |                                  |
follower     | page profile lists rss atom feed | link                             | page profile lists rss atom feed |
blocked      |                                  |                                  |                                  |
owner        | page profile lists rss atom      | page link profile lists rss atom | page profile lists rss atom      | page profile lists rss atom
collaborator | page rss atom                    | page link rss atom               | page rss atom                    | page rss atom
staff        | page profile lists rss atom      | page link profile lists rss atom | page profile lists rss atom      | page profile lists rss atom
"""  # noqa: E501
# Viewings, ratings and reviews.
RECORDS = """
             | public                                                             | followers                                                          | private
anonymous    | history ratings reviews review about title profile stats year      |                                                                    |
stranger     | history ratings reviews review about title profile stats year      |                                                                    |
follower     | history ratings reviews review about title profile stats year feed | history ratings reviews review about title profile stats year feed |
blocked      |                                                                    |                                                                    |
blocking     |                                                                    |                                                                    |
owner        | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year
collaborator | history ratings reviews review about title profile stats year      |                                                                    |
staff        | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year
"""  # noqa: E501
RECORDS_OF_PRIVATE = """
             | public                                                             | followers                                                          | private
anonymous    |                                                                    |                                                                    |
stranger     |                                                                    |                                                                    |
follower     | history ratings reviews review about title profile stats year feed | history ratings reviews review about title profile stats year feed |
blocked      |                                                                    |                                                                    |
owner        | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year
collaborator |                                                                    |                                                                    |
staff        | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year      | history ratings reviews review about title profile stats year
"""  # noqa: E501
FILM, WORDS, NAME = "Secret film", "Secret words", "Secret list"


def cells(table: str) -> list[tuple[str, str, frozenset[str]]]:
    """Who looks, for whom it is, and where they find it."""
    head, *rows = table.strip().splitlines()
    _, *audiences = (word.strip() for word in head.split("|"))
    return [
        (parts[0].strip(), audience, frozenset(cell.split()))
        for parts in (row.split("|") for row in rows)
        for audience, cell in zip(audiences, parts[1:], strict=True)
    ]


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def film() -> Title:
    return make_title(name=FILM, runtime=100, poster_path="/secret.jpg")


def make_list(owner: User, film: Title, visibility: str) -> List:
    made = List.objects.create(owner=owner, name=NAME, slug="rain", visibility=visibility)
    ListItem.objects.create(list=made, title=film, position=1, added_by=owner)
    return made


def sign_in(client: Client, who: str, ann: User, shared: List) -> None:
    if who == "anonymous":
        return
    viewer = ann if who == "owner" else make_user(is_staff=who == "staff")
    now = timezone.now()
    ties: dict[str, Callable[[], object]] = {
        "follower": lambda: Follow.objects.create(follower=viewer, followed=ann, accepted_at=now),
        "blocked": lambda: Block.objects.create(blocker=ann, blocked=viewer),
        "blocking": lambda: Block.objects.create(blocker=viewer, blocked=ann),
        "collaborator": lambda: Collaborator.objects.create(
            list=shared, user=viewer, role="editor"
        ),
    }
    ties.get(who, lambda: None)()
    client.force_login(viewer)


def found(client: Client, places: dict[str, tuple[str, str]]) -> frozenset[str]:
    """In which places there is something of it; wherever there is not, there is no trace of it."""
    return frozenset(
        place
        for place, (address, secret) in places.items()
        if secret in client.get(address, follow=True).content.decode()
    )


@pytest.mark.parametrize(("who", "visibility", "sees"), cells(LISTS))
def test_who_finds_a_list_where(
    client: Client, ann: User, film: Title, who: str, visibility: str, sees: frozenset[str]
) -> None:
    made = make_list(ann, film, visibility)
    sign_in(client, who, ann, made)

    assert found(client, places_of_list(made)) == sees


@pytest.mark.parametrize(("who", "visibility", "sees"), cells(LISTS_OF_PRIVATE))
def test_who_finds_a_list_of_somebody_private_where(
    client: Client, ann: User, film: Title, who: str, visibility: str, sees: frozenset[str]
) -> None:
    User.objects.filter(pk=ann.pk).update(audience="private")
    made = make_list(ann, film, visibility)
    sign_in(client, who, ann, made)

    assert found(client, places_of_list(made)) == sees


def places_of_list(made: List) -> dict[str, tuple[str, str]]:
    return {
        "page": ("/@ann/list/rain", FILM),
        "link": (made.get_link(), FILM) if made.visibility == "unlisted" else ("/list/x", FILM),
        "profile": ("/@ann", NAME),
        "lists": ("/@ann/lists", NAME),
        "feed": ("/feed", NAME),
        "search": ("/search?q=Secret+list", f">{NAME}<"),
        "rss": ("/@ann/list/rain/rss", FILM),
        "atom": ("/@ann/list/rain/atom", FILM),
    }


@pytest.mark.parametrize(("who", "audience", "sees"), cells(RECORDS))
def test_who_finds_what_somebody_watched_rated_and_wrote_where(
    client: Client, ann: User, film: Title, who: str, audience: str, sees: frozenset[str]
) -> None:
    places = record(ann, film, audience)
    sign_in(client, who, ann, make_list(ann, make_title(), "public"))

    assert found(client, places) == sees


@pytest.mark.parametrize(("who", "audience", "sees"), cells(RECORDS_OF_PRIVATE))
def test_who_finds_what_somebody_private_watched_rated_and_wrote_where(
    client: Client, ann: User, film: Title, who: str, audience: str, sees: frozenset[str]
) -> None:
    User.objects.filter(pk=ann.pk).update(audience="private")
    places = record(ann, film, audience)
    sign_in(client, who, ann, make_list(ann, make_title(), "public"))

    assert found(client, places) == sees


def record(ann: User, film: Title, audience: str) -> dict[str, tuple[str, str]]:
    """One of each, for this audience; and where it may be found."""
    User.objects.filter(pk=ann.pk).update(default_audience=audience)
    now = timezone.now()
    Viewing.objects.create(
        user=ann, title=film, watched_at=now, watched_on=now.date(), batch=uuid4()
    )
    make_rating(ann, film)
    review = make_review(ann, film, text=WORDS, audience=audience)
    return {
        "history": ("/@ann/history", FILM),
        "ratings": ("/@ann/ratings", FILM),
        "reviews": ("/@ann/reviews", WORDS),
        "review": (f"/@ann/review/{review.pk}", WORDS),
        "about": (f"/movie/{film.ref}/reviews", WORDS),
        "title": (f"/movie/{film.ref}", WORDS),
        "profile": ("/@ann", FILM),
        "feed": ("/feed", FILM),
        "stats": ("/@ann/stats", FILM),
        "year": (f"/@ann/year/{now.year}", FILM),
        "search": ("/search?q=Secret+words", f">{WORDS}<"),
    }


@pytest.mark.parametrize("audience", ["followers", "private"])
def test_members_see_with_a_strangers_eyes_what_a_stranger_sees(
    client: Client, ann: User, film: Title, audience: str
) -> None:
    record(ann, film, audience)
    make_list(ann, film, audience)
    client.force_login(ann)

    for page in ("/@ann", "/@ann/stats", "/@ann/lists"):
        seen = client.get(f"{page}?as=stranger").content.decode()
        assert FILM not in seen
        assert NAME not in seen


@pytest.mark.parametrize("gone", [{"is_active": False}, {"leaves_at": timezone.now()}])
def test_of_who_is_gone_nothing_is_left_for_anybody_but_the_staff(
    client: Client, ann: User, film: Title, gone: dict[str, object]
) -> None:
    places = record(ann, film, "public")
    made = make_list(ann, film, "public")
    sign_in(client, "follower", ann, made)
    User.objects.filter(pk=ann.pk).update(**gone)

    assert found(client, places | places_of_list(made)) == frozenset()
