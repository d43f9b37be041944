"""What a token of ours is worth, to whom, and for how long."""

import base64
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import leaving, tokens
from accounts.models import User
from accounts.tokens import Use
from cinehub.kit.sealing import seal, unseal
from tests.accounts.api.entering import enter, get, is_in, kind, post
from tests.accounts.coming import PASSWORD, sign_in
from tests.make import make_user

pytestmark = pytest.mark.django_db

NEW = "another secret of the tests, which came after the first"
Change = Callable[[dict[str, Any]], dict[str, Any]]


def claims(token: str) -> dict[str, Any]:
    told: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return told


def signed(told: dict[str, Any], **header: str) -> str:
    """As we would sign it."""
    key = tokens.keys()[0]
    return jwt.encode(told, key.secret, "HS256", headers={"kid": key.name} | header)


def without(told: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != name}


def unsigned(told: dict[str, Any]) -> str:
    return jwt.encode(told, None, "none", headers={"kid": tokens.keys()[0].name})


def with_another_body(token: str, **changes: Any) -> str:
    """Its signature is that of the one it was."""
    head, _body, signature = token.split(".")
    body = json.dumps(claims(token) | changes).encode()
    return f"{head}.{base64.urlsafe_b64encode(body).decode().rstrip('=')}.{signature}"


def show(use: str, token: str) -> Any:
    """As what it is said to be."""
    if use == "refresh":
        return post("refresh/", refresh_token=token)
    return get("sessions/", token)


# --- What stands in it ---------------------------------------------------------------------------
@pytest.mark.parametrize(("use", "seconds"), [("access", 15 * 60), ("refresh", 7 * 24 * 3600)])
def test_a_token_says_whose_it_is_for_whom_and_until_when(
    use: str, seconds: int, ann: User
) -> None:
    told = claims(enter()[f"{use}_token"])

    assert told["iss"] == "http://testserver"
    assert told["aud"] == "cinehub-api"
    assert told["sub"] == str(ann.pk)
    assert told["token_use"] == use
    assert told["exp"] - told["iat"] == seconds
    assert set(told) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp", "token_use"}


def test_who_reads_a_token_does_not_find_the_session_in_it(ann: User) -> None:
    """With its key, a browser would be in."""
    pair = enter()
    key = UserSession.objects.get().session_key

    for token in (pair["access_token"], pair["refresh_token"]):
        assert key not in json.dumps(claims(token))


def test_who_reads_the_database_does_not_find_a_token_in_it(ann: User) -> None:
    pair = enter()
    held = str(Session.objects.get().get_decoded())

    for token in (pair["access_token"], pair["refresh_token"]):
        assert token not in held
        assert claims(token)["jti"] not in held


# --- What is refused, and why --------------------------------------------------------------------
FORGED: dict[str, tuple[Change | None, Callable[..., str], str]] = {
    "of another service": (lambda told: told | {"aud": "elsewhere"}, signed, "token-audience"),
    "of several services": (lambda told: told | {"aud": ["elsewhere"]}, signed, "token-audience"),
    "for nobody in particular": (lambda told: without(told, "aud"), signed, "token-invalid"),
    "of another site": (lambda told: told | {"iss": "https://evil"}, signed, "token-audience"),
    "expired": (lambda told: told | {"exp": time.time() - 60}, signed, "token-expired"),
    "without an end": (lambda told: without(told, "exp"), signed, "token-invalid"),
    "from the future": (lambda told: told | {"iat": time.time() + 600}, signed, "token-invalid"),
    "without a name": (lambda told: without(told, "jti"), signed, "token-invalid"),
    "not signed": (lambda told: told, unsigned, "token-algorithm"),
    "for something else": (lambda told: told | {"token_use": "tea"}, signed, "token-use"),
    "of another sign-in": (lambda told: told | {"sid": "999999"}, signed, "token-revoked"),
    "of another member": (lambda told: told | {"sub": "999999"}, signed, "token-revoked"),
}


@pytest.mark.parametrize("use", ["access", "refresh"])
@pytest.mark.parametrize(("change", "write", "why"), FORGED.values(), ids=FORGED)
def test_a_token_that_we_would_not_give_out_is_refused_with_what_is_wrong(
    use: str, change: Change, write: Callable[..., str], why: str, ann: User
) -> None:
    token = write(change(claims(enter()[f"{use}_token"])))

    assert kind(show(use, token)) == (401, why)


@pytest.mark.parametrize("use", ["access", "refresh"])
@pytest.mark.parametrize(
    "tamper",
    [
        lambda token: with_another_body(token, sub="1"),
        lambda token: with_another_body(token, exp=time.time() + 10**8),
        lambda token: token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"),
        lambda token: token.rpartition(".")[0] + ".",
        lambda token: "a.b.c",
        lambda token: "..",
    ],
)
def test_a_token_that_was_tampered_with_is_refused(
    use: str, tamper: Callable[[str], str], ann: User
) -> None:
    token = tamper(enter()[f"{use}_token"])

    assert kind(show(use, token)) == (401, "token-invalid")


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize("algorithm", ["HS512", "HS384"])
def test_another_algorithm_is_refused_even_with_our_key(algorithm: str, ann: User) -> None:
    key = tokens.keys()[0]
    told = claims(enter()["access_token"])

    token = jwt.encode(told, key.secret, algorithm, headers={"kid": key.name})

    assert kind(show("access", token)) == (401, "token-algorithm")


