"""Members let apps in: by a page that asks, by a code from a TV; and apps keep to what was said."""

import re
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from allauth.idp.oidc.models import Token
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import consenting, keys, tasks
from accounts.models import Authorization, Kind, SpentToken, User
from tests.accounts.oauth import BACK, FORM, Telly, bearer, make_app, said
from tests.make import make_user

pytestmark = pytest.mark.django_db

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
MINE = "/api/v1/apps/"


@pytest.fixture
def ann(client: Client) -> User:
    found = make_user(username="ann")
    client.force_login(found)
    return found


@pytest.fixture
def telly(ann: User) -> Telly:
    return Telly(make_app(make_user(username="maker"))[0])


# --- The page that asks --------------------------------------------------------------------------
def test_the_page_says_who_asks_and_for_what(client: Client, telly: Telly) -> None:
    page = client.get(telly.question("read", "write:lists")).content.decode()

    assert "Let Telly in?" in page
    assert "@maker" in page
    assert "@ann" in page
    assert "Change your watchlist, your favourites and your lists" in page
    assert "Rate, review, comment" not in page
    assert "app.example" in page


def test_who_is_not_signed_in_comes_back_to_the_page(telly: Telly) -> None:
    answer = Client().get(telly.question("read"))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=/oauth/authorize")


def test_an_app_is_let_in(client: Client, telly: Telly) -> None:
    keys = telly.keys(client, "read", "write:lists")

    assert keys["token_type"] == "Bearer"
    assert keys["expires_in"] == 15 * 60
    assert keys["refresh_expires_in"] == pytest.approx(7 * 86_400, abs=5)
    assert set(keys["scope"].split()) == {"read", "write:lists"}


def test_an_app_gets_back_what_it_sent_along(client: Client, telly: Telly) -> None:
    assert telly.answer(client, ["read"], ["read"])["state"] == "a state"


def test_what_is_unticked_an_app_does_not_get(client: Client, telly: Telly) -> None:
    code = telly.answer(client, ["read", "write:lists"], ["read"])["code"]

    assert telly.fetch(code=code).json()["scope"] == "read"


def test_what_was_not_asked_for_can_not_be_ticked(client: Client, telly: Telly) -> None:
    page = client.get(telly.question("read")).content.decode()
    sealed = re.findall('name="request" value="([^"]+)"', page)[0]

    told = {"request": sealed, "scopes": ["write:lists"], "action": "grant"}

    assert client.post("/oauth/authorize", told).status_code == 422
    assert not Authorization.objects.exists()


def test_who_ticks_nothing_is_asked_again(client: Client, telly: Telly) -> None:
    page = client.get(telly.question("read")).content.decode()
    sealed = re.findall('name="request" value="([^"]+)"', page)[0]

    again = client.post("/oauth/authorize", {"request": sealed, "action": "grant"})

    assert again.status_code == 422
    assert "Tick one at least" in again.content.decode()


def test_who_declines_gives_nothing(client: Client, telly: Telly) -> None:
    told = telly.answer(client, ["read"], ["read"], action="deny")

    assert told == {"error": "access_denied", "state": "a state"}
    assert not Authorization.objects.exists()


def test_the_answer_comes_from_our_page_or_not_at_all(ann: User, telly: Telly) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(ann)
    page = careful.get(telly.question("read")).content.decode()
    sealed = re.findall('name="request" value="([^"]+)"', page)[0]

    told = {"request": sealed, "scopes": ["read"], "action": "grant"}

    assert careful.post("/oauth/authorize", told).status_code == 403


def test_to_look_at_the_page_lets_nobody_in(client: Client, telly: Telly) -> None:
    client.get(telly.question("read"))

    assert not Authorization.objects.exists()


def test_the_page_leads_away_without_our_form_being_sent_on(client: Client, telly: Telly) -> None:
    page = client.get(telly.question("read")).content.decode()
    sealed = re.findall('name="request" value="([^"]+)"', page)[0]

    left = client.post(
        "/oauth/authorize", {"request": sealed, "scopes": ["read"], "action": "grant"}
    )

    assert left.status_code == 200
    assert f'content="0;url={BACK}?code=' in left.content.decode()


