"""Signing in with another house's account: from end to end, over HTTP."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils.html import escape

from accounts.connecting import proposed
from accounts.models import User
from cinehub.kit import providers
from tests.accounts.provider import (
    CLIENT_ID,
    SECRET,
    House,
    challenge,
    nobody_there,
    open_house,
)
from tests.make import make_user

pytestmark = pytest.mark.django_db

DOOR = "/sign-in/with/our-house"
FAILED = "That did not work"
KEYS = ("id-of-ours", "secret-of-ours")


@pytest.fixture
def house(settings: Any) -> Iterator[House]:
    with open_house(House()) as house:
        set_up(settings, house.address)
        yield house


def set_up(settings: Any, address: str) -> None:
    oidc = f"Our House|{address}|{CLIENT_ID}|{SECRET}"
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured({}, oidc)
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5


def leave(client: Client, process: str = "login", door: str = DOOR) -> str:
    """Where the other house is to be asked who we are."""
    response = client.post(f"{door}?process={process}")
    assert response.status_code == 200
    return str(response.context["address"])


def come_back(client: Client, back: str, **options: Any) -> Any:
    url = urlsplit(back)
    return client.get(f"{url.path}?{url.query}", **options)


def there_and_back(client: Client, process: str = "login") -> Any:
    """As a browser goes: to the house, which sends it back."""
    answer = requests.get(leave(client, process), allow_redirects=False, timeout=5)
    return come_back(client, answer.headers["Location"], follow=True)


def signed_in(client: Client) -> str:
    return str(client.get("/about").wsgi_request.user)


def member(**values: Any) -> User:
    """Whose address is confirmed, if it is not said otherwise."""
    is_confirmed = values.pop("confirmed", True)
    user = make_user(**{"email": "ann@example.org", "password": "hunter-two-22"} | values)
    EmailAddress.objects.create(user=user, email=user.email, verified=is_confirmed, primary=True)
    return user


def enter(client: Client, user: User) -> None:
    """And show that it is still them, as what concerns safety asks for."""
    client.force_login(user)
    client.post("/sign-in/again", {"password": "hunter-two-22"})


def connect(user: User, uid: str = "7") -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider="our-house", uid=uid)


# --- Signing up ----------------------------------------------------------------------------------
def test_who_is_new_says_what_name_to_bear_and_is_in(client: Client, house: House) -> None:
    form = there_and_back(client)
    assert form.context["form"].initial == {"username": "ann", "email": "ann@example.org"}

    client.post("/sign-up/with", {"username": "annie", "email": "ann@example.org"})

    user = User.objects.get()
    assert (signed_in(client), user.username) == ("annie", "annie")
    assert not user.has_usable_password()
    assert SocialAccount.objects.get().user == user
    assert EmailAddress.objects.get().verified


def test_an_address_that_the_house_has_not_verified_is_to_be_confirmed_here(
    client: Client, house: House
) -> None:
    house.person["email_verified"] = "false"

    there_and_back(client)
    client.post("/sign-up/with", {"username": "annie", "email": "ann@example.org"})

    assert not EmailAddress.objects.get().verified


def test_nobody_signs_up_by_this_door_while_the_site_is_closed(
    client: Client, house: House, settings: Any
) -> None:
    settings.SIGN_UP_CLOSED = True

    there_and_back(client)

    assert not User.objects.exists()
    assert signed_in(client) == "AnonymousUser"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["Zoë Müller"], "Zoe_Muller"),
        (["-.ann.-"], "ann"),
        (["a" * 50], "a" * 30),
        (["ann@example.org", "Ann"], "Ann"),
        (["Ж", None, "Bob"], "Bob"),
        (["Жанна"], ""),
        (["taken"], "taken2"),
    ],
)
def test_a_name_is_proposed_that_may_be_borne(words: list[str | None], name: str) -> None:
    make_user(username="Taken")

    assert proposed(words) == name


# --- Signing in ----------------------------------------------------------------------------------
def test_who_is_known_is_in_at_once(client: Client, house: House) -> None:
    connect(member(username="known"))

    there_and_back(client)

    assert signed_in(client) == "known"


def test_they_go_on_to_where_they_wanted(client: Client, house: House) -> None:
    connect(member())
    address = client.post(f"{DOOR}?next=/about").context["address"]
    answer = requests.get(address, allow_redirects=False, timeout=5)

    assert come_back(client, answer.headers["Location"])["Location"] == "/about"


def test_an_account_with_the_same_address_verified_on_both_sides_is_connected(
    client: Client, house: House
) -> None:
    user = member(username="known", email="Ann@Example.org")

    there_and_back(client)

    assert signed_in(client) == "known"
    assert SocialAccount.objects.get().user == user
    assert user.has_usable_password()


@pytest.mark.parametrize("verified", [False, "false", None, "no"])
def test_an_address_that_the_house_has_not_verified_connects_nothing(
    client: Client, house: House, verified: Any
) -> None:
    member()
    house.person["email_verified"] = verified

    there_and_back(client)

    assert signed_in(client) == "AnonymousUser"
    assert not SocialAccount.objects.exists()


def test_an_account_whose_address_was_never_confirmed_here_is_connected_to_nothing(
    client: Client, house: House
) -> None:
    """Somebody may have made it with a foreign address, and wait for its owner to come."""
    user = member(confirmed=False)

    page = there_and_back(client)

    assert page.status_code == 409
    assert "There is an account with your e-mail address" in page.content.decode()
    assert signed_in(client) == "AnonymousUser"
    assert not SocialAccount.objects.exists()
    user.refresh_from_db()
    assert user.check_password("hunter-two-22")


def test_who_was_deactivated_stays_out(client: Client, house: House) -> None:
    connect(member(is_active=False))

    there_and_back(client)

    assert signed_in(client) == "AnonymousUser"


# --- State, PKCE, replay -------------------------------------------------------------------------
def test_the_house_is_asked_with_a_state_and_a_challenge(client: Client, house: House) -> None:
    there_and_back(client)

    (asked,), ((exchanged, status),) = house.asked, house.exchanged
    assert len(asked["state"]) >= 16
    assert asked["code_challenge_method"] == "S256"
    assert challenge(exchanged["code_verifier"]) == asked["code_challenge"]
    assert asked["redirect_uri"] == f"http://testserver{DOOR}/callback"
    assert status == 200


@pytest.mark.parametrize("process", ["login", "connect"])
def test_a_code_without_our_state_is_good_for_nothing(
    client: Client, house: House, process: str
) -> None:
    """Somebody else's way back, put into this browser."""
    connect(member())
    answer = requests.get(leave(Client(), process), allow_redirects=False, timeout=5)

    page = come_back(client, answer.headers["Location"])

    assert page.status_code == 401
    assert FAILED in page.content.decode()
    assert signed_in(client) == "AnonymousUser"
    assert house.exchanged == []


