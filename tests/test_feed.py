"""The feed: what those do whom one follows, the latest first, and nobody else."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Block, Follow, Mute, User
from catalog.models import Title
from cinehub.feed import sources
from cinehub.feed.circle import Circle
from lists.models import Collaborator, List, ListItem, Viewing
from reviews.models import Rating, Review
from tests.make import (
    make_episode,
    make_rating,
    make_review,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.read import shown, text

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def as_ann(ann: User, client: Client) -> Client:
    client.force_login(ann)
    return client


@pytest.fixture
def ben(ann: User) -> User:
    return followed_by(ann, username="ben")


def followed_by(ann: User, **values: Any) -> User:
    member = make_user(**values)
    Follow.objects.create(follower=ann, followed=member, accepted_at=timezone.now())
    return member


def watched(
    member: User, title: Title | None = None, at: datetime = NOON, **values: Any
) -> Viewing:
    told = {"watched_at": at, "watched_on": at.date(), "created_at": at, "batch": uuid4()}
    return Viewing.objects.create(user=member, title=title or make_title(), **told | values)


def rated(member: User, title: Title | None = None, at: datetime = NOON, **values: Any) -> Rating:
    return make_rating(member, title or make_title(), rated_at=at, **values)


def listed(owner: User, at: datetime = NOON, **values: Any) -> List:
    slug = f"list-{uuid4().hex[:8]}"
    values = {"name": slug, "slug": slug, "created_at": at, "changed_at": at} | values
    return List.objects.create(owner=owner, **values)


def added(list_: List, title: Title | None = None, at: datetime = NOON, **values: Any) -> ListItem:
    values = {"added_by": list_.owner, "position": list_.items.count() + 1} | values
    return ListItem.objects.create(list=list_, title=title or make_title(), added_at=at, **values)


def lines(page: str) -> list[str]:
    """The words of each entry."""
    return [text(found) for found in re.findall(r"<article.*?</article>", page, re.DOTALL)]


def told(client: Client, query: str = "") -> list[str]:
    return lines(shown(client, f"/feed{query}"))


# --- What is told --------------------------------------------------------------------------------
def test_what_somebody_watched_is_told(as_ann: Client, ben: User) -> None:
    watched(ben, make_title(name="Solaris"))

    assert "ben watched Solaris" in told(as_ann)[0]


def test_who_watches_again_watches_again(as_ann: Client, ben: User) -> None:
    watched(ben, make_title(name="Solaris"), rewatch=1)

    assert "ben watched again Solaris" in told(as_ann)[0]


def test_several_episodes_of_a_day_are_one_entry(as_ann: Client, ben: User) -> None:
    season = make_season(make_show(name="Dark"))
    for hour in range(8):
        watched(ben, season.title, NOON - timedelta(hours=hour), episode=make_episode(season))

    assert ["ben watched 8 episodes of Dark" in line for line in told(as_ann)] == [True]


def test_another_day_is_another_entry(as_ann: Client, ben: User) -> None:
    season = make_season(make_show(name="Dark"))
    for day in range(2):
        watched(ben, season.title, NOON - timedelta(days=day), episode=make_episode(season))

    assert len(told(as_ann)) == 2


def test_one_episode_is_told_by_its_numbers_to_who_shields_their_eyes(
    as_ann: Client, ann: User, ben: User
) -> None:
    season = make_season(make_show(), number=2)
    watched(ben, season.title, episode=make_episode(season, number=5, name="He dies"))

    shielded = told(as_ann)[0]
    User.objects.filter(pk=ann.pk).update(spoiler_shield=False)

    assert "S2E5" in shielded
    assert "He dies" not in shielded
    assert "He dies" in told(as_ann)[0]


def test_what_is_remembered_of_long_ago_is_no_news(as_ann: Client, ben: User) -> None:
    watched(ben, watched_at=NOON - timedelta(days=30), created_at=NOON)
    watched(ben, precision="unknown", watched_on=None)

    assert told(as_ann) == []


def test_ratings_are_told_on_the_readers_scale(as_ann: Client, ann: User, ben: User) -> None:
    User.objects.filter(pk=ann.pk).update(rating_scale="100")
    rated(ben, make_title(name="Solaris"), value="8.5")

    assert "ben rated Solaris" in told(as_ann)[0]
    assert "85 of 100" in told(as_ann)[0]


def test_a_season_is_rated_by_its_name(as_ann: Client, ben: User) -> None:
    season = make_season(make_show(name="Dark"), name="The second cycle")
    rated(ben, season.title, season=season)

    assert "The second cycle" in told(as_ann)[0]


def test_who_rates_one_episode_after_the_other_has_rated_some(as_ann: Client, ben: User) -> None:
    season = make_season(make_show(name="Dark"))
    for minute in range(3):
        rated(ben, season.title, NOON + timedelta(minutes=minute), episode=make_episode(season))
    rated(ben, season.title, NOON - timedelta(hours=1))

    found = told(as_ann)
    assert "rated 3 episodes of Dark" in found[0]
    assert len(found) == 2


def test_reviews_are_told_with_their_words_and_rating(as_ann: Client, ben: User) -> None:
    film = make_title(name="Solaris")
    make_review(ben, film, text="It stays with you.", created_at=NOON)
    rated(ben, film, value=9)

    found = "".join(told(as_ann, "?show=reviews"))

    assert "ben reviewed Solaris" in found
    assert "It stays with you." in found
    assert "9 of 10" in found


def test_what_tells_the_plot_is_not_told_here(as_ann: Client, ben: User) -> None:
    make_review(ben, text="He was a ghost.", has_spoilers=True)

    found = told(as_ann)[0]

    assert "He was a ghost." not in found
    assert "This review tells the plot." in found


def test_a_new_list_is_told_with_what_is_on_it(as_ann: Client, ben: User) -> None:
    made = listed(ben, name="Rain")
    for minute in range(3):
        added(made, at=NOON + timedelta(minutes=minute))

    found = told(as_ann)

    assert len(found) == 1
    assert "ben made a list: Rain" in found[0]
    assert "3 titles" in found[0]


def test_what_is_put_on_a_list_is_told_for_each_day_and_list(as_ann: Client, ben: User) -> None:
    made = listed(ben, NOON - timedelta(days=9), name="Rain")
    for hour in range(3):
        added(made, at=NOON - timedelta(hours=hour))
    added(made, make_title(name="Solaris"), at=NOON - timedelta(days=1))

    found = told(as_ann)

    assert "ben put 3 titles on a list: Rain" in found[0]
    assert "ben put a title on a list: Solaris" in found[1]
    assert len(found) == 3


def test_the_watchlist_is_called_as_it_is_everywhere(as_ann: Client, ben: User) -> None:
    added(listed(ben, NOON - timedelta(days=9), kind="watchlist", slug="watchlist"))

    assert "Watchlist" in told(as_ann)[0]


def test_what_is_proposed_for_a_list_is_not_told(as_ann: Client, ben: User) -> None:
    added(
        listed(ben, NOON - timedelta(days=9), kind="watchlist", slug="watchlist"), is_accepted=False
    )

    assert told(as_ann) == []


def test_a_list_of_somebody_elses_says_whose_it_is(as_ann: Client, ben: User) -> None:
    made = listed(make_user(display_name="Cleo"), NOON - timedelta(days=9))
    Collaborator.objects.create(list=made, user=ben, role="editor")
    added(made, added_by=ben)

    assert "by Cleo" in told(as_ann)[0]


def test_what_tmdb_has_dropped_is_told_without_a_way_to_it(as_ann: Client, ben: User) -> None:
    watched(ben, make_title(name="Solaris", hidden_at=NOON, tmdb_id=77))

    page = shown(as_ann, "/feed")

    assert "no longer at TMDB" in page
    assert "/movie/77" not in page


def test_adult_titles_are_for_who_wants_them(as_ann: Client, ann: User, ben: User) -> None:
    film = make_title(adult=True)
    watched(ben, film)
    rated(ben, film)
    make_review(ben, film)
    added(listed(ben, NOON - timedelta(days=9), kind="watchlist", slug="watchlist"), film)

    before = told(as_ann)
    User.objects.filter(pk=ann.pk).update(adult=True)

    assert before == []
    assert len(told(as_ann)) == 4


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("all", {"watched", "rated", "reviewed", "made", "added"}),
        ("nonsense", {"watched", "rated", "reviewed", "made", "added"}),
        ("watched", {"watched"}),
        ("rated", {"rated"}),
        ("reviews", {"reviewed"}),
        ("lists", {"made", "added"}),
    ],
)
def test_a_feed_may_be_of_one_kind(as_ann: Client, ben: User, show: str, kinds: set[str]) -> None:
    everything(ben)

    page = shown(as_ann, f"/feed?show={show}")

    assert set(re.findall(r'class="entry entry-(\w+)"', page)) == kinds


def everything(member: User, at: datetime = NOON) -> None:
    """One entry of each kind."""
    watched(member, at=at)
    rated(member, at=at)
    make_review(member, created_at=at)
    listed(member, at)
    added(_watchlist(member), at=at)


def _watchlist(member: User) -> List:
    found = member.lists.filter(kind="watchlist").first()
    return found or listed(member, NOON - timedelta(days=900), kind="watchlist", slug="watchlist")


# --- Whose ---------------------------------------------------------------------------------------
HIDES: dict[str, Callable[[User, User], object]] = {
    "stranger": lambda ann, ben: Follow.objects.all().delete(),
    "asked": lambda ann, ben: Follow.objects.update(accepted_at=None),
    "muted": lambda ann, ben: Mute.objects.create(muter=ann, muted=ben),
    "blocked": lambda ann, ben: Block.objects.create(blocker=ben, blocked=ann),
    "blocking": lambda ann, ben: Block.objects.create(blocker=ann, blocked=ben),
    "deactivated": lambda ann, ben: User.objects.filter(pk=ben.pk).update(is_active=False),
    "leaving": lambda ann, ben: User.objects.filter(pk=ben.pk).update(leaves_at=NOON),
    "for themselves": lambda ann, ben: _hide_all(ben),
}


def _hide_all(ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(default_audience="private")
    Review.objects.update(audience="private")
    List.objects.update(visibility="private")


@pytest.mark.parametrize(
    ("hides", "is_staff"),
    [
        *((hides, False) for hides in HIDES),
        # Across all else the staff sees.
        *((hides, True) for hides in ("stranger", "asked", "muted", "deactivated", "leaving")),
    ],
)
def test_who_is_not_to_be_heard_of_is_not(
    client: Client, ann: User, ben: User, hides: str, is_staff: bool
) -> None:
    everything(ben)
    User.objects.filter(pk=ann.pk).update(is_staff=is_staff)
    HIDES[hides](ann, ben)
    client.force_login(User.objects.get(pk=ann.pk))

    assert told(client) == []


def test_what_is_for_followers_is_told_to_followers(as_ann: Client, ben: User) -> None:
    everything(ben)
    User.objects.filter(pk=ben.pk).update(audience="private", default_audience="followers")
    Review.objects.update(audience="followers")
    List.objects.update(visibility="followers")

    assert len(told(as_ann)) == 5


def test_unlisted_lists_are_not_told(as_ann: Client, ben: User) -> None:
    added(listed(ben, visibility="unlisted"), at=NOON + timedelta(days=1))

    assert told(as_ann) == []


def test_ones_own_deeds_are_not_told(as_ann: Client, ann: User) -> None:
    everything(ann)

    assert told(as_ann) == []


def test_what_moderators_have_hidden_is_not_told(client: Client, ben: User, ann: User) -> None:
    make_review(ben, hidden_at=NOON)
    User.objects.filter(pk=ann.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=ann.pk))

    assert told(client) == []


@pytest.mark.parametrize("audience", ["public", "followers", "private"])
@pytest.mark.parametrize("default_audience", ["public", "followers", "private"])
def test_the_circle_agrees_with_the_rule_of_viewings_and_ratings(
    ann: User, ben: User, audience: str, default_audience: str
) -> None:
    User.objects.filter(pk=ben.pk).update(audience=audience, default_audience=default_audience)
    viewing, rating = watched(ben), rated(ben)

    is_open = Circle.of(ann).open == [ben.pk]

    assert Viewing.objects.visible_to(ann).filter(pk=viewing.pk).exists() == is_open
    assert Rating.objects.visible_to(ann).filter(pk=rating.pk).exists() == is_open


# --- Page by page --------------------------------------------------------------------------------
def pages(client: Client, query: str = "") -> list[list[str]]:
    """Of all pages, by the links that lead from one to the next: the pages' entries."""
    found, address = [], f"/feed{query}"
    while address:
        page = client.get(address).content.decode()
        found.append(re.findall(r'datetime="([^"]+)"', page))
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/feed{more[1].replace('&amp;', '&')}" if more else ""
        assert len(found) < 50
    return found