def test_a_deleted_app_is_let_in_no_more(client: Client, telly: Telly) -> None:
    page = client.get(telly.question("read")).content.decode()
    sealed = re.findall('name="request" value="([^"]+)"', page)[0]
    telly.app.delete()

    told = {"request": sealed, "scopes": ["read"], "action": "grant"}

    assert client.post("/oauth/authorize", told).status_code == 404


def test_its_member_hears_of_an_app_that_was_let_in(
    client: Client, ann: User, telly: Telly
) -> None:
    telly.keys(client, "read")
    telly.keys(client, "read")

    told = ann.notifications.get(kind=Kind.SECURITY)
    assert (told.text, told.url) == (
        "You have let Telly into your account.",
        f"/settings/apps/allowed#allowed-{ann.authorizations.get().pk}",
    )


# --- What an app asks wrongly --------------------------------------------------------------------
@pytest.mark.parametrize(
    "told",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"client_id": "\x00"},
        {"redirect_uri": "https://evil.example/back"},
        {"redirect_uri": "https://app.example/back/further"},
        {"redirect_uri": "http://app.example/back"},
        {"redirect_uri": None},
        {"resource": "nonsense"},
        {"resource": "https://elsewhere.example/"},
    ],
)
def test_who_has_no_address_that_we_trust_is_sent_nowhere(
    client: Client, telly: Telly, told: dict[str, str | None]
) -> None:
    answer = client.get(telly.question("read", **told))

    assert answer.status_code == 400
    assert "This app asks in vain" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"scope": "everything"}, "invalid_scope"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"prompt": "none"}, "interaction_required"),
        ({"prompt": "none", "scope": "openid read"}, "interaction_required"),
    ],
)
def test_an_app_hears_what_it_asked_wrongly(
    client: Client, telly: Telly, told: dict[str, str | None], error: str
) -> None:
    answer = client.get(telly.question("read", **told))

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{BACK}?")
    assert said(answer["Location"])["error"] == error


def test_nobody_is_let_in_silently_by_what_another_app_may(
    client: Client, ann: User, telly: Telly
) -> None:
    telly.keys(client, "openid", "read")
    other = Telly(make_app(make_user(), name="Other")[0])

    answer = client.get(other.question("openid", "read", prompt="none"))

    assert said(answer["Location"])["error"] == "interaction_required"


def test_a_confidential_app_needs_no_challenge(client: Client, ann: User) -> None:
    app, secret = make_app(make_user(), is_confidential=True)
    server = Telly(app, secret)
    more = {"code_challenge": None, "code_challenge_method": None}

    code = server.code(client, "read", **more)
    known = {"grant_type": "authorization_code", "redirect_uri": BACK, "code": code}

    assert server.ask(**known).status_code == 200


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_confidential_app_without_its_secret_gets_nothing(
    client: Client, ann: User, secret: str
) -> None:
    app, right = make_app(make_user(), is_confidential=True)
    code = Telly(app, right)
    told = code.code(client, "read")

    code.secret = secret

    assert code.fetch(code=told).status_code == 401


# --- Codes ---------------------------------------------------------------------------------------
def test_a_code_is_good_once(client: Client, telly: Telly) -> None:
    code = telly.code(client, "read")
    telly.fetch(code=code)

    answer = telly.fetch(code=code)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "told", [{"code_verifier": "x" * 50}, {"redirect_uri": "https://app.example/other"}]
)
def test_a_code_is_good_for_who_asked_for_it_alone(
    client: Client, telly: Telly, told: dict[str, str]
) -> None:
    code = telly.code(client, "read")

    assert telly.fetch(code=code, **told).status_code in (400, 401)
    assert telly.fetch(code=code).status_code == 200


def test_a_code_is_no_other_app_s(client: Client, telly: Telly) -> None:
    other = Telly(make_app(make_user())[0])
    other.verifier = telly.verifier

    assert other.fetch(code=telly.code(client, "read")).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "password", "username": "ann", "password": "x"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "invalid_client"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "authorization_code", "code": "\x00"}, "invalid_request"),
        ({"grant_type": "refresh_token", "resource": "nonsense"}, "invalid_target"),
        ({"grant_type": DEVICE}, "invalid_request"),
        ({"grant_type": DEVICE, "device_code": "nonsense"}, "invalid_grant"),
    ],
)
def test_who_asks_for_a_token_wrongly_hears_how(
    telly: Telly, told: dict[str, str], error: str
) -> None:
    answer = telly.ask(**told)

    assert answer.status_code in (400, 401)
    assert answer.json()["error"] == error