def test_it_is_not_signed_with_the_secret_of_the_site_itself(ann: User, settings: Any) -> None:
    told = claims(enter()["access_token"])
    headers = {"kid": tokens.keys()[0].name}

    token = jwt.encode(told, settings.SECRET_KEY, "HS256", headers=headers)

    assert kind(show("access", token)) == (401, "token-invalid")


@pytest.mark.parametrize(("use", "instead"), [("access", "refresh"), ("refresh", "access")])
def test_one_kind_of_token_does_not_do_for_the_other(use: str, instead: str, ann: User) -> None:
    pair = enter()

    assert kind(show(use, pair[f"{instead}_token"])) == (401, "token-use")
    assert is_in(pair["access_token"])


@pytest.mark.parametrize(
    ("use", "lasts"), [("access", timedelta(minutes=15)), ("refresh", timedelta(days=7))]
)
def test_a_token_lasts_so_long_and_no_longer(use: str, lasts: timedelta, ann: User) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        token = enter()[f"{use}_token"]

    with time_machine.travel(now + lasts + timedelta(minutes=1), tick=False):
        assert kind(show(use, token)) == (401, "token-expired")
    with time_machine.travel(now + lasts - timedelta(minutes=1), tick=False):
        assert show(use, token).status_code == 200


def test_a_refusal_says_how_to_come_in(ann: User) -> None:
    answer = get("sessions/", "a.b.c")

    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


# --- Whom it does not let in any more ------------------------------------------------------------
GONE: dict[str, tuple[Callable[[User], Any], str]] = {
    "erased": (lambda ann: ann.delete(), "token-revoked"),
    "put out": (lambda ann: User.objects.update(is_active=False), "account-closed"),
    "leaving": (lambda ann: leaving.leave(ann), "token-revoked"),
    "about to go": (lambda ann: User.objects.update(leaves_at=timezone.now()), "leaving"),
    "with a new password": (lambda ann: ann.set_password("x") or ann.save(), "token-revoked"),
    "signed out": (lambda ann: UserSession.objects.get().end(), "token-revoked"),
    "forgotten": (lambda ann: Session.objects.all().delete(), "token-revoked"),
}


@pytest.mark.parametrize("use", ["access", "refresh"])
@pytest.mark.parametrize(("happen", "why"), GONE.values(), ids=GONE)
def test_who_is_not_there_any_more_is_not_let_in(
    use: str, happen: Callable[[User], Any], why: str, ann: User
) -> None:
    token = enter()[f"{use}_token"]

    happen(ann)

    assert kind(show(use, token)) == (401, why)


def test_a_new_password_on_the_site_ends_the_apps_but_not_where_it_was_set(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    token = enter()["access_token"]
    sign_in(client, "ann")

    new = {"oldpassword": PASSWORD, "password1": "quite another sentence, 43"}
    client.post("/settings/password", new)

    assert not is_in(token)
    assert client.get("/settings/sessions").status_code == 200


# --- Keys ----------------------------------------------------------------------------------------
def test_a_token_of_the_key_before_is_good_as_long_as_that_is_named(
    ann: User, settings: Any
) -> None:
    pair, before = enter(), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]
    assert is_in(pair["access_token"])
    renewed = post("refresh/", refresh_token=pair["refresh_token"]).json()
    assert is_in(renewed["access_token"])

    settings.SECRET_KEY_FALLBACKS = []
    assert kind(show("access", pair["access_token"])) == (401, "token-invalid")


def test_what_is_given_out_is_signed_with_the_new_key(ann: User, settings: Any) -> None:
    pair, before = enter(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]

    renewed = post("refresh/", refresh_token=pair["refresh_token"]).json()
    fresh = enter()

    named = [jwt.get_unverified_header(one["access_token"])["kid"] for one in (renewed, fresh)]
    assert named == [tokens.keys()[0].name] * 2
    assert jwt.get_unverified_header(pair["access_token"])["kid"] == tokens.keys()[1].name


def test_a_renewed_sign_in_outlives_the_key_before(ann: User, settings: Any) -> None:
    pair, before = enter(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]
    renewed = post("refresh/", refresh_token=pair["refresh_token"]).json()

    settings.SECRET_KEY_FALLBACKS = []

    assert is_in(renewed["access_token"])


def test_a_sign_in_of_the_key_before_is_still_among_the_sessions(ann: User, settings: Any) -> None:
    pair, before = enter(), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]

    told = get("sessions/", pair["access_token"]).json()

    assert [one["is_current"] for one in told["results"]] == [True]


def test_what_was_sealed_with_the_key_before_is_still_read(settings: Any) -> None:
    """Second factors, and mails on their way."""
    sealed, before = seal("a secret"), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]

    assert unseal(sealed) == "a secret"


# --- What it costs -------------------------------------------------------------------------------
def test_to_let_somebody_in_takes_one_question_however_many_sign_ins_there_are(ann: User) -> None:
    for _ in range(5):
        token = enter()["access_token"]
    make_user()
    request = RequestFactory().get("/")
    tokens.member_of_jwt(request, token)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        member, auth = tokens.member_of_jwt(request, token)

    assert member == ann
    assert auth.scopes is None
    assert len(asked) == 1


def test_a_token_is_written_for_its_use(ann: User) -> None:
    token, name = tokens.write(Use.ACCESS, member=1, sign_in=2)

    assert tokens.read(token, Use.ACCESS)["jti"] == name