def test_a_wrong_verifier_is_refused_by_the_house(client: Client, house: House) -> None:
    connect(member())
    answer = requests.get(leave(client), allow_redirects=False, timeout=5)
    session = client.session
    for state, _, _ in session["socialaccount_states"].values():
        state["pkce_code_verifier"] = "another"
    session.save()

    page = come_back(client, answer.headers["Location"])

    assert page.status_code == 401
    assert signed_in(client) == "AnonymousUser"
    assert [status for _, status in house.exchanged] == [400]


def test_a_way_back_is_good_for_once(client: Client, house: House) -> None:
    connect(member())
    answer = requests.get(leave(client), allow_redirects=False, timeout=5)
    assert come_back(client, answer.headers["Location"]).status_code == 302
    client.post("/sign-out")

    page = come_back(client, answer.headers["Location"])

    assert page.status_code == 401
    assert signed_in(client) == "AnonymousUser"
    assert len(house.exchanged) == 1


def test_a_code_is_good_for_once_at_the_house_too(client: Client, house: House) -> None:
    connect(member())
    used = requests.get(leave(client), allow_redirects=False, timeout=5).headers["Location"]
    come_back(client, used)
    client.post("/sign-out")
    fresh = requests.get(leave(client), allow_redirects=False, timeout=5).headers["Location"]
    code, state = (parse_qs(urlsplit(a).query)[n][0] for a, n in ((used, "code"), (fresh, "state")))

    page = client.get(f"{DOOR}/callback", {"code": code, "state": state})

    assert page.status_code == 401
    assert signed_in(client) == "AnonymousUser"


def test_looking_at_a_door_does_not_open_it(client: Client, house: House) -> None:
    page = client.get(DOOR)

    assert "Sign in with Our House" in page.content.decode()
    assert house.asked == []


def test_our_form_leads_to_a_page_of_ours_that_goes_on_by_itself(
    client: Client, house: House
) -> None:
    """The policy lets forms lead nowhere else, and browsers hold redirects to it as well."""
    page = client.post(DOOR)

    address = escape(page.context["address"])
    assert f'http-equiv="refresh" content="0;url={address}"' in page.content.decode()
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


