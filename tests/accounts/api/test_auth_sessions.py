"""Where a member is signed in: one list for browsers and apps, ended from either."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import issuing, scopes
from accounts.models import User
from cinehub.kit import providers
from tests.accounts.api.entering import AUTH, enter, get, is_in, kind, post
from tests.accounts.coming import PASSWORD, sign_in
from tests.accounts.test_sessions import FIREFOX, IPHONE
from tests.make import make_user

pytestmark = pytest.mark.django_db
WRITES = ["logout/", "logout-all/"]


@pytest.fixture
def browser(ann: User) -> Client:
    browser = Client(headers={"user-agent": FIREFOX})
    sign_in(browser, "ann")
    return browser


def listed(token: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = get("sessions/", token).json()["results"]
    return told


def end(pk: int, token: str) -> Any:
    return Client().delete(f"{AUTH}sessions/{pk}/", headers={"Authorization": f"Bearer {token}"})


def is_in_browser(browser: Client) -> bool:
    return browser.get("/settings/sessions").status_code == 200


def csrf_of(browser: Client) -> str:
    return str(browser.get(f"{AUTH}session/").json()["csrf_token"])


# --- Signing out ---------------------------------------------------------------------------------
def test_who_signs_out_is_out_at_once_and_elsewhere_still_in(ann: User, browser: Client) -> None:
    pair, other = enter(), enter()

    assert post("logout/", token=pair["access_token"]).status_code == 204

    assert not is_in(pair["access_token"])
    answer = post("refresh/", refresh_token=pair["refresh_token"])
    assert kind(answer) == (401, "token-revoked")
    assert is_in(other["access_token"])
    assert is_in_browser(browser)
    assert UserSession.objects.count() == Session.objects.count() == 2


def test_who_signs_out_everywhere_is_in_nowhere(ann: User, browser: Client) -> None:
    pair, other = enter(), enter()
    make_user(username="bob", password=PASSWORD)
    bobs = enter("bob")

    assert post("logout-all/", token=pair["access_token"]).status_code == 204

    assert not is_in(pair["access_token"])
    assert not is_in(other["access_token"])
    assert not is_in_browser(browser)
    assert is_in(bobs["access_token"])


def test_a_browser_signs_out_by_a_script_of_the_page(ann: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)

    without = browser.post(f"{AUTH}logout/", content_type="application/json")
    headers = {"X-CSRFToken": csrf_of(browser)}
    with_it = browser.post(f"{AUTH}logout/", content_type="application/json", headers=headers)

    assert kind(without) == (403, "csrf")
    assert with_it.status_code == 204
    assert not is_in_browser(browser)


@pytest.mark.parametrize("path", WRITES)
def test_nobody_signs_out_who_is_not_in(path: str) -> None:
    assert kind(post(path)) == (401, "unauthenticated")


# --- Listed --------------------------------------------------------------------------------------
def test_browsers_and_apps_are_in_one_list_this_one_first(ann: User, browser: Client) -> None:
    token = enter(HTTP_USER_AGENT=IPHONE, REMOTE_ADDR="203.0.113.9")["access_token"]

    here, there = listed(token)

    assert (here["device"], here["address"]) == ("Safari on iPhone", "203.0.113.9")
    assert here["is_current"]
    assert (there["device"], there["is_current"]) == ("Firefox on Linux", False)
    assert b"Safari on iPhone" in browser.get("/settings/sessions").content


def test_the_list_is_ones_own(ann: User, browser: Client) -> None:
    make_user(username="bob", password=PASSWORD)

    assert len(listed(enter("bob")["access_token"])) == 1


def test_the_list_costs_the_same_however_long_it_is(ann: User) -> None:
    token = enter()["access_token"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            listed(token)
        return len(queries)

    # The first one writes down that it is in use.
    listed(token)
    before = cost()
    for _ in range(5):
        enter()
    assert cost() == before


def test_as_much_is_told_as_is_asked_for(ann: User) -> None:
    answer = get("sessions/?fields=id,device", enter()["access_token"])

    assert [set(one) for one in answer.json()["results"]] == [{"id", "device"}]


# --- Ended ---------------------------------------------------------------------------------------
def test_an_app_is_ended_in_the_browser(ann: User, browser: Client) -> None:
    pair = enter()
    pk = listed(pair["access_token"])[0]["id"]

    browser.post(f"/settings/sessions/{pk}/end")

    assert not is_in(pair["access_token"])
    assert post("refresh/", refresh_token=pair["refresh_token"]).status_code == 401


def test_a_browser_is_ended_by_an_app(ann: User, browser: Client) -> None:
    token = enter()["access_token"]
    [pk] = [one["id"] for one in listed(token) if not one["is_current"]]

    assert end(pk, token).status_code == 204

    assert not is_in_browser(browser)
    assert is_in(token)


def test_all_but_this_one_are_ended(ann: User, browser: Client) -> None:
    token, other = enter()["access_token"], enter()["access_token"]

    answer = Client().delete(f"{AUTH}sessions/", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 204
    assert (is_in(token), is_in(other), is_in_browser(browser)) == (True, False, False)


def test_nobody_ends_anothers(ann: User, browser: Client) -> None:
    make_user(username="bob", password=PASSWORD)

    answer = end(UserSession.objects.get().pk, enter("bob")["access_token"])

    assert kind(answer) == (404, "not-found")
    assert is_in_browser(browser)


def test_a_token_of_limited_reach_sees_and_ends_no_sign_in(ann: User, browser: Client) -> None:
    _token, value = issuing.issue(ann, name="x", reach=scopes.TOLD, expires_at=None)

    answers = [get("sessions/", value), post("logout-all/", token=value)]
    answers.append(end(UserSession.objects.get().pk, value))

    assert [kind(answer) for answer in answers] == [(403, "insufficient-scope")] * 3
    assert is_in_browser(browser)


def test_an_app_that_is_used_is_seen(ann: User, time_machine: Any) -> None:
    token = enter()["access_token"]
    time_machine.move_to(timezone.now() + timedelta(minutes=11))

    get("sessions/", token)

    age = timezone.now() - UserSession.objects.get().last_seen_at
    assert age.total_seconds() < 60


# --- Who is here ---------------------------------------------------------------------------------
def test_a_script_learns_who_is_signed_in_and_what_to_send_along(
    ann: User, browser: Client
) -> None:
    told = browser.get(f"{AUTH}session/")

    assert told.json()["user"] == {"username": "ann", "name": "ann"}
    assert len(told.json()["csrf_token"]) == 64
    assert told.headers["Cache-Control"] == "no-store"


def test_of_nobody_it_says_so(client: Client) -> None:
    assert client.get(f"{AUTH}session/").json()["user"] is None


# --- Other houses --------------------------------------------------------------------------------
def test_other_houses_are_told_with_the_way_to_their_doors(settings: Any) -> None:
    oidc = "Our House|https://house.example|id|secret;A House|https://a.example|id2|secret2"
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured({}, oidc)

    assert get("providers/").json()["results"] == [
        {
            "id": "a-house",
            "name": "A House",
            "sign_in_url": "http://testserver/sign-in/with/a-house",
        },
        {
            "id": "our-house",
            "name": "Our House",
            "sign_in_url": "http://testserver/sign-in/with/our-house",
        },
    ]


def test_without_any_the_list_is_empty() -> None:
    assert get("providers/").json() == {"results": []}
