"""A member's page, who follows whom, and the buttons on it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import following
from accounts.models import Audience, Block, Follow, Kind, Mute, User
from accounts.views.following import ANSWERS
from tests.make import make_user
from tests.read import part, shown

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def ann(client: Client) -> User:
    """Who is signed in."""
    member = make_user(username="ann")
    client.force_login(member)
    return member


def follow(follower: User, followed: User) -> None:
    Follow.objects.create(follower=follower, followed=followed, accepted_at=timezone.now())


def make_followers(member: User, number: int) -> None:
    for _ in range(number):
        follow(make_user(), member)


# --- The page ------------------------------------------------------------------------------------
def test_a_profile_tells_who_somebody_is(client: Client) -> None:
    bob = make_user(username="bob", display_name="Bob B.", bio="Silent films.\nAnd loud ones.")
    make_followers(bob, 2)
    follow(bob, make_user())

    page = shown(client, "/@bob")

    assert part(page, r"<h1.*?</h1>") == "Bob B."
    assert part(page, r'<p class="member-counts">.*?</p>') == "2 followers 1 following"
    assert part(page, r'<p class="member-bio">.*?</p>') == "Silent films. And loud ones."
    assert f"Member since {timezone.now():%B %Y}" in page
    assert "<br>" in page


def test_words_of_members_are_words(client: Client) -> None:
    make_user(username="bob", display_name="<b>Bob</b>", bio="<script>alert(1)</script>")

    page = client.get("/@bob").content.decode()

    assert "<b>Bob</b>" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("rest", ["", "/followers", "/following"])
def test_another_case_leads_to_the_name_as_it_is_written(client: Client, rest: str) -> None:
    make_user(username="BobB")

    answer = client.get(f"/@bobb{rest}")

    assert (answer.status_code, answer["Location"]) == (302, f"/@BobB{rest}")


@pytest.mark.parametrize("name", ["nobody", "a%00b", "%F0%9F%8E%AC", "a" * 200, "a%27--"])
def test_a_name_that_nobody_has_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/@{name}").status_code == 404
    assert client.get(f"/api/v1/users/{name}/").status_code == 404


def test_a_request_counts_as_no_follower(client: Client) -> None:
    bob = make_user(username="bob")
    Follow.objects.create(follower=make_user(), followed=bob)

    assert '<b class="num">0</b> followers' in shown(client, "/@bob")


def test_who_has_nothing_yet_is_told_where_to_begin(client: Client, ann: User) -> None:
    page = shown(client, "/@ann")

    assert "Nothing here yet" in page
    assert 'href="/discover/movie"' in page
    assert "Edit profile" in page
    assert "Follow</" not in page


def test_members_see_how_many_ask_to_follow_them(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(audience=Audience.PRIVATE)
    following.follow(make_user(), ann)

    assert "1 request" in shown(client, "/@ann")


@pytest.mark.parametrize(
    ("audience", "says"),
    [
        (Audience.PUBLIC, "Nothing here yet"),
        (Audience.FOLLOWERS, "This profile is for followers"),
        (Audience.PRIVATE, "This profile is private"),
    ],
)
def test_members_see_themselves_with_a_stranger_s_eyes(
    client: Client, ann: User, audience: str, says: str
) -> None:
    User.objects.filter(pk=ann.pk).update(audience=audience, bio="A secret")

    page = shown(client, "/@ann?as=stranger")

    assert "This is what people see who are not signed in" in page
    assert says in page
    assert ("A secret" in page) == (audience == Audience.PUBLIC)
    assert "Edit profile" not in page


def test_nobody_else_is_seen_with_a_stranger_s_eyes(client: Client, ann: User) -> None:
    bob = make_user(username="bob", audience=Audience.PRIVATE, bio="Among friends")
    follow(ann, bob)

    page = shown(client, "/@bob?as=stranger")

    assert "Among friends" in page
    assert "This is what people see" not in page


@pytest.mark.parametrize("audience", Audience.values)
def test_only_a_public_profile_is_for_search_engines_and_links(
    client: Client, audience: str
) -> None:
    make_user(username="bob", display_name="Bob", bio="Silent films.", audience=audience)

    page = client.get("/@bob").content.decode()

    is_public = audience == Audience.PUBLIC
    assert ('<meta name="robots" content="noindex">' in page) != is_public
    assert ('<meta property="og:title" content="Bob (@bob)">' in page) == is_public
    assert ('content="Silent films."' in page) == is_public


def test_lists_of_people_are_not_for_search_engines(client: Client) -> None:
    make_user(username="bob")

    for tie in ("followers", "following"):
        assert '<meta name="robots" content="noindex">' in shown(client, f"/@bob/{tie}")


# --- Who follows whom ----------------------------------------------------------------------------
def test_followers_are_listed_fifty_a_page_the_latest_first(client: Client) -> None:
    bob = make_user(username="bob")
    names = [f"fan{n:03}" for n in range(103)]
    for name in names:
        follow(make_user(username=name), bob)

    pages = [shown(client, f"/@bob/followers?page={n}") for n in (1, 2, 3)]

    listed = [re.findall(r'class="quiet">@(fan\d+)', page) for page in pages]
    assert [len(each) for each in listed] == [50, 50, 3]
    assert [name for each in listed for name in each] == names[::-1]
    assert "103 members follow" in pages[0]


def test_who_somebody_follows_is_listed(client: Client) -> None:
    bob = make_user(username="bob")
    follow(bob, make_user(username="eve"))
    Follow.objects.create(follower=bob, followed=make_user(username="asked"))

    page = shown(client, "/@bob/following")

    assert "@eve" in page
    assert "@asked" not in page


def test_in_lists_the_words_of_who_is_closed_stay_closed(client: Client) -> None:
    bob = make_user(username="bob")
    follow(make_user(username="eve", bio="A secret", audience=Audience.PRIVATE), bob)

    page = shown(client, "/@bob/followers")

    assert "@eve" in page
    assert "A secret" not in page


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999999999999", "page=%00"])
def test_a_page_that_there_is_not_is_another_one(client: Client, query: str) -> None:
    make_user(username="bob")

    assert client.get(f"/@bob/followers?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/@ann",
        "/@bob",
        "/@bob/followers",
        "/@bob/following",
        "/settings/followers",
        "/settings/privacy",
        "/api/v1/users/bob/",
        "/api/v1/users/bob/followers/",
    ],
)
def test_more_people_cost_no_more_queries(client: Client, ann: User, address: str) -> None:
    bob = make_user(username="bob")

    def crowd(number: int) -> None:
        for _ in range(number):
            other = make_user()
            follow(other, bob)
            follow(bob, other)
            follow(other, ann)
            Follow.objects.create(follower=make_user(), followed=ann)
            Block.objects.create(blocker=ann, blocked=make_user())
            Mute.objects.create(muter=ann, muted=other)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    crowd(1)
    client.get(address)
    before = cost()
    crowd(12)

    assert cost() == before


# --- The buttons ---------------------------------------------------------------------------------
DEEDS = [
    ("follow", "public", "Following"),
    ("follow", "private", "Requested"),
    ("unfollow", "public", "Follow"),
    ("mute", "public", "Unmute"),
    ("unmute", "public", "Mute"),
]


@pytest.mark.parametrize(("deed", "audience", "says"), DEEDS)
def test_a_button_leads_back_to_the_page_it_is_on(
    client: Client, ann: User, deed: str, audience: str, says: str
) -> None:
    make_user(username="bob", audience=audience)

    answer = client.post(f"/@bob/{deed}", {"next": "/@bob?x=1"})

    assert (answer.status_code, answer["Location"]) == (303, "/@bob?x=1")
    assert says in shown(client, "/@bob")


@pytest.mark.parametrize(("deed", "audience", "says"), DEEDS)
def test_with_htmx_the_buttons_come_anew(
    client: Client, ann: User, deed: str, audience: str, says: str
) -> None:
    make_user(username="bob", audience=audience)

    answer = client.post(f"/@bob/{deed}", headers=HTMX)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_number_of_followers_comes_along(client: Client, ann: User) -> None:
    make_user(username="bob")

    part_of_it = client.post("/@bob/follow", headers=HTMX).content.decode()

    assert part(part_of_it, r'<span id="followers-count" hx-swap-oob.*') == "1 follower"


def test_of_a_closed_profile_no_number_comes_along(client: Client, ann: User) -> None:
    make_user(username="bob", audience=Audience.PRIVATE)

    assert "followers-count" not in client.post("/@bob/follow", headers=HTMX).content.decode()


def test_in_a_list_only_the_button_comes_anew(client: Client, ann: User) -> None:
    make_user(username="bob", audience=Audience.FOLLOWERS)

    answer = client.post("/@bob/follow", {"in": "list"}, headers=HTMX).content.decode()

    assert "Following" in answer
    assert "Block" not in answer
    assert "followers-count" not in answer


@pytest.mark.parametrize("deed", ["follow", "unfollow"])
def test_a_page_that_opens_or_closes_is_loaded_anew(client: Client, ann: User, deed: str) -> None:
    bob = make_user(username="bob", audience=Audience.FOLLOWERS)
    if deed == "unfollow":
        follow(ann, bob)

    assert client.post(f"/@bob/{deed}", headers=HTMX)["HX-Redirect"] == "/@bob"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_button_leads_nowhere_else(client: Client, ann: User, back: str) -> None:
    make_user(username="bob")

    assert client.post("/@bob/follow", {"next": back})["Location"] == "/@bob"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_block_leads_to_where_it_can_be_undone(
    client: Client, ann: User, headers: dict[str, str]
) -> None:
    make_user(username="bob", display_name="Bob")

    answer = client.post("/@bob/block", headers=headers)

    assert (
        answer.headers.get("HX-Redirect" if headers else "Location") == "/settings/privacy#blocked"
    )
    page = shown(client, "/settings/privacy")
    assert "You have blocked Bob." in page
    assert "@bob" in page
    assert client.get("/@bob").status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_block_is_undone(client: Client, ann: User, headers: dict[str, str]) -> None:
    following.block(ann, make_user(username="bob"))

    answer = client.post("/@bob/unblock", headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert client.get("/@bob").status_code == 200


def test_only_who_has_blocked_may_undo_it(client: Client, ann: User) -> None:
    following.block(make_user(username="bob"), ann)

    assert client.post("/@bob/unblock").status_code == 404
    assert Block.objects.exists()


@pytest.mark.parametrize("deed", ["follow", "unfollow", "mute", "unmute", "block"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_is_not_signed_in_is_sent_to_the_door_and_back(
    client: Client, deed: str, headers: dict[str, str]
) -> None:
    make_user(username="bob")

    answer = client.post(f"/@bob/{deed}", headers=headers)

    where = answer.headers.get("HX-Redirect" if headers else "Location")
    assert where == "/sign-in?next=/@bob"
    assert not Follow.objects.exists()


@pytest.mark.parametrize("deed", ["follow", "unfollow", "mute", "block"])
@pytest.mark.parametrize("whom", ["ann", "nobody"])
def test_there_is_nothing_to_do_about_oneself_or_nobody(
    client: Client, ann: User, deed: str, whom: str
) -> None:
    assert client.post(f"/@{whom}/{deed}").status_code == 404


@pytest.mark.parametrize("deed", ["follow", "unfollow", "mute", "unmute", "block", "unblock"])
def test_a_link_does_nothing(client: Client, ann: User, deed: str) -> None:
    make_user(username="bob")

    assert client.get(f"/@bob/{deed}").status_code == 405


def test_a_form_of_another_site_does_nothing() -> None:
    make_user(username="bob")
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user())

    assert careful.post("/@bob/follow").status_code == 403
    assert not Follow.objects.exists()


def test_staff_see_who_has_blocked_them_and_do_not_follow_them(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_staff=True)
    following.block(make_user(username="bob"), ann)

    assert client.get("/@bob").status_code == 200
    assert client.post("/@bob/follow").status_code == 404
    assert not Follow.objects.exists()


# --- Requests and followers ----------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(("deed", "left"), [("accept", 1), ("decline", 0)])
def test_a_request_is_answered(
    client: Client, ann: User, headers: dict[str, str], deed: str, left: int
) -> None:
    User.objects.filter(pk=ann.pk).update(audience=Audience.PRIVATE)
    following.follow(make_user(username="bob"), ann)
    assert "They ask to follow you 1" in part(
        shown(client, "/settings/followers"), "<main.*</main>"
    )

    answer = client.post(f"/settings/followers/bob/{deed}", headers=headers)

    assert answer.status_code == (200 if headers else 303)
    page = answer.content.decode() if headers else shown(client, "/settings/followers")
    assert "They ask to follow you" not in page
    assert f"They follow you {left}" in part(page, r"<h2 id=\"followers\".*?</h2>")
    assert Follow.objects.accepted().count() == left


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_follower_is_removed(client: Client, ann: User, headers: dict[str, str]) -> None:
    follow(make_user(username="bob"), ann)

    answer = client.post("/settings/followers/bob/remove", headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert not Follow.objects.exists()


def test_who_does_not_see_the_lists_change_hears_of_it(client: Client, ann: User) -> None:
    follow(make_user(username="bob"), ann)

    answer = client.post("/settings/followers/bob/remove", headers=HTMX).content.decode()

    assert part(answer, r'<p id="said" hx-swap-oob.*?</p>') == "bob follows you no longer."


@pytest.mark.parametrize("deed", ["accept", "decline", "remove"])
def test_who_has_not_asked_gets_no_answer(client: Client, ann: User, deed: str) -> None:
    other = make_user(username="other")
    Follow.objects.create(follower=make_user(username="bob"), followed=other)

    assert client.post(f"/settings/followers/bob/{deed}").status_code == 404
    assert Follow.objects.requested().exists()


def withdrawn(*members: User) -> None:
    raise following.NotAsked


def erased(*members: User) -> None:
    raise following.Unreachable


def test_what_is_withdrawn_meanwhile_is_not_there(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Follow.objects.create(follower=make_user(username="bob"), followed=ann)
    monkeypatch.setitem(ANSWERS, "accept", withdrawn)

    assert client.post("/settings/followers/bob/accept").status_code == 404


def test_who_is_erased_meanwhile_is_not_there(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(username="bob")
    monkeypatch.setattr(following, "block", erased)

    assert client.post("/@bob/block").status_code == 404


def test_the_settings_are_for_members(client: Client) -> None:
    for page in ("followers", "profile", "privacy"):
        answer = client.get(f"/settings/{page}")
        assert answer["Location"] == f"/sign-in?next=/settings/{page}"


def test_a_notice_leads_to_a_page_that_is_there(client: Client, ann: User) -> None:
    bob = make_user(username="bob")
    following.follow(bob, ann)
    following.show_to(bob, Audience.PRIVATE)
    following.follow(ann, bob)
    following.accept(bob, ann)

    urls = list(ann.notifications.values_list("url", flat=True))

    assert len(urls) == 2
    assert [client.get(url).status_code for url in urls] == [200, 200]
    assert {*ann.notifications.values_list("kind", flat=True)} == {Kind.FOLLOW, Kind.ACCEPTED}


def test_who_follows_very_many_an_hour_is_asked_to_wait(client: Client, ann: User) -> None:
    make_user(username="bob")
    statuses: list[Any] = [client.post("/@bob/mute").status_code for _ in range(201)]

    assert set(statuses[:200]) == {303}
    assert statuses[200] == 429
