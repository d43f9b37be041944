"""A member's page with what they watch and say of it, for whom it is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Follow, User
from catalog.models import Title
from lists.models import List, ListItem, Tracking, Viewing
from tests.make import (
    make_episode,
    make_rating,
    make_review,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)
from tests.read import part, shown

pytestmark = pytest.mark.django_db

SECTIONS = ("favorites", "watching", "viewings", "ratings", "reviews", "lists")


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


def watched(member: User, title: Title | None = None, **values: Any) -> Viewing:
    now = timezone.now()
    told = {"watched_at": now, "watched_on": now.date(), "batch": uuid4()} | values
    return Viewing.objects.create(user=member, title=title or make_title(), **told)


def make_list(owner: User, *titles: Title, **values: Any) -> List:
    slug = f"list-{uuid4().hex[:8]}"
    made = List.objects.create(**{"owner": owner, "name": slug, "slug": slug} | values)
    for position, title in enumerate(titles, 1):
        ListItem.objects.create(list=made, title=title, position=position, added_by=owner)
    return made


def everything(member: User) -> None:
    """One thing in each section."""
    favorites = member.lists.filter(kind="favorites").first() or make_list(
        member, kind="favorites", slug="favorites"
    )
    ListItem.objects.create(list=favorites, title=make_title(), position=1)
    season = make_season(make_show())
    Tracking.objects.create(
        user=member,
        title=season.title,
        seen=1,
        left=1,
        next_episode=make_episode(season, air_date="2020-01-01"),
        last_watched_at=timezone.now(),
    )
    watched(member, season.title, episode=make_episode(season))
    make_rating(member, make_title(), 9)
    make_review(member)
    make_list(member, make_title())


def sections(page: str) -> set[str]:
    return {name for name in SECTIONS if f'aria-labelledby="{name}"' in page}


# --- What is there -------------------------------------------------------------------------------
def test_a_page_has_all_that_its_member_keeps_and_says(client: Client, ann: User) -> None:
    everything(ann)

    assert sections(shown(client, "/@ann")) == set(SECTIONS)


def test_who_keeps_nothing_yet_is_told_how_it_begins(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = shown(client, "/@ann")

    assert sections(page) == set()
    assert "Nothing here yet" in page


def test_favourites_stand_in_their_order(client: Client, ann: User) -> None:
    first, second = make_title(name="Solaris"), make_title(name="Stalker")
    make_list(ann, first, second, kind="favorites", slug="favorites")

    found = part(shown(client, "/@ann"), r'aria-labelledby="favorites".*?</section>')

    assert found.index("Solaris") < found.index("Stalker")


def test_the_cover_of_a_list_stands_for_it(client: Client, ann: User) -> None:
    first, chosen = (make_title(poster_path=f"/{name}.jpg") for name in ("first", "chosen"))
    make_list(ann, first, chosen, cover=chosen)

    page = shown(client, "/@ann")

    assert "/chosen.jpg" in page
    assert "/first.jpg" not in page


def test_what_is_watched_says_how_much_is_left(client: Client, ann: User) -> None:
    everything(ann)

    assert "1 episode left" in shown(client, "/@ann")


def test_of_a_show_that_was_watched_in_a_row_the_last_viewing_is_shown(
    client: Client, ann: User
) -> None:
    season = make_season(make_show(name="Dark"))
    now = timezone.now()
    for number in (1, 2, 3):
        episode = make_episode(season, number=number)
        watched(ann, season.title, episode=episode, watched_at=now + timedelta(minutes=number))

    found = part(shown(client, "/@ann"), r'aria-labelledby="viewings".*?</section>')

    assert "S1E3" in found
    assert found.count("S1E") == 1


def test_ratings_are_on_the_readers_scale(client: Client, ann: User) -> None:
    make_rating(ann, make_title(name="Solaris"), "8.5")
    client.force_login(make_user(rating_scale="5"))

    assert "★★★★½" in shown(client, "/@ann")


def test_a_review_begins_here_unless_it_tells_the_plot(client: Client, ann: User) -> None:
    make_review(ann, text="It stays with you.")
    make_review(ann, text="He was a ghost.", has_spoilers=True)
    make_review(ann, make_show(), text="All die in season four.")

    page = shown(client, "/@ann")

    assert "It stays with you." in page
    assert "He was a ghost." not in page
    assert "All die in season four." not in page


def test_the_year_is_summed_up(client: Client, ann: User) -> None:
    season = make_season(make_show())
    watched(ann, make_title(runtime=130))
    watched(ann, season.title, episode=make_episode(season, runtime=50))
    before = datetime(2020, 6, 1, tzinfo=UTC)
    watched(ann, watched_at=before, watched_on=before.date())

    found = part(shown(client, "/@ann"), r'class="member-numbers".*?</p>')

    assert "1 film" in found
    assert "1 episode" in found
    assert "3 hours" in found


def test_what_tmdb_has_dropped_stays_and_leads_nowhere(client: Client, ann: User) -> None:
    film = make_title(name="Solaris", tmdb_id=77, hidden_at=timezone.now())
    make_list(ann, film, kind="favorites", slug="favorites")
    watched(ann, film)
    make_rating(ann, film)
    make_review(ann, film)

    page = shown(client, "/@ann")

    assert sections(page) == {"favorites", "viewings", "ratings", "reviews"}
    assert page.count("no longer at TMDB") == 4
    assert "/movie/77" not in page


def test_adult_titles_are_for_who_wants_them(client: Client, ann: User) -> None:
    film = make_title(adult=True, name="Adult film")
    make_list(ann, film, kind="favorites", slug="favorites")
    watched(ann, film)
    make_rating(ann, film)
    make_review(ann, film)

    before = shown(client, "/@ann")
    client.force_login(make_user(adult=True))

    assert "Adult film" not in before
    assert "Adult film" in shown(client, "/@ann")


def test_titles_are_in_the_readers_language(client: Client, ann: User) -> None:
    film = make_title(name="Solaris")
    make_translation(film, "ru", name="Солярис")
    watched(ann, film)

    assert "Солярис" in shown(client, "/@ann", **{"Accept-Language": "ru"})


def test_a_name_in_other_letters_leads_to_the_right_page(client: Client, ann: User) -> None:
    assert client.get("/@ANN").headers["Location"] == "/@ann"


# --- For whom ------------------------------------------------------------------------------------
def narrow(member: User, audience: str) -> None:
    User.objects.filter(pk=member.pk).update(default_audience=audience)
    member.lists.update(visibility=audience)
    member.reviews.update(audience=audience)


@pytest.mark.parametrize(
    ("who", "audience", "sees"),
    [
        ("anonymous", "public", True),
        ("anonymous", "followers", False),
        ("anonymous", "private", False),
        ("stranger", "public", True),
        ("stranger", "followers", False),
        ("stranger", "private", False),
        ("follower", "public", True),
        ("follower", "followers", True),
        ("follower", "private", False),
        ("owner", "public", True),
        ("owner", "followers", True),
        ("owner", "private", True),
        ("as stranger", "public", True),
        ("as stranger", "followers", False),
        ("as stranger", "private", False),
        ("staff", "private", True),
    ],
)
def test_what_is_on_a_page_is_for_whom_it_is(
    client: Client, ann: User, who: str, audience: str, sees: bool
) -> None:
    everything(ann)
    watched(ann, make_title(runtime=600))
    narrow(ann, audience)
    if who != "anonymous":
        viewer = ann if who in ("owner", "as stranger") else make_user(is_staff=who == "staff")
        client.force_login(viewer)
    if who == "follower":
        Follow.objects.create(follower=viewer, followed=ann, accepted_at=timezone.now())

    page = shown(client, "/@ann?as=stranger" if who == "as stranger" else "/@ann")

    assert sections(page) == (set(SECTIONS) if sees else set())
    assert ("member-numbers" in page) == sees


def test_a_review_for_everybody_tells_nothing_of_how_much_was_watched(
    client: Client, ann: User
) -> None:
    everything(ann)
    User.objects.filter(pk=ann.pk).update(default_audience="private")

    page = shown(client, "/@ann")

    assert sections(page) == {"favorites", "reviews", "lists"}
    assert "member-numbers" not in page


def test_of_a_closed_profile_nothing_is_asked(client: Client, ann: User) -> None:
    everything(ann)
    User.objects.filter(pk=ann.pk).update(audience="private")

    assert sections(shown(client, "/@ann")) == set()


# --- What it costs -------------------------------------------------------------------------------
def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/@ann").status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["visitor", "member", "owner"])
def test_a_page_asks_the_same_however_much_is_on_it(client: Client, ann: User, who: str) -> None:
    if who != "visitor":
        client.force_login(ann if who == "owner" else make_user())
    everything(ann)
    client.get("/@ann")
    few = cost(client)
    for _ in range(5):
        everything(ann)

    assert cost(client) == few <= 15