# --- What fails ----------------------------------------------------------------------------------
def test_who_changes_their_mind_is_told_of_other_ways(client: Client, house: House) -> None:
    house.error = "access_denied"

    page = there_and_back(client)

    assert "You have changed your mind" in page.content.decode()
    assert 'href="/sign-in"' in page.content.decode()


def test_an_error_of_the_house_ends_on_a_page_that_explains(client: Client, house: House) -> None:
    house.error = "server_error"

    page = there_and_back(client)

    assert page.status_code == 401
    assert "Our House did not tell us who you are" in page.content.decode()
    assert 'href="/sign-in"' in page.content.decode()


@pytest.mark.parametrize("fault", ["broken", "hanging"])
@pytest.mark.parametrize("part", ["token", "userinfo"])
def test_a_house_that_fails_half_way_ends_on_the_same_page(
    client: Client, house: House, part: str, fault: str
) -> None:
    setattr(house, fault, part)

    page = there_and_back(client)

    assert page.status_code in (401, 502)
    assert FAILED in page.content.decode()


@pytest.mark.parametrize("part", ["configuration", "token", "userinfo"])
@pytest.mark.parametrize("answer", [{}, [], "no", None])
def test_a_house_that_talks_nonsense_ends_on_the_same_page(
    client: Client, house: House, part: str, answer: Any
) -> None:
    before = requests.get(leave(client), allow_redirects=False, timeout=5).headers["Location"]
    house.nonsense[part] = answer

    page = client.post(DOOR) if part == "configuration" else come_back(client, before)

    assert page.status_code in (401, 502)
    assert FAILED in page.content.decode()


@pytest.mark.parametrize("is_there", [True, False], ids=["it hangs", "nobody is there"])
def test_a_house_that_is_down_does_not_keep_members_out(
    client: Client, house: House, settings: Any, is_there: bool
) -> None:
    member(username="known")
    house.hanging = "configuration"
    set_up(settings, house.address if is_there else nobody_there())

    page = client.post(DOOR)
    client.post("/sign-in", {"login": "known", "password": "hunter-two-22"})

    assert page.status_code == 502
    assert FAILED in page.content.decode()
    assert signed_in(client) == "known"


def test_a_house_that_is_not_set_up_has_no_door(client: Client) -> None:
    for address in (DOOR, "/sign-in/with/google", "/sign-in/with/google/callback"):
        assert client.post(address).status_code == 404