def test_pages_neither_repeat_nor_lose_an_entry_though_all_happened_at_once(
    as_ann: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cinehub.feed.views.PER_PAGE", 4)
    for n in range(6):
        everything(followed_by(ann), NOON - timedelta(days=n // 3))
    whole = sources.places(
        Circle.of(ann), [s.kind for s in sources.SOURCES], adult=False, after=None, number=100
    )

    place, found = None, []
    while True:
        page = sources.places(
            Circle.of(ann), [s.kind for s in sources.SOURCES], adult=False, after=place, number=4
        )
        if not page:
            break
        found += page
        place = sources.Place.read(str(page[-1]))

    assert found == whole
    assert len(set(found)) == 30
    assert [len(page) for page in pages(as_ann)] == [4] * 7 + [2]


def test_what_is_told_together_hides_nothing_beneath_it(
    as_ann: Client, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows tell nothing of their own, all that do are found."""
    monkeypatch.setattr("cinehub.feed.sources.HANDFUL", 2)
    season = make_season(make_show(name="Dark"))
    for minute in range(20):
        at = NOON - timedelta(minutes=minute)
        watched(ben, season.title, at, episode=make_episode(season))
    watched(ben, make_title(name="Solaris"), NOON - timedelta(days=1))

    found = told(as_ann)

    assert "watched 20 episodes of Dark" in found[0]
    assert "watched Solaris" in found[1]
    assert len(found) == 2


def test_a_new_entry_does_not_shift_the_pages_below(as_ann: Client, ben: User) -> None:
    for n in range(40):
        watched(ben, make_title(name=f"Film no {n}."), NOON - timedelta(minutes=n))
    first = shown(as_ann, "/feed")
    more = re.search(r'rel="next" href="([^"]+)"', first)
    watched(ben, at=NOON + timedelta(minutes=1))

    assert more
    second = told(as_ann, more[1])
    assert "Film no 29." in lines(first)[-1]
    assert "Film no 30." in second[0]
    assert len(second) == 10


@pytest.mark.parametrize(
    "after",
    ["", "nonsense", "2026-11-20_1_1", "2026-11-20T12:00:00+00:00_x_1", "_", "0001-01-01_0_0",
     "2026-11-20T12:00:00+00:00_0_99999999999999999999999"],
)  # fmt: skip
def test_where_the_place_is_nonsense_the_feed_begins_from_the_start(
    as_ann: Client, ben: User, after: str
) -> None:
    watched(ben)

    assert len(told(as_ann, f"?after={after.replace('+', '%2B')}")) == 1


def test_with_script_the_next_page_comes_without_its_surroundings(
    as_ann: Client, ben: User
) -> None:
    for n in range(31):
        watched(ben, at=NOON - timedelta(minutes=n))
    more = re.search(r'hx-get="([^"]+)"', shown(as_ann, "/feed?show=watched"))
    assert more

    part = as_ann.get(
        unquote(more[1].replace("&amp;", "&")).replace("+", "%2B"), headers={"HX-Request": "true"}
    )

    assert "<html" not in part.content.decode()
    assert len(lines(part.content.decode())) == 1
    assert "HX-Request" in part.headers["Vary"]


# --- Nothing to tell -----------------------------------------------------------------------------
def test_who_follows_nobody_is_shown_whom_many_follow(as_ann: Client, ann: User) -> None:
    known, famous, closed = make_user(), make_user(), make_user(audience="private")
    for n, member in enumerate((known, famous, closed), 1):
        for _ in range(n):
            follower = make_user()
            Follow.objects.create(follower=follower, followed=member, accepted_at=NOON)

    page = shown(as_ann, "/feed")

    assert "You follow nobody yet" in page
    assert page.index(f"@{famous.username}") < page.index(f"@{known.username}")
    assert f"@{closed.username}" not in page


def test_nobody_is_proposed_whom_one_follows_has_asked_has_muted_or_does_not_reach(
    as_ann: Client, ann: User, ben: User
) -> None:
    asked, muted, blocked = make_user(), make_user(), make_user()
    for member in (asked, muted, blocked, ann):
        Follow.objects.create(follower=ben, followed=member, accepted_at=NOON)
    Follow.objects.create(follower=ann, followed=asked)
    Mute.objects.create(muter=ann, muted=muted)
    Block.objects.create(blocker=blocked, blocked=ann)

    assert "people-list" not in shown(as_ann, "/feed")


def test_who_follows_quiet_people_is_told_so(as_ann: Client, ben: User) -> None:
    assert "All is quiet" in shown(as_ann, "/feed")


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get("/feed").headers["Location"].startswith("/sign-in?next=%2Ffeed")
    quick = client.get("/feed", headers={"HX-Request": "true"})
    assert quick.headers["HX-Redirect"].startswith("/sign-in")


# --- What it costs -------------------------------------------------------------------------------
def test_a_page_asks_the_same_however_much_is_on_it(as_ann: Client, ann: User) -> None:
    everything(followed_by(ann))
    as_ann.get("/feed")
    few = asked(as_ann)
    for n in range(5):
        member = followed_by(ann)
        everything(member, NOON - timedelta(days=n))
        made = listed(member, at=NOON + timedelta(days=n))
        for _ in range(3):
            added(made, at=NOON + timedelta(days=n))

    assert asked(as_ann) == few


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/feed").status_code == 200
    return len(queries)


def test_the_day_is_the_readers(as_ann: Client, ann: User, ben: User) -> None:
    """What is two days in UTC is one evening in New York."""
    User.objects.filter(pk=ann.pk).update(time_zone="America/New_York")
    season = make_season(make_show(name="Dark"))
    for hour in (23, 25):
        at = datetime(2026, 11, 19, tzinfo=UTC) + timedelta(hours=hour)
        watched(ben, season.title, at, episode=make_episode(season), watched_on=date(2026, 11, 19))

    assert ["watched 2 episodes" in line for line in told(as_ann)] == [True]
