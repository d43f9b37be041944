"""Coming in through the API: what the pages' doors keep to, these keep to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import inviting, phoning
from accounts.models import Invitation, User
from tests.accounts.api.entering import codes, enter, is_in, kind, post
from tests.accounts.coming import PASSWORD
from tests.accounts.test_doors import code_in
from tests.accounts.test_factors import code, protected, recovery_codes
from tests.accounts.test_phone import NUMBER
from tests.accounts.test_phone import code_in as code_of
from tests.accounts.test_phone import texts as texts
from tests.make import make_user

pytestmark = pytest.mark.django_db
BOB = {"username": "bob", "email": "bob@example.org", "password": PASSWORD}


def address(n: int) -> str:
    return f"10.1.{n >> 8}.{n & 255}"


# --- Signing up ----------------------------------------------------------------------------------
def test_who_signs_up_is_in_and_gets_a_link_to_confirm_the_address(mailbox: list[Any]) -> None:
    answer = post("register/", **BOB)

    assert answer.status_code == 201
    assert is_in(answer.json()["access_token"])
    bob = User.objects.get(username="bob")
    assert bob.check_password(PASSWORD)
    assert [mail.subject for mail in mailbox] == ["Confirm your e-mail address"]
    assert "http://testserver/confirm-email/" in mailbox[0].body


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "admin"}, {"username": ["username_blacklisted"]}),
        ({"username": "ANN"}, {"username": ["username_taken"]}),
        ({"username": "b ob"}, {"username": ["invalid"]}),
        ({"email": "nobody"}, {"email": ["invalid"]}),
        ({"password": "short"}, {"password": ["password_too_short"]}),
        ({"password": "bob@example.org"}, {"password": ["password_too_similar"]}),
        ({"password": ""}, {"password": ["blank"]}),
        ({"invitation": "nothing"}, {"invitation": ["invalid"]}),
    ],
)
def test_what_will_not_do_is_said_by_field(
    fields: dict[str, str], wrong: dict[str, list[str]], ann: User
) -> None:
    assert codes(post("register/", **BOB | fields)) == wrong
    assert not User.objects.filter(username="bob").exists()


def test_blanks_of_a_password_are_its_own(mailbox: list[Any]) -> None:
    post("register/", **BOB | {"password": f" {PASSWORD} "})

    assert post("login/", login="bob", password=PASSWORD).status_code == 400
    assert post("login/", login="bob", password=f" {PASSWORD} ").status_code == 200


def test_signing_up_with_somebodys_address_looks_like_any_other(
    ann: User, mailbox: list[Any]
) -> None:
    answers = [post("register/", **BOB | {"email": ann.email}), post("register/", **BOB)]
    statuses = [answer.status_code for answer in answers]

    assert statuses == [201, 400]
    assert codes(answers[1]) == {"username": ["username_taken"]}
    assert ann.emailaddress_set.get().verified


def test_where_the_address_has_to_be_confirmed_first_nobody_learns_whose_it_is(
    ann: User, mailbox: list[Any], settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    known = post("register/", **BOB | {"email": ann.email})
    unknown = post("register/", **BOB | {"username": "eve", "email": "eve@example.org"})

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.status_code == 202
    assert [mail.subject for mail in mailbox] == [
        "You have an account already",
        "Confirm your e-mail address",
    ]


def test_nobody_signs_up_where_it_is_closed_whatever_they_type(settings: Any) -> None:
    settings.SIGN_UP_CLOSED = True

    assert kind(post("register/", **BOB)) == (403, "closed")
    assert kind(post("register/", **BOB | {"username": "admin"})) == (403, "closed")
    assert not User.objects.exists()


def test_who_was_invited_comes_in_where_it_is_closed_and_their_address_is_confirmed(
    ann: User, mailbox: list[Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIGN_UP_CLOSED = True
    monkeypatch.setattr(inviting.secrets, "token_urlsafe", lambda _length: "the-key")
    inviting.invite(ann, "bob@example.org")

    answer = post("register/", **BOB, invitation="the-key")

    assert answer.status_code == 201
    member = User.objects.get(username="bob")
    assert member.emailaddress_set.get().verified
    assert Invitation.objects.get().accepted_by == member
    again = BOB | {"username": "eve", "email": "eve@example.org", "invitation": "the-key"}
    assert codes(post("register/", **again)) == {"invitation": ["invalid"]}


# --- With a password -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "login", ["ann", "ANN", "ann@example.org", "Ann@Example.org", NUMBER, "+44 (20) 7946.0958"]
)
def test_a_member_signs_in_by_name_address_or_number(login: str, ann: User) -> None:
    phoning.keep(ann, NUMBER)

    told = enter(login)

    assert is_in(told["access_token"])
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 900)
    assert told["refresh_expires_in"] == 7 * 24 * 3600


def test_nothing_of_it_is_kept_by_caches_or_cookies(ann: User) -> None:
    answer = post("login/", login="ann", password=PASSWORD)

    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.parametrize("login", ["ann", "nobody", "ann@example.org", "nobody@example.org"])
def test_a_wrong_password_is_said_alike_of_known_and_unknown(login: str, ann: User) -> None:
    answer = post("login/", login=login, password="wrong")

    [error] = answer.json()["errors"]
    assert kind(answer) == (400, "invalid")
    assert error["message"] == "These do not match. Try again, or choose a new password."


def test_who_is_signed_in_already_may_come_in_once_more(ann: User) -> None:
    """Whatever they bring along: a browser's cookie, or a token that has expired."""
    browser = Client()
    browser.force_login(ann)

    with_cookie = post("login/", browser, login="ann", password=PASSWORD)
    with_token = post("login/", token="a.b.c", login="ann", password=PASSWORD)

    assert with_cookie.status_code == with_token.status_code == 200
    assert browser.get("/settings/sessions").status_code == 200


