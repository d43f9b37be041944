"""What members say of themselves, to whom they show it, and whom they do not want to meet."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import following
from accounts.models import Audience, Follow, Kind, User
from tests.catalog.mirror.pictures import picture
from tests.make import make_user
from tests.read import part, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


# --- Profile -------------------------------------------------------------------------------------
def test_members_say_who_they_are(client: Client, ann: User) -> None:
    said = {"display_name": "  Ann   A. ", "bio": "Slow cinema."}

    answer = client.post("/settings/profile", said)

    assert (answer.status_code, answer["Location"]) == (303, "/settings/profile")
    ann.refresh_from_db()
    assert (ann.display_name, ann.bio) == ("Ann A.", "Slow cinema.")
    assert "Your profile is saved." in shown(client, "/settings/profile")


def test_nothing_else_of_a_member_is_set_by_this_form(client: Client, ann: User) -> None:
    more = {"is_staff": "on", "username": "root", "audience": "private", "avatar": "x"}

    client.post("/settings/profile", {"bio": "Hm."} | more)

    ann.refresh_from_db()
    assert (ann.is_staff, ann.username, ann.audience) == (False, "ann", Audience.PUBLIC)
    assert not ann.avatar


def test_too_many_words_are_said_to_be(client: Client, ann: User) -> None:
    answer = client.post("/settings/profile", {"display_name": "A" * 61, "bio": "b" * 501})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="field-error"') == 2
    # The name above is still the one that others see.
    assert part(page, r'<p class="you-are">.*?</p>').endswith("ann @ann")


def test_a_picture_that_is_wrong_loses_no_words(client: Client, ann: User) -> None:
    wrong = SimpleUploadedFile("me.png", b"no picture")

    page = client.post("/settings/profile", {"picture": wrong, "bio": "My words."})

    assert "My words." in page.content.decode()
    ann.refresh_from_db()
    assert ann.bio == ""


def test_a_new_picture_wins_over_a_removal(client: Client, ann: User) -> None:
    client.post("/settings/profile", {"picture": SimpleUploadedFile("a.jpg", picture())})

    new = SimpleUploadedFile("b.png", picture("PNG"))
    client.post("/settings/profile", {"picture": new, "remove": "on"})

    ann.refresh_from_db()
    assert ann.avatar


def test_there_is_nothing_to_remove_where_there_is_no_picture(client: Client, ann: User) -> None:
    assert "Remove my picture" not in shown(client, "/settings/profile")


# --- Privacy -------------------------------------------------------------------------------------
@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize("default", Audience.values)
def test_members_choose_who_sees_them(
    client: Client, ann: User, audience: str, default: str
) -> None:
    chosen = {"audience": audience, "default_audience": default}

    assert client.post("/settings/privacy", chosen).status_code == 303

    ann.refresh_from_db()
    assert (ann.audience, ann.default_audience) == (audience, default)


@pytest.mark.parametrize("wrong", [{}, {"audience": "nobody", "default_audience": "public"}])
def test_what_is_no_choice_changes_nothing(
    client: Client, ann: User, wrong: dict[str, str]
) -> None:
    assert client.post("/settings/privacy", wrong).status_code == 422

    ann.refresh_from_db()
    assert ann.audience == Audience.PUBLIC


def test_each_choice_is_explained(client: Client, ann: User) -> None:
    page = part(shown(client, "/settings/privacy"), "<main.*</main>")

    assert "Everybody Whoever comes by, signed in or not." in page
    assert "Followers Members who follow you." in page
    assert "Only whom I let in Members whom you have let in." in page


def test_who_opens_their_profile_lets_in_who_waits(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(audience=Audience.PRIVATE)
    bob = make_user()
    following.follow(bob, ann)
    assert "1 member waits for your answer" in shown(client, "/settings/privacy")

    client.post("/settings/privacy", {"audience": "public", "default_audience": "public"})

    assert Follow.objects.accepted().filter(follower=bob).exists()
    assert bob.notifications.get().kind == Kind.ACCEPTED


def test_whom_a_member_has_blocked_and_muted_is_listed_for_them_alone(
    client: Client, ann: User
) -> None:
    following.block(ann, make_user(username="blocked"))
    following.mute(ann, make_user(username="muted"))
    following.block(make_user(username="blocking"), ann)
    following.mute(make_user(username="muting"), ann)

    page = shown(client, "/settings/privacy")

    assert "@blocked" in part(page, r"<h2 id=\"blocked\".*?</section>")
    assert "@muted" in part(page, r"<h2 id=\"muted\".*?</section>")
    assert "@blocking" not in page
    assert "@muting" not in page


def test_who_is_muted_is_unmuted_there(client: Client, ann: User) -> None:
    following.mute(ann, make_user(username="muted"))

    answer = client.post("/@muted/unmute", {"next": "/settings/privacy#muted"})

    assert answer["Location"] == "/settings/privacy#muted"
    assert not ann.mutes.exists()


# --- The header ----------------------------------------------------------------------------------
def header(client: Client, address: str) -> Any:
    return part(shown(client, address), r'<div class="top-end">.*?</header>')


def test_who_is_not_signed_in_is_shown_the_door_and_back(client: Client) -> None:
    page = shown(client, "/search?q=heat&type=film")

    assert 'href="/sign-in?next=%2Fsearch%3Fq%3Dheat%26type%3Dfilm"' in page
    assert 'href="/sign-up?next=%2Fsearch%3Fq%3Dheat%26type%3Dfilm"' in page


def test_from_one_door_to_the_other_the_way_back_stays(client: Client) -> None:
    page = shown(client, "/sign-in?next=/search")

    assert 'href="/sign-up?next=%2Fsearch"' in page
    assert "next=%2Fsign-in" not in page


def test_nobody_is_shown_a_door_that_is_closed(client: Client, settings: Any) -> None:
    settings.SIGN_UP_CLOSED = True

    assert "Sign up" not in header(client, "/search")


def test_members_have_a_menu(client: Client, ann: User) -> None:
    words = header(client, "/search")

    assert words == (
        "Notifications Menu of ann A ann @ann Profile Up next Watchlist Lists Feed History"
        " Statistics Settings Sign out"
    )


def test_staff_have_a_way_to_the_admin(client: Client) -> None:
    client.force_login(make_user(is_staff=True))

    assert "Admin" in header(client, "/search")


def test_to_sign_out_takes_a_form(client: Client, ann: User) -> None:
    page = shown(client, "/search")

    form = part(page, r'<form method="post" action="/sign-out">.*?</form>')
    assert form == "Sign out"
    client.post("/sign-out")
    assert "Sign in" in header(client, "/search")


@pytest.mark.redis
@pytest.mark.usefixtures("keeping")
def test_a_page_that_is_kept_for_all_shows_a_member_their_own_menu(client: Client) -> None:
    visitor = Client()
    client.force_login(make_user(username="ann"))

    for _ in range(2):
        assert "Sign in" in header(visitor, "/about")
        assert "Menu of" not in header(visitor, "/search")
        assert "Menu of ann" in header(client, "/search")
    assert not visitor.cookies
