"""What comes by mail, through the API: a new password, and whose an address is."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests.accounts.api.entering import codes, enter, is_in, kind, post
from tests.accounts.coming import PASSWORD, sign_in
from tests.accounts.test_factors import code, protected
from tests.make import make_user

pytestmark = pytest.mark.django_db
ANOTHER = "quite another sentence, 43"


def key_in(mail: Any, path: str = "password/reset") -> str:
    return re.search(rf"http://testserver/{path}/(\S+)", mail.body)[1]


def ask_reset(email: str = "ann@example.org") -> Any:
    return post("password/reset/", email=email)


def reset(mail: Any, password: str = ANOTHER) -> Any:
    return post("password/reset/confirm/", key=key_in(mail), password=password)


# --- A new password ------------------------------------------------------------------------------
def test_a_reset_signs_in_and_ends_the_other_sessions(ann: User, mailbox: list[Any]) -> None:
    browser, app = Client(), enter()
    browser.force_login(ann)

    assert ask_reset().status_code == 202
    answer = reset(mailbox[0])

    assert is_in(answer.json()["access_token"])
    assert not is_in(app["access_token"])
    assert browser.get("/settings/email").status_code == 302
    assert sign_in(Client(), "ann", ANOTHER).status_code == 302
    assert mailbox[-1].subject == "Your password was changed"


def test_a_key_is_good_once(ann: User, mailbox: list[Any]) -> None:
    ask_reset()
    reset(mailbox[0])

    answer = reset(mailbox[0], "a third sentence, number 44")

    assert codes(answer) == {"key": ["invalid_password_reset"]}
    assert enter("ann", ANOTHER)


def test_a_password_that_will_not_do_leaves_the_key_good(ann: User, mailbox: list[Any]) -> None:
    ask_reset()

    assert "password_too_common" in codes(reset(mailbox[0], "password123"))["password"]
    assert reset(mailbox[0]).status_code == 200


@pytest.mark.parametrize("key", ["nothing", "1-abc", "-", "zzzzzzzzzzzzzzzzzzz-abc-def", "é-é"])
def test_a_key_that_was_made_up_opens_nothing(key: str, ann: User) -> None:
    answer = post("password/reset/confirm/", key=key, password=ANOTHER)

    assert codes(answer) == {"key": ["invalid_password_reset"]}


def test_asking_for_a_reset_tells_nobody_who_is_a_member(ann: User, mailbox: list[Any]) -> None:
    known, unknown = ask_reset(), ask_reset("eve@example.org")

    assert known.json() == unknown.json()
    assert [mail.subject for mail in mailbox] == [
        "Choose a new password",
        "You have no account here",
    ]


def test_a_reset_does_not_stand_for_a_second_factor(mailbox: list[Any]) -> None:
    user = protected()
    ask_reset(user.email)

    answer = reset(mailbox[0])

    assert kind(answer) == (401, "second-factor-required")
    pending = answer.json()["session_token"]
    assert post("second-factor/", session_token=pending, code=code()).status_code == 200


def test_whose_address_it_is_takes_the_account_and_all_ways_in_of_whoever_made_it(
    mailbox: list[Any],
) -> None:
    """Who signed up with a foreign address is not to keep a key."""
    user = make_user(username="ann", email="ann@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    theirs = enter()
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})

    ask_reset()
    answer = reset(mailbox[0])

    assert is_in(answer.json()["access_token"])
    assert not is_in(theirs["access_token"])
    assert user.emailaddress_set.get().verified
    assert not Authenticator.objects.exists()


# --- Whose an address is -------------------------------------------------------------------------
def test_an_address_is_confirmed_by_the_key_in_its_mail(mailbox: list[Any]) -> None:
    post("register/", username="bob", email="bob@example.org", password=PASSWORD)
    key = key_in(mailbox[0], "confirm-email")

    assert post("email/confirm/", key=key).status_code == 204

    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("key", ["nothing", "MQ:1abc:x", ":::"])
def test_a_key_that_was_made_up_confirms_nothing(key: str) -> None:
    assert codes(post("email/confirm/", key=key)) == {"key": ["invalid_or_expired_key"]}


def test_an_address_that_is_confirmed_already_stays_its_members(
    ann: User, mailbox: list[Any]
) -> None:
    post("register/", username="bob", email=ann.email, password=PASSWORD)

    answer = post("email/confirm/", key=key_in(mailbox[0], "confirm-email"))

    assert codes(answer) == {"key": ["email_taken"]}
    assert not User.objects.get(username="bob").emailaddress_set.get().verified


def test_the_mail_is_sent_again_to_who_asks_for_it(mailbox: list[Any]) -> None:
    member = {"username": "bob", "email": "bob@example.org", "password": PASSWORD}
    token = post("register/", **member).json()["access_token"]

    answers = [post("email/resend/", token=token) for _ in range(2)]

    # One has been sent a moment ago.
    assert [answer.status_code for answer in answers] == [429, 429]
    assert len(mailbox) == 1


def test_it_is_sent_again_after_a_while(mailbox: list[Any], time_machine: Any) -> None:
    member = {"username": "bob", "email": "bob@example.org", "password": PASSWORD}
    token = post("register/", **member).json()["access_token"]
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=5))

    answer = post("email/resend/", token=token)

    assert answer.status_code == 202
    assert [mail.to for mail in mailbox] == [["bob@example.org"]] * 2


def test_where_all_is_confirmed_there_is_nothing_to_send(ann: User, mailbox: list[Any]) -> None:
    answer = post("email/resend/", token=enter()["access_token"])

    assert kind(answer) == (409, "conflict")
    assert mailbox == []


def test_nobody_has_mails_sent_to_others() -> None:
    assert kind(post("email/resend/")) == (401, "unauthenticated")