@pytest.mark.parametrize(
    ("change", "why"), [({"is_active": False}, "account-closed"), ({"leaves_at": 1}, "leaving")]
)
def test_who_is_not_to_come_in_is_told_so_only_with_the_right_password(
    change: dict[str, Any], why: str, ann: User
) -> None:
    if "leaves_at" in change:
        change = {"leaves_at": timezone.now()}
    User.objects.update(**change)

    assert kind(post("login/", login="ann", password="wrong")) == (400, "invalid")
    assert kind(post("login/", login="ann", password=PASSWORD)) == (401, why)
    assert not Session.objects.exists()


def test_where_an_address_has_to_be_confirmed_first_a_mail_is_sent(
    mailbox: list[Any], settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user(username="bob", email="bob@example.org", password=PASSWORD)

    answer = post("login/", login="bob", password=PASSWORD)

    assert kind(answer) == (401, "confirmation-required")
    assert [mail.to for mail in mailbox] == [["bob@example.org"]]


# --- With a second factor ------------------------------------------------------------------------
def test_who_has_a_second_factor_is_not_in_without_it() -> None:
    protected()

    answer = post("login/", login="ann", password="hunter-two-22")

    assert kind(answer) == (401, "second-factor-required")
    told = answer.json()
    assert told["ways"] == ["recovery_codes", "totp"]
    assert "access_token" not in told
    assert not UserSession.objects.exists()


@pytest.mark.parametrize("way", ["app", "recovery"])
def test_with_a_code_of_the_app_or_a_recovery_code_they_are(way: str) -> None:
    user = protected()
    shown = code() if way == "app" else recovery_codes(user)[0]
    pending = post("login/", login="ann", password="hunter-two-22").json()["session_token"]

    answer = post("second-factor/", session_token=pending, code=shown)

    assert is_in(answer.json()["access_token"])


def test_a_code_passes_once_in_all_doors(client: Client) -> None:
    protected()
    shown = code()
    pending = [
        post("login/", login="ann", password="hunter-two-22").json()["session_token"]
        for _ in range(2)
    ]

    first, second = (post("second-factor/", session_token=one, code=shown) for one in pending)

    assert first.status_code == 200
    assert codes(second) == {"code": ["incorrect_code"]}


def test_after_a_wrong_code_one_may_try_again() -> None:
    protected()
    pending = post("login/", login="ann", password="hunter-two-22").json()["session_token"]

    wrong = post("second-factor/", session_token=pending, code="000000")

    assert codes(wrong) == {"code": ["incorrect_code"]}
    assert post("second-factor/", session_token=pending, code=code()).status_code == 200


def test_codes_are_not_to_be_guessed() -> None:
    protected()
    pending = post("login/", login="ann", password="hunter-two-22").json()["session_token"]

    statuses = [
        post(
            "second-factor/",
            Client(REMOTE_ADDR=address(n)),
            session_token=pending,
            code=f"{n:06}",
        ).status_code
        for n in range(8)
    ]

    assert statuses[:5] == [400] * 5
    assert statuses[5:] == [429] * 3


def test_what_lets_one_go_on_is_worth_nothing_afterwards() -> None:
    protected()
    pending = post("login/", login="ann", password="hunter-two-22").json()["session_token"]
    post("second-factor/", session_token=pending, code=code())

    answer = post("second-factor/", session_token=pending, code=code(ahead=1))

    assert kind(answer) == (401, "unauthenticated")


@pytest.mark.parametrize("made_up", ["nothing", "x" * 900, "../../etc"])
def test_a_token_that_was_made_up_leads_nowhere(made_up: str) -> None:
    answer = post("second-factor/", session_token=made_up, code="123456")

    assert kind(answer) == (401, "unauthenticated")


def test_the_key_of_a_browsers_session_does_not_do_in_its_place() -> None:
    browser = Client()
    protected()
    browser.post("/sign-in", {"login": "ann", "password": "hunter-two-22"})

    answer = post("second-factor/", session_token=str(browser.session.session_key), code=code())

    assert kind(answer) == (401, "unauthenticated")


# --- With a code that is sent --------------------------------------------------------------------
def test_a_code_by_mail_signs_in_once(ann: User, mailbox: list[Any]) -> None:
    asked = post("code/", email=ann.email)
    pending, sent = asked.json()["session_token"], code_in(mailbox[0])

    assert asked.status_code == 202
    answer = post("code/confirm/", session_token=pending, code=sent)
    assert is_in(answer.json()["access_token"])
    again = post("code/confirm/", session_token=pending, code=sent)
    assert kind(again) == (401, "unauthenticated")


def test_a_code_to_the_phone_signs_in(ann: User, texts: list[Any]) -> None:
    phoning.keep(ann, NUMBER)
    pending = post("code/", phone="+44 20 7946 0958").json()["session_token"]

    answer = post("code/confirm/", session_token=pending, code=code_of(texts[0][1]))

    assert is_in(answer.json()["access_token"])


def test_a_code_does_not_stand_for_a_second_factor(mailbox: list[Any]) -> None:
    user = protected()
    pending = post("code/", email=user.email).json()["session_token"]

    answer = post("code/confirm/", session_token=pending, code=code_in(mailbox[0]))

    assert kind(answer) == (401, "second-factor-required")
    pending = answer.json()["session_token"]
    assert post("second-factor/", session_token=pending, code=code()).status_code == 200


def test_a_code_is_void_after_three_wrong_ones(ann: User, mailbox: list[Any]) -> None:
    pending = post("code/", email=ann.email).json()["session_token"]
    for _ in range(3):
        wrong = post("code/confirm/", session_token=pending, code="WRONG")
        assert codes(wrong) == {"code": ["incorrect_code"]}

    answer = post("code/confirm/", session_token=pending, code=code_in(mailbox[0]))

    assert kind(answer) == (401, "unauthenticated")


def test_a_code_is_void_after_a_quarter_of_an_hour(
    ann: User, mailbox: list[Any], time_machine: Any
) -> None:
    pending = post("code/", email=ann.email).json()["session_token"]
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=15, seconds=1))

    answer = post("code/confirm/", session_token=pending, code=code_in(mailbox[0]))

    assert kind(answer) == (401, "unauthenticated")