@pytest.mark.parametrize("path", ["token", "revoke", "device/code"])
def test_programs_ask_by_post(client: Client, path: str) -> None:
    answer = client.get(f"/oauth/{path}")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["token", "revoke", "device/code"])
def test_programs_that_ask_without_a_form_are_refused(client: Client, path: str) -> None:
    answer = client.post(f"/oauth/{path}", b"{}", content_type="application/json")

    assert answer.status_code in (400, 401)


def test_who_asks_for_tokens_too_often_is_put_off(telly: Telly) -> None:
    answers = [telly.ask(grant_type="nonsense") for _ in range(121)]

    assert [answers[119].status_code, answers[120].status_code] == [400, 429]
    assert answers[120]["Retry-After"] == "60"


# --- Refreshing ----------------------------------------------------------------------------------
def test_a_refresh_gives_new_keys(client: Client, telly: Telly) -> None:
    before = telly.keys(client, "read")

    after = telly.refresh(before["refresh_token"]).json()

    assert after["refresh_token"] != before["refresh_token"]
    assert after["scope"] == "read"


def test_a_refresh_token_that_was_used_ends_all_of_the_app(
    client: Client, ann: User, telly: Telly
) -> None:
    first = telly.keys(client, "read")
    second = telly.refresh(first["refresh_token"]).json()

    again = telly.refresh(first["refresh_token"])

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert telly.refresh(second["refresh_token"]).status_code == 400
    assert not Token.objects.filter(user=ann).exists()
    assert not ann.authorizations.exists()


def test_its_member_hears_that_a_refresh_token_was_used_twice(
    client: Client, ann: User, telly: Telly
) -> None:
    first = telly.keys(client, "read")
    telly.refresh(first["refresh_token"])
    telly.refresh(first["refresh_token"])

    texts = [told.text for told in ann.notifications.filter(kind=Kind.SECURITY)]
    assert any("A key of Telly to your account was used twice" in text for text in texts)


def test_a_thief_costs_no_other_app_and_no_other_member_their_keys(
    client: Client, ann: User, telly: Telly
) -> None:
    other = Telly(make_app(make_user(), name="Other")[0])
    spared = other.keys(client, "read")
    bob = Client()
    bob.force_login(make_user())
    theirs = telly.keys(bob, "read")
    first = telly.keys(client, "read")
    for _ in range(2):
        telly.refresh(first["refresh_token"])

    assert other.refresh(spared["refresh_token"]).status_code == 200
    assert telly.refresh(theirs["refresh_token"]).status_code == 200


def test_a_refresh_token_that_never_was_costs_nobody_anything(client: Client, telly: Telly) -> None:
    keys = telly.keys(client, "read")
    telly.refresh("nonsense")

    assert telly.refresh(keys["refresh_token"]).status_code == 200


def test_a_refresh_token_runs_out(client: Client, telly: Telly) -> None:
    keys = telly.keys(client, "read")

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert telly.refresh(keys["refresh_token"]).json()["error"] == "invalid_grant"


def test_what_was_allowed_can_not_grow_by_refreshing(client: Client, telly: Telly) -> None:
    keys = telly.keys(client, "read")

    answer = telly.refresh(keys["refresh_token"], scope="read write:lists")

    assert answer.json()["error"] == "invalid_scope"


# --- Taking it back ------------------------------------------------------------------------------
def test_an_app_gives_back_its_key(client: Client, telly: Telly) -> None:
    keys = telly.keys(client, "read")

    telly.machine.post("/oauth/revoke", {"client_id": telly.app.pk, "token": keys["refresh_token"]})

    assert telly.refresh(keys["refresh_token"]).status_code == 400