# --- Connecting ----------------------------------------------------------------------------------
def test_a_member_connects_and_disconnects(client: Client, house: House) -> None:
    user = member(email="other@example.org")
    enter(client, user)

    page = there_and_back(client, "connect")
    account = SocialAccount.objects.get()
    assert account.user == user
    assert "Our House" in page.content.decode()

    client.post("/settings/connections", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_who_came_in_long_ago_shows_first_that_it_is_still_them(
    client: Client, house: House
) -> None:
    user = member(email="other@example.org")
    client.force_login(user)

    again = there_and_back(client, "connect").redirect_chain[-1][0]
    assert not SocialAccount.objects.exists()
    client.post(again, {"password": "hunter-two-22"})

    assert SocialAccount.objects.get().user == user


def test_the_only_way_in_stays(client: Client, house: House) -> None:
    user = member()
    user.set_unusable_password()
    user.save()
    account = connect(user)
    client.force_login(user)

    page = client.post("/settings/connections", {"account": account.pk})

    assert "Set a password first" in page.content.decode()
    assert SocialAccount.objects.exists()


def test_one_of_two_may_go(client: Client, house: House) -> None:
    user = member()
    user.set_unusable_password()
    user.save()
    first, second = connect(user), connect(user, "8")
    client.force_login(user)

    client.post("/settings/connections", {"account": first.pk})

    assert SocialAccount.objects.get() == second


def test_nobody_disconnects_what_is_another_members(client: Client, house: House) -> None:
    account = connect(member())
    client.force_login(make_user(password="x"))

    client.post("/settings/connections", {"account": account.pk})

    assert SocialAccount.objects.exists()


def test_what_is_another_members_is_not_taken_over(client: Client, house: House) -> None:
    owner = member()
    connect(owner)
    enter(client, member(email="other@example.org"))

    page = there_and_back(client, "connect")

    assert "connected to another member already" in page.content.decode()
    assert SocialAccount.objects.get().user == owner


def test_who_has_not_confirmed_their_address_connects_nothing(client: Client, house: House) -> None:
    """It would stay a way in for whoever made the account when its real owner has come."""
    client.force_login(member(confirmed=False))

    there_and_back(client, "connect")

    assert not SocialAccount.objects.exists()


def test_an_account_at_a_house_that_is_set_up_no_more_is_told_and_goes(
    client: Client, settings: Any
) -> None:
    user = member()
    account = SocialAccount.objects.create(user=user, provider="github", uid="1")
    client.force_login(user)

    assert "GitHub" in client.get("/settings/connections").content.decode()
    client.post("/settings/connections", {"account": account.pk})

    assert not SocialAccount.objects.exists()


# --- What GitHub and X tell ---------------------------------------------------------------------
@pytest.fixture
def answers(settings: Any) -> Iterator[responses.RequestsMock]:
    """Theirs; their addresses can't be told to be elsewhere, so this is not over HTTP."""
    keys = dict.fromkeys(("github", "twitter_oauth2"), KEYS)
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured(keys, "")
    with responses.RequestsMock() as answers:
        yield answers


def back_from(client: Client, name: str) -> Any:
    asked = parse_qs(urlsplit(leave(client, door=f"/sign-in/with/{name}")).query)
    told = {"code": "one", "state": asked["state"][0]}
    return client.get(f"/sign-in/with/{name}/callback", told, follow=True)


@pytest.mark.parametrize("verified", [True, False])
def test_github_says_of_each_address_whether_it_is_verified(
    client: Client, answers: responses.RequestsMock, verified: bool
) -> None:
    member(username="known")
    emails = [
        {"email": "other@example.org", "primary": True, "verified": True},
        {"email": "ann@example.org", "primary": False, "verified": verified},
    ]
    api = "https://api.github.com/user"
    token = answers.post("https://github.com/login/oauth/access_token", json={"access_token": "t"})
    answers.get(api, json={"id": 7, "login": "ann-there", "name": "Ann"})
    answers.get(f"{api}/emails", json=emails)

    back_from(client, "github")

    assert signed_in(client) == ("known" if verified else "AnonymousUser")
    assert "code_verifier=" in str(token.calls[0].request.body)


def test_x_knows_no_address_so_it_is_asked_for_and_to_be_confirmed(
    client: Client, answers: responses.RequestsMock
) -> None:
    answers.post("https://api.x.com/2/oauth2/token", json={"access_token": "t"})
    told = {"data": {"id": "7", "name": "Ann", "username": "ann_there"}}
    answers.get("https://api.x.com/2/users/me", json=told)

    form = back_from(client, "twitter_oauth2").context["form"]
    assert form.initial == {"username": "ann_there", "email": ""}
    client.post("/sign-up/with", {"username": "ann_there", "email": "ann@example.org"})

    assert signed_in(client) == "ann_there"
    assert not EmailAddress.objects.get().verified


# --- Which houses there are ----------------------------------------------------------------------
WHERE = {
    "google": "https://accounts.google.com/",
    "facebook": "https://www.facebook.com/",
    "github": "https://github.com/",
    "twitter_oauth2": "https://x.com/",
}


@pytest.mark.parametrize("page", ["/sign-in", "/sign-up"])
def test_doors_are_where_members_come_in_and_only_those_that_are_set_up(
    client: Client, settings: Any, page: str
) -> None:
    assert "Continue with" not in client.get(page).content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = providers.configured({"google": KEYS}, "")
    shown = client.get(f"{page}?next=/about").content.decode()

    assert "Continue with Google" in shown
    assert 'action="/sign-in/with/google?process=login&amp;next=%2Fabout"' in shown
    assert "GitHub" not in shown


def test_what_is_connected_is_not_offered_again(client: Client, settings: Any) -> None:
    pairs = dict.fromkeys(("google", "github"), KEYS)
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured(pairs, "")
    user = member()
    SocialAccount.objects.create(user=user, provider="github", uid="1")
    client.force_login(user)

    page = client.get("/settings/connections").content.decode()

    assert "Connect Google" in page
    assert "Connect GitHub" not in page


@pytest.mark.parametrize("name", WHERE)
def test_each_that_is_set_up_is_asked_with_state_and_challenge(
    client: Client, settings: Any, name: str
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured({name: KEYS}, "")

    address = leave(client, door=f"/sign-in/with/{name}")

    query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(WHERE[name])
    assert query["client_id"] == "id-of-ours"
    assert query["code_challenge_method"] == "S256"
    assert len(query["state"]) >= 16
    assert query["redirect_uri"] == f"http://testserver/sign-in/with/{name}/callback"
    assert "secret-of-ours" not in address
