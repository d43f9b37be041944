"""Apps, authorisations and tokens through the API: a member's own, and no app's to touch."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import consenting, issuing, registering
from accounts.models import PersonalToken, User
from tests.accounts.api.entering import codes, kind
from tests.accounts.coming import PASSWORD
from tests.accounts.oauth import BACK, bearer, make_app
from tests.make import make_user

pytestmark = pytest.mark.django_db

APPS, ALLOWED, TOKENS = "/api/v1/apps/", "/api/v1/authorizations/", "/api/v1/tokens/"
APP = {"name": "Telly", "redirect_uris": [BACK], "homepage": "https://app.example/"}
TOKEN = {"name": "backup", "scopes": ["read"]}


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", password=PASSWORD)


@pytest.fixture
def client(ann: User) -> Client:
    """Who has just said once more that it is them."""
    client = Client()
    client.force_login(ann)
    client.post("/sign-in/again", {"password": PASSWORD})
    return client


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(path, body or {}, content_type="application/json")


# --- Apps ----------------------------------------------------------------------------------------
def test_an_app_is_registered_and_its_secret_told_once(client: Client, ann: User) -> None:
    answer = send(client, "post", APPS, APP)

    told = answer.json()
    made = App.objects.get(pk=told["id"])
    assert answer.status_code == 201
    assert made.owner == ann
    assert made.check_secret(told["client_secret"])
    assert "client_secret" not in client.get(f"{APPS}{made.pk}/").json()
    assert "client_secret" not in client.get(APPS).json()["results"][0]


def test_an_app_that_keeps_no_secret_gets_none(client: Client) -> None:
    told = send(client, "post", APPS, {"name": "TV", "is_confidential": False}).json()

    assert told["client_secret"] == ""
    assert told["redirect_uris"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"homepage": "ftp://app.example/"}, "homepage"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"redirect_uris": ["http://app.example/"]}, "redirect_uris"),
        ({"redirect_uris": [f"https://app.example/{n}" for n in range(11)]}, "redirect_uris"),
    ],
)
def test_what_is_wrong_with_an_app_is_said(
    client: Client, wrong: dict[str, Any], field: str
) -> None:
    assert field in codes(send(client, "post", APPS, APP | wrong))


def test_an_app_is_changed_in_part(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)

    told = send(client, "patch", f"{APPS}{app.pk}/", {"name": "Screen"}).json()

    assert (told["name"], told["homepage"], told["redirect_uris"]) == (
        "Screen",
        "https://app.example/",
        [BACK],
    )


def test_a_new_secret_takes_the_place_of_the_old_one(client: Client, ann: User) -> None:
    app, old = make_app(ann, is_confidential=True)

    new = send(client, "post", f"{APPS}{app.pk}/secret/").json()["client_secret"]

    app.refresh_from_db()
    assert (app.check_secret(new), app.check_secret(old)) == (True, False)


def test_an_app_without_a_secret_gets_no_new_one(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)

    answer = send(client, "post", f"{APPS}{app.pk}/secret/")

    assert kind(answer) == (422, "unprocessable")


def test_an_app_is_deleted(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)

    assert send(client, "delete", f"{APPS}{app.pk}/").status_code == 204
    assert not App.objects.exists()


def test_nobody_has_more_apps_than_anybody_may(client: Client, ann: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(registering, "AT_MOST", 1)
    make_app(ann)

    assert kind(send(client, "post", APPS, APP)) == (422, "unprocessable")


# --- Apps that were let in -----------------------------------------------------------------------
def test_an_app_is_shown_out(client: Client, ann: User) -> None:
    app, _secret = make_app(make_user())
    consenting.allow(ann, app, ["read", "write:lists"])
    Token.objects.create(user=ann, client=app, type=Token.Type.ACCESS_TOKEN, hash="x")

    [told] = client.get(ALLOWED).json()["results"]
    answer = send(client, "delete", f"{ALLOWED}{told['id']}/")

    assert told["app"]["name"] == "Telly"
    assert told["scopes"] == ["read", "write:lists"]
    assert answer.status_code == 204
    assert not Token.objects.exists()


# --- Tokens --------------------------------------------------------------------------------------
def test_a_token_is_made_and_told_once(client: Client, ann: User) -> None:
    ends = timezone.now() + timedelta(days=30)

    answer = send(client, "post", TOKENS, TOKEN | {"expires_at": ends.isoformat()})

    told = answer.json()
    assert answer.status_code == 201
    assert told["token"].startswith("chp_")
    found = issuing.find(told["token"])
    assert found
    assert found[0] == ann
    assert found[1].scopes == {"read"}
    assert ann.tokens.get().expires_at == ends
    assert "token" not in client.get(f"{TOKENS}{told['id']}/").json()


def test_of_a_token_the_database_holds_no_more_than_a_hash(client: Client, ann: User) -> None:
    value = send(client, "post", TOKENS, TOKEN).json()["token"]

    row = PersonalToken.objects.values().get()

    assert value not in str(row)
    assert value.removeprefix("chp_") not in str(row)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes.0"),
        ({"scopes": ["openid"]}, "scopes.0"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "soon"}, "expires_at"),
    ],
)
def test_what_is_wrong_with_a_token_is_said(
    client: Client, wrong: dict[str, Any], field: str
) -> None:
    assert field in codes(send(client, "post", TOKENS, TOKEN | wrong))


def test_a_token_is_taken_away(client: Client, ann: User) -> None:
    made, value = issuing.issue(ann, name="x", reach=["read"], expires_at=None)

    assert send(client, "delete", f"{TOKENS}{made.pk}/").status_code == 204
    assert issuing.find(value) is None


def test_nobody_has_more_tokens_than_anybody_may(
    client: Client, ann: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(issuing, "AT_MOST", 1)
    issuing.issue(ann, name="x", reach=["read"], expires_at=None)

    assert kind(send(client, "post", TOKENS, TOKEN)) == (422, "unprocessable")


def test_a_token_that_is_asked_for_twice_with_one_key_is_made_once(
    client: Client, ann: User
) -> None:
    key = {"Idempotency-Key": "one"}

    values = [
        client.post(TOKENS, TOKEN, content_type="application/json", headers=key).json()["token"]
        for _ in range(2)
    ]

    assert values[0] == values[1]
    assert ann.tokens.count() == 1


# --- For whom ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "method"),
    [
        (APPS, "get"),
        (APPS, "post"),
        (ALLOWED, "get"),
        (TOKENS, "get"),
        (TOKENS, "post"),
    ],
)
def test_no_token_makes_another_or_learns_of_one(ann: User, path: str, method: str) -> None:
    reach = ["read", "write:lists", "write:history", "write:reviews", "profile"]
    _made, value = issuing.issue(ann, name="x", reach=reach, expires_at=None)

    answer = getattr(Client(), method)(path, headers=bearer(value))

    assert kind(answer) == (403, "insufficient-scope")


@pytest.mark.parametrize(
    ("path", "method"), [(APPS, "post"), (TOKENS, "post"), ("app", "patch"), ("app", "delete")]
)
def test_who_has_not_lately_said_who_they_are_is_asked_to(
    ann: User, path: str, method: str
) -> None:
    stale = Client()
    stale.force_login(ann)
    if path == "app":
        path = f"{APPS}{make_app(ann)[0].pk}/"

    answer = send(stale, method, path, TOKEN if path == TOKENS else APP)

    assert kind(answer) == (403, "reauthentication-required")


def test_what_is_another_member_s_is_not_there(client: Client) -> None:
    bob = make_user()
    app, _secret = make_app(bob, is_confidential=True)
    token, _value = issuing.issue(bob, name="x", reach=["read"], expires_at=None)
    allowed = consenting.allow(bob, app, ["read"])
    tried = [
        ("get", f"{APPS}{app.pk}/"),
        ("patch", f"{APPS}{app.pk}/"),
        ("delete", f"{APPS}{app.pk}/"),
        ("post", f"{APPS}{app.pk}/secret/"),
        ("get", f"{ALLOWED}{allowed.pk}/"),
        ("delete", f"{ALLOWED}{allowed.pk}/"),
        ("get", f"{TOKENS}{token.pk}/"),
        ("delete", f"{TOKENS}{token.pk}/"),
    ]

    assert {send(client, method, path).status_code for method, path in tried} == {404}


@pytest.mark.parametrize("path", [APPS, ALLOWED, TOKENS])
def test_questions_do_not_grow_with_what_there_is(client: Client, ann: User, path: str) -> None:
    def asked(many: int) -> int:
        for n in range(many):
            make_app(ann)
            consenting.allow(ann, make_app(make_user())[0], ["read"])
            issuing.issue(ann, name=f"{n}", reach=["read"], expires_at=None)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    client.get(path)
    assert asked(1) == asked(5)