def test_what_was_taken_back_stays_so_though_a_code_was_on_its_way(
    client: Client, ann: User, telly: Telly
) -> None:
    code = telly.code(client, "read")
    consenting.revoke(ann.authorizations.get())

    keys = telly.fetch(code=code).json()

    assert telly.machine.get(MINE, headers=bearer(keys["access_token"])).status_code == 401


def test_what_was_allowed_twice_is_one_row_with_both(
    client: Client, ann: User, telly: Telly
) -> None:
    telly.keys(client, "write:lists")
    telly.keys(client, "read")

    assert ann.authorizations.get().scopes == "read write:lists"


def test_what_has_lapsed_is_forgotten(client: Client, ann: User, telly: Telly) -> None:
    first = telly.keys(client, "read")
    telly.refresh(first["refresh_token"])
    soon, late = timezone.now() + timedelta(days=6), timezone.now() + timedelta(days=8)

    with time_machine.travel(soon):
        tasks.forget_lapsed_keys()
    kept = (ann.authorizations.count(), SpentToken.objects.count())
    with time_machine.travel(late):
        tasks.forget_lapsed_keys()

    assert kept == (1, 1)
    assert (ann.authorizations.count(), SpentToken.objects.count()) == (0, 0)
    assert not Token.objects.exists()


def test_the_apps_of_whom_the_staff_keeps_out_are_out_with_them(
    client: Client, telly: Telly
) -> None:
    keys, code = telly.keys(client, "read"), device(telly)["user_code"]
    User.objects.filter(username="maker").update(is_active=False)

    used = telly.machine.get(MINE, headers=bearer(keys["access_token"]))
    asked = client.get(telly.question("read"))
    typed = client.get("/device", {"code": code})

    assert (used.status_code, asked.status_code, typed.status_code) == (401, 400, 422)


# --- TVs -----------------------------------------------------------------------------------------
def device(telly: Telly, scope: str = "read write:lists") -> dict[str, Any]:
    body = f"client_id={telly.app.pk}&scope={scope.replace(' ', '+')}"
    answer = telly.machine.post("/oauth/device/code", body, content_type=FORM)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def poll(telly: Telly, told: dict[str, Any], later: int = 0) -> Any:
    with time_machine.travel(timezone.now() + timedelta(seconds=later)):
        return telly.ask(grant_type=DEVICE, device_code=told["device_code"])


def test_a_tv_shows_where_to_go_and_what_to_type(telly: Telly) -> None:
    told = device(telly)

    assert told["verification_uri"] == "http://testserver/device"
    assert re.fullmatch("[A-Z]{4}-[A-Z]{4}", told["user_code"])
    assert told["expires_in"] == 600