def test_asking_for_a_code_tells_nobody_who_is_a_member(ann: User, mailbox: list[Any]) -> None:
    known, unknown = post("code/", email=ann.email), post("code/", email="eve@example.org")

    assert known.status_code == unknown.status_code == 202
    assert known.json().keys() == unknown.json().keys()
    wrong = [
        codes(post("code/confirm/", session_token=one.json()["session_token"], code="WRONG"))
        for one in (known, unknown)
    ]
    assert wrong[0] == wrong[1]


def test_no_code_goes_to_an_address_that_nobody_has_confirmed(mailbox: list[Any]) -> None:
    make_user(email="victim@example.org")

    post("code/", email="victim@example.org")

    assert mailbox[0].subject == "You have no account here"


@pytest.mark.parametrize(
    "told", [{}, {"email": ""}, {"email": "a@example.org", "phone": NUMBER}, {"phone": "nothing"}]
)
def test_a_code_goes_to_one_place(told: dict[str, str]) -> None:
    assert kind(post("code/", **told)) == (400, "invalid")


# --- Too often -----------------------------------------------------------------------------------
def test_wrong_passwords_stop_at_the_accounts_limit_on_pages_and_here_together(
    ann: User, client: Client
) -> None:
    wrong = {"login": "ann", "password": "wrong"}
    for n in range(3):
        client.post("/sign-in", wrong, REMOTE_ADDR=address(n))

    answers = [post("login/", Client(REMOTE_ADDR=address(n)), **wrong) for n in range(10, 14)]

    assert [kind(answer)[0] for answer in answers] == [400, 400, 429, 429]
    assert answers[-1].headers["Retry-After"] == "300"
    right = {"login": "ann", "password": PASSWORD}
    assert client.post("/sign-in", right, REMOTE_ADDR=address(99)).status_code == 429


@pytest.mark.parametrize(
    ("path", "told", "most"),
    [
        ("register/", BOB | {"username": "admin"}, 10),
        ("login/", {"login": "nobody", "password": "wrong"}, 5),
        ("code/", {"email": "ann@example.org"}, 3),
        ("password/reset/", {"email": "ann@example.org"}, 3),
        ("password/reset/confirm/", {"key": "1-abc", "password": PASSWORD}, 20),
    ],
)
def test_every_door_has_its_limit(
    path: str, told: dict[str, str], most: int, ann: User, mailbox: list[Any]
) -> None:
    answers = [post(path, **told) for _ in range(most + 2)]

    assert [answer.status_code == 429 for answer in answers] == [False] * most + [True] * 2
    assert kind(answers[-1]) == (429, "too-many-requests")
    assert int(answers[-1].headers["Retry-After"]) > 0
