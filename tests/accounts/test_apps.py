"""The settings' pages of apps and tokens: to make them, to see them, and to take them away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import consenting, erasure, issuing, registering
from accounts.models import Authorization, Kind, PersonalToken, SpentToken, User
from accounts.registering import check_address
from tests.accounts.coming import PASSWORD
from tests.accounts.oauth import BACK, make_app
from tests.make import make_user

pytestmark = pytest.mark.django_db

APPS, ALLOWED, TOKENS = "/settings/apps", "/settings/apps/allowed", "/settings/tokens"
APP = {"name": "Telly", "redirect_uris": BACK, "type": "confidential", "homepage": ""}
TOKEN = {"name": "backup", "scopes": ["read"], "lasts": "30"}
PAGES = (APPS, f"{APPS}/new", ALLOWED, TOKENS)


@pytest.fixture
def ann(client: Client) -> User:
    """Who has no password, and so is not asked for it again."""
    found = make_user(username="ann")
    client.force_login(found)
    return found


def let_in(member: User, name: str = "Telly") -> Authorization:
    app, _secret = make_app(make_user(), name=name)
    Token.objects.create(
        user=member, client=app, type=Token.Type.REFRESH_TOKEN, hash=f"of {member} {app}"
    )
    return consenting.allow(member, app, ["read", "write:lists"])


def secret_on(page: Any) -> str:
    found = re.search('<p class="secret">([^<]+)</p>', page.content.decode())
    return found[1] if found else ""


# --- All of them ---------------------------------------------------------------------------------
@pytest.mark.parametrize("page", [*PAGES, "/device"])
def test_who_is_not_signed_in_is_led_to_the_door(page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/sign-in?next={page}")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_it_is_kept_by_a_browser(client: Client, ann: User, page: str) -> None:
    assert "no-store" in client.get(page)["Cache-Control"]


@pytest.mark.parametrize("page", [*PAGES, "/device"])
def test_the_settings_lead_there(client: Client, ann: User, page: str) -> None:
    told = client.get(ALLOWED).content.decode()

    assert page == f"{APPS}/new" or f'href="{page}"' in told


def test_what_is_another_member_s_is_not_there(client: Client, ann: User) -> None:
    bob = make_user()
    app, _secret = make_app(bob, is_confidential=True)
    token, _value = issuing.issue(bob, name="x", reach=["read"], expires_at=None)
    allowed = let_in(bob)
    tried = [
        ("get", f"{APPS}/{app.pk}"),
        ("post", f"{APPS}/{app.pk}"),
        ("post", f"{APPS}/{app.pk}/secret"),
        ("get", f"{APPS}/{app.pk}/delete"),
        ("post", f"{APPS}/{app.pk}/delete"),
        ("post", f"{ALLOWED}/{allowed.pk}/revoke"),
        ("post", f"{TOKENS}/{token.pk}/revoke"),
        ("post", f"{TOKENS}/{10**17}/revoke"),
    ]

    assert {getattr(client, method)(path).status_code for method, path in tried} == {404}
    assert (App.objects.count(), PersonalToken.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"{APPS}/new", APP),
        (TOKENS, TOKEN),
        (f"{APPS}/<app>", APP),
        (f"{APPS}/<app>/secret", {}),
        (f"{APPS}/<app>/delete", {}),
    ],
)
def test_who_has_not_lately_said_who_they_are_is_asked_to(
    client: Client, path: str, told: dict[str, Any]
) -> None:
    member = make_user(password=PASSWORD)
    client.force_login(member)
    app, _secret = make_app(member, is_confidential=True)

    answer = client.post(path.replace("<app>", app.pk), told)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again")
    assert (App.objects.count(), PersonalToken.objects.count()) == (1, 0)


def test_what_was_asked_for_is_done_once_they_have_said_who_they_are(client: Client) -> None:
    member = make_user(password=PASSWORD)
    client.force_login(member)
    door = client.post(TOKENS, TOKEN)["Location"]

    page = client.post(door, {"password": PASSWORD})

    assert issuing.find(secret_on(page))


@pytest.mark.parametrize("page", [ALLOWED, TOKENS, APPS])
def test_questions_do_not_grow_with_what_there_is(client: Client, ann: User, page: str) -> None:
    def asked(many: int) -> int:
        for n in range(many):
            make_app(ann)
            let_in(ann)
            issuing.issue(ann, name=f"{n}", reach=["read"], expires_at=None)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    client.get(page)
    assert asked(1) == asked(5)


# --- One's own apps ------------------------------------------------------------------------------
def test_an_app_is_registered_and_its_secret_shown_once(client: Client, ann: User) -> None:
    page = client.post(f"{APPS}/new", APP)

    app = App.objects.get(owner=ann)
    assert app.check_secret(secret_on(page))
    assert app.get_redirect_uris() == [BACK]
    assert app.pk in page.content.decode()
    assert not secret_on(client.get(f"{APPS}/{app.pk}"))
    assert "Telly" in client.get(APPS).content.decode()


def test_an_app_of_its_users_has_no_secret_and_may_be_a_tv(client: Client, ann: User) -> None:
    page = client.post(f"{APPS}/new", APP | {"type": "public", "redirect_uris": ""})

    app = App.objects.get(owner=ann)
    assert not secret_on(page)
    assert app.type == App.Type.PUBLIC
    assert App.GrantType.DEVICE_CODE in app.get_grant_types()
    assert App.GrantType.CLIENT_CREDENTIALS not in app.get_grant_types()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"homepage": "nonsense"}, "homepage"),
        ({"homepage": "ftp://app.example/"}, "homepage"),
        ({"redirect_uris": ""}, "redirect_uris"),
        ({"redirect_uris": "http://app.example/"}, "redirect_uris"),
        ({"redirect_uris": "\n".join(f"{BACK}/{n}" for n in range(11))}, "redirect_uris"),
        ({"type": "else"}, "type"),
    ],
)
def test_what_is_wrong_with_an_app_is_said(
    client: Client, ann: User, told: dict[str, str], field: str
) -> None:
    page = client.post(f"{APPS}/new", APP | told)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not App.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example/back?way=one",
        "http://localhost/back",
        "http://127.0.0.1:8912/back",
        "http://[::1]/back",
        "com.example.app:/back",
        "com.example.app://back",
    ],
)
def test_a_code_may_be_sent_to_an_app(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "back",
        "/back",
        "//app.example/back",
        "https://",
        "https:///back",
        "http://app.example/back",
        "http://localhost.evil.example/back",
        "https://ann@app.example/back",
        "https://app.example/back#part",
        "https://*.example/back",
        "https://app.example/a b",
        "https://app.example/\\back",
        "https://app.example:port/",
        "https://[::1/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "app:/back",
        "x" * 501,
    ],
)
def test_a_code_is_not_sent_just_anywhere(client: Client, ann: User, address: str) -> None:
    page = client.post(f"{APPS}/new", APP | {"redirect_uris": address})

    assert page.status_code == 422


def test_an_app_is_changed(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)

    client.post(
        f"{APPS}/{app.pk}",
        {"name": "Screen", "description": "Shows films.", "redirect_uris": f"{BACK}\n{BACK}/2"},
    )

    app.refresh_from_db()
    told = registering.App.of(app)
    assert (told.name, told.description, told.homepage) == ("Screen", "Shows films.", "")
    assert told.redirect_uris == [BACK, f"{BACK}/2"]


def test_a_form_shows_what_an_app_is(client: Client, ann: User) -> None:
    app, _secret = make_app(ann, redirect_uris=[BACK, f"{BACK}/2"])

    page = client.get(f"{APPS}/{app.pk}").content.decode()

    assert f"{BACK}\n{BACK}/2</textarea>" in page
    assert 'value="https://app.example/"' in page


def test_a_new_secret_takes_the_place_of_the_old_one(client: Client, ann: User) -> None:
    app, old = make_app(ann, is_confidential=True)

    new = secret_on(client.post(f"{APPS}/{app.pk}/secret"))

    app.refresh_from_db()
    assert (app.check_secret(new), app.check_secret(old)) == (True, False)


def test_an_app_without_a_secret_gets_none(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)

    assert client.post(f"{APPS}/{app.pk}/secret").status_code == 404


def test_an_app_is_deleted_and_everybody_s_keys_with_it(client: Client, ann: User) -> None:
    app, _secret = make_app(ann)
    bob = make_user()
    consenting.allow(bob, app, ["read"])
    Token.objects.create(user=bob, client=app, type=Token.Type.ACCESS_TOKEN, hash="x")
    asked = client.get(f"{APPS}/{app.pk}/delete").content.decode()

    client.post(f"{APPS}/{app.pk}/delete")

    assert "Delete “Telly”?" in asked
    assert not App.objects.exists()
    assert not Token.objects.exists()
    assert not bob.authorizations.exists()


def test_nobody_has_more_apps_than_anybody_may(client: Client, ann: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(registering, "AT_MOST", 1)
    make_app(ann)

    page = client.post(f"{APPS}/new", APP)

    assert page.status_code == 422
    assert "as many as anybody may" in page.content.decode()


def test_what_an_app_says_of_itself_is_no_markup(client: Client, ann: User) -> None:
    make_app(ann, name="<b>x</b>")

    assert "<b>x</b>" not in client.get(APPS).content.decode()


# --- Apps that were let in -----------------------------------------------------------------------
def test_apps_that_were_let_in_are_listed_with_what_they_may(client: Client, ann: User) -> None:
    held = let_in(ann)
    Authorization.objects.filter(pk=held.pk).update(
        last_used_at=timezone.now() - timedelta(hours=2)
    )

    page = client.get(ALLOWED).content.decode()

    assert "Telly" in page
    assert "Change your watchlist" in page
    assert "last used 2\xa0hours ago" in page


def test_an_app_is_shown_out(client: Client, ann: User) -> None:
    held, spared = let_in(ann), let_in(ann, "Other")

    answer = client.post(f"{ALLOWED}/{held.pk}/revoke")

    assert (answer.status_code, answer["Location"]) == (303, ALLOWED)
    assert list(ann.authorizations.all()) == [spared]
    assert list(Token.objects.values_list("client", flat=True)) == [spared.client_id]


# --- Tokens --------------------------------------------------------------------------------------
def test_a_token_is_made_and_shown_once(client: Client, ann: User) -> None:
    value = secret_on(client.post(TOKENS, TOKEN))

    found = issuing.find(value)
    assert found
    assert found[0] == ann
    assert found[1].scopes == {"read"}
    assert value not in client.get(TOKENS).content.decode()


@pytest.mark.parametrize(("lasts", "days"), [("7", 7), ("365", 365), ("", None)])
def test_a_token_holds_as_long_as_was_said(
    client: Client, ann: User, lasts: str, days: int | None
) -> None:
    client.post(TOKENS, TOKEN | {"lasts": lasts})

    ends = ann.tokens.get().expires_at
    assert (ends and round((ends - timezone.now()) / timedelta(days=1))) == days


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"scopes": ["email"]}, "scopes"),
        ({"lasts": "10000"}, "lasts"),
    ],
)
def test_what_is_wrong_with_a_token_is_said(
    client: Client, ann: User, told: dict[str, Any], field: str
) -> None:
    page = client.post(TOKENS, TOKEN | told)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}


def test_a_token_is_taken_away(client: Client, ann: User) -> None:
    made, value = issuing.issue(ann, name="x", reach=["read"], expires_at=None)

    answer = client.post(f"{TOKENS}/{made.pk}/revoke")

    assert (answer.status_code, answer["Location"]) == (303, TOKENS)
    assert issuing.find(value) is None


def test_a_token_that_has_run_out_is_said_to_have(client: Client, ann: User) -> None:
    issuing.issue(ann, name="x", reach=["read"], expires_at=timezone.now() - timedelta(days=1))

    assert "run out" in client.get(TOKENS).content.decode()


def test_nobody_has_more_tokens_than_anybody_may(
    client: Client, ann: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(issuing, "AT_MOST", 1)
    issuing.issue(ann, name="x", reach=["read"], expires_at=None)

    assert client.post(TOKENS, TOKEN).status_code == 422


# --- What its member hears, and what is left of it -----------------------------------------------
def test_its_member_hears_of_each_key_that_was_made(ann: User) -> None:
    issuing.issue(ann, name="backup", reach=["read"], expires_at=None)
    app, _secret = make_app(ann, is_confidential=True)
    registering.renew_secret(app)

    told = list(ann.notifications.filter(kind=Kind.SECURITY).order_by("pk"))
    assert [one.text for one in told] == [
        "A personal token was made for your account: backup",
        "An app was registered with your account: Telly",
        "Telly has a new secret.",
    ]
    assert [one.mail for one in told] == ["at once"] * 3


def test_nothing_is_left_of_it_once_its_member_is_erased(ann: User) -> None:
    issuing.issue(ann, name="backup", reach=["read"], expires_at=None)
    make_app(ann)
    held = let_in(ann)
    SpentToken.objects.create(hash="x", user=ann, client=held.client)
    User.objects.filter(pk=ann.pk).update(leaves_at=timezone.now() - timedelta(days=1))

    erasure.erase(ann.pk)

    assert App.objects.filter(pk=held.client_id).exists()
    assert App.objects.count() == 1
    assert not any(
        model.objects.exists() for model in (PersonalToken, Authorization, Token, SpentToken)
    )