@pytest.mark.parametrize("typed", [str.upper, str.lower, lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_as_one_likes(client: Client, telly: Telly, typed: Any) -> None:
    told = device(telly)

    page = client.get("/device", {"code": typed(told["user_code"])}).content.decode()

    assert "Let Telly in?" in page
    assert told["user_code"] in page


def test_a_tv_is_let_in(client: Client, ann: User, telly: Telly) -> None:
    told = device(telly)
    waiting = poll(telly, told).json()
    answer = {"code": told["user_code"], "scopes": ["read"], "action": "grant"}
    page = client.post("/device", answer).content.decode()

    keys = poll(telly, told, later=6).json()

    assert waiting["error"] == "authorization_pending"
    assert "Telly is in" in page
    assert keys["scope"] == "read"
    assert ann.authorizations.get().scopes == "read"


def test_a_tv_that_says_nothing_may_read(client: Client, telly: Telly) -> None:
    answer = telly.machine.post(
        "/oauth/device/code", f"client_id={telly.app.pk}", content_type=f"{FORM}; charset=utf-8"
    )
    page = client.get("/device", {"code": answer.json()["user_code"]}).content.decode()

    assert "See what you see" in page
    assert "Change your watchlist" not in page


def test_a_tv_is_turned_away(client: Client, telly: Telly) -> None:
    told = device(telly)
    page = client.post("/device", {"code": told["user_code"], "action": "deny"}).content.decode()

    assert "Telly stays out" in page
    assert poll(telly, told).json()["error"] == "access_denied"
    assert not Authorization.objects.exists()


def test_to_open_the_address_of_a_tv_lets_nobody_in(client: Client, telly: Telly) -> None:
    told = device(telly)
    client.get(told["verification_uri_complete"].removeprefix("http://testserver"))

    assert poll(telly, told).json()["error"] == "authorization_pending"


def test_a_tv_is_let_in_from_our_page_or_not_at_all(ann: User, telly: Telly) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(ann)
    told = device(telly)

    answer = careful.post(
        "/device", {"code": told["user_code"], "scopes": ["read"], "action": "grant"}
    )

    assert answer.status_code == 403
    assert poll(telly, told).json()["error"] == "authorization_pending"


@pytest.mark.parametrize("code", ["", "nonsense", "ABCD-EFGH", "\x00", "1" * 500, "ä"])
def test_a_code_that_there_is_not_is_said_so(client: Client, ann: User, code: str) -> None:
    assert client.get("/device", {"code": code}).status_code == 422


def test_codes_are_not_to_be_guessed(client: Client, ann: User) -> None:
    pages = [client.get("/device", {"code": f"ABCD-EFG{n:x}"}) for n in range(21)]

    assert "That was a little fast" in pages[-1].content.decode()


def test_a_code_is_used_up(client: Client, telly: Telly) -> None:
    told = device(telly)
    client.post("/device", {"code": told["user_code"], "action": "deny"})

    assert client.get("/device", {"code": told["user_code"]}).status_code == 422


@pytest.mark.parametrize("scope", ["everything", "read everything"])
def test_a_tv_can_not_ask_for_what_there_is_not(telly: Telly, scope: str) -> None:
    body = f"client_id={telly.app.pk}&scope={scope}"

    answer = telly.machine.post("/oauth/device/code", body, content_type=FORM)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


# --- OpenID Connect ------------------------------------------------------------------------------
def test_what_this_site_can_do_is_told_to_machines(client: Client) -> None:
    told = client.get("/.well-known/openid-configuration").json()

    assert told["issuer"] == "http://testserver"
    assert told["authorization_endpoint"] == "http://testserver/oauth/authorize"
    assert told["token_endpoint"] == "http://testserver/oauth/token"
    assert told["device_authorization_endpoint"] == "http://testserver/oauth/device/code"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["response_types_supported"] == ["code"]
    assert "client_credentials" not in told["grant_types_supported"]
    assert "write:lists" in told["scopes_supported"]


def test_a_site_that_is_signed_in_to_learns_who_it_is(
    client: Client, ann: User, telly: Telly
) -> None:
    User.objects.filter(pk=ann.pk).update(display_name="Ann A.", time_zone="Europe/Berlin")
    keys = telly.keys(client, "openid", "profile")
    published = jwt.PyJWKSet.from_dict(client.get("/.well-known/jwks.json").json())
    key = published[jwt.get_unverified_header(keys["id_token"])["kid"]]

    told = jwt.decode(
        keys["id_token"], key, algorithms=["RS256"], audience=telly.app.pk, issuer=settings.SITE_URL
    )

    assert told["sub"] == str(ann.pk)
    assert (told["name"], told["preferred_username"]) == ("Ann A.", "ann")
    assert told["profile"] == "http://testserver/@ann"
    assert told["zoneinfo"] == "Europe/Berlin"


def test_an_app_asks_who_somebody_is(client: Client, ann: User, telly: Telly) -> None:
    keys = telly.keys(client, "openid")

    told = telly.machine.get("/oauth/userinfo", headers=bearer(keys["access_token"])).json()

    assert told == {"sub": str(ann.pk)}


def another_key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_both_keys_hold_while_one_takes_over(client: Client, telly: Telly, settings: Any) -> None:
    before = telly.keys(client, "openid")["id_token"]
    old = client.get("/.well-known/jwks.json").json()["keys"]
    settings.OAUTH_KEY_BEFORE = keys.current()
    settings.OAUTH_KEY = another_key()

    after = telly.keys(client, "openid")["id_token"]
    known = {key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"]}

    kids = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert kids[0] == old[0]["kid"]
    assert set(kids) == known
    assert len(known) == 2
