"""What a member changes about how they come in, through the API."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import issuing, scopes
from accounts.models import User
from tests.accounts.api.entering import AUTH, codes, enter, get, is_in, kind, post
from tests.accounts.coming import PASSWORD, sign_in
from tests.accounts.test_factors import code
from tests.accounts.test_phone import NUMBER
from tests.accounts.test_phone import code_in as code_of
from tests.accounts.test_phone import texts as texts

pytestmark = pytest.mark.django_db
ANOTHER = "quite another sentence, 43"
CHANGE = {"current_password": PASSWORD, "password": ANOTHER}


@pytest.fixture
def token(ann: User) -> str:
    return str(enter()["access_token"])


@pytest.fixture
def trusted(token: str) -> str:
    """Of who has just shown that it is them."""
    post("again/", token=token, password=PASSWORD)
    return token


def delete(path: str, token: str) -> Any:
    return Client().delete(f"{AUTH}{path}", headers={"Authorization": f"Bearer {token}"})


def much_later(time_machine: Any) -> None:
    """Too late to be believed without being asked again, and before the token expires."""
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=10))


# --- Asked again ---------------------------------------------------------------------------------
SENSITIVE = ["email/", "phone/", "factors/recovery/"]


@pytest.mark.parametrize("path", SENSITIVE)
def test_what_would_do_harm_in_other_hands_asks_again_who_one_is(
    path: str, token: str, ann: User, mailbox: list[Any], texts: list[Any], time_machine: Any
) -> None:
    if path == "factors/recovery/":
        Authenticator.objects.create(user=ann, type=Authenticator.Type.WEBAUTHN, data={})
    told = {"email/": {"email": "new@example.org"}, "phone/": {"phone": NUMBER}}.get(path, {})

    first = post(path, token=token, **told)
    again = post("again/", token=token, password=PASSWORD)
    second = post(path, token=token, **told)
    much_later(time_machine)
    third = delete("phone/", token)

    assert [kind(one) for one in (first, third)] == [(403, "reauthentication-required")] * 2
    assert again.status_code == 204
    assert second.status_code in (200, 202)


def test_a_wrong_password_does_not_count(token: str) -> None:
    assert codes(post("again/", token=token, password="wrong")) == {
        "password": ["incorrect_password"]
    }
    assert kind(delete("phone/", token)) == (403, "reauthentication-required")


@pytest.mark.parametrize("told", [{}, {"password": PASSWORD, "code": "123456"}])
def test_one_thing_is_said(told: dict[str, str], token: str) -> None:
    assert kind(post("again/", token=token, **told)) == (400, "invalid")


# --- Password ------------------------------------------------------------------------------------
def test_a_changed_password_ends_the_other_sign_ins_and_gives_new_tokens(
    token: str, ann: User, mailbox: list[Any]
) -> None:
    browser, other = Client(), enter()["access_token"]
    browser.force_login(ann)

    answer = post("password/", token=token, **CHANGE)

    pair = answer.json()
    assert [is_in(one) for one in (pair["access_token"], token, other)] == [True, False, False]
    assert post("refresh/", refresh_token=pair["refresh_token"]).status_code == 200
    assert browser.get("/settings/sessions").status_code == 302
    assert enter("ann", ANOTHER)
    assert mailbox[-1].subject == "Your password was changed"


def test_a_browser_that_changes_it_stays_in(token: str, ann: User, mailbox: list[Any]) -> None:
    browser = Client()
    sign_in(browser, "ann")

    answer = browser.post(f"{AUTH}password/", CHANGE, content_type="application/json")

    assert answer.status_code == 204
    assert browser.get("/settings/sessions").status_code == 200
    assert not is_in(token)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"current_password": "wrong"}, {"current_password": ["enter_current_password"]}),
        ({"current_password": ""}, {"current_password": ["blank"]}),
        ({"password": "1234567890"}, {"password": ["password_too_common"]}),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    told: dict[str, str], wrong: dict[str, list[str]], token: str
) -> None:
    found = codes(post("password/", token=token, **CHANGE | told))

    assert set(found) == set(wrong)
    assert found.popitem()[1][0] == wrong.popitem()[1][0]
    assert is_in(token)


def test_who_has_none_sets_one(token: str, ann: User, mailbox: list[Any]) -> None:
    """Who has come in by another house."""
    ann.set_unusable_password()
    ann.save()
    browser = Client()
    browser.force_login(ann)

    answer = browser.post(
        f"{AUTH}password/", {"password": ANOTHER}, content_type="application/json"
    )

    assert answer.status_code == 204
    assert enter("ann", ANOTHER)


# --- Address and number --------------------------------------------------------------------------
def test_a_change_of_address_waits_for_the_new_one_to_be_confirmed(
    trusted: str, ann: User, mailbox: list[Any]
) -> None:
    assert post("email/", token=trusted, email="new@example.org").status_code == 202

    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    [mail] = [mail for mail in mailbox if mail.to == ["new@example.org"]]
    key = re.search(r"/confirm-email/(\S+)", mail.body)[1]
    assert post("email/confirm/", key=key).status_code == 204
    ann.refresh_from_db()
    assert ann.email == "new@example.org"


def test_a_number_is_ones_own_once_its_code_was_sent_back(
    trusted: str, ann: User, texts: list[Any]
) -> None:
    assert post("phone/", token=trusted, phone="+44 20 7946 0958").status_code == 202
    assert codes(post("phone/confirm/", token=trusted, code="000000")) == {
        "code": ["incorrect_code"]
    }
    assert post("phone/confirm/", token=trusted, code=code_of(texts[0][1])).status_code == 204

    ann.refresh_from_db()
    assert (ann.phone, ann.phone_verified) == (NUMBER, True)
    assert delete("phone/", trusted).status_code == 204
    ann.refresh_from_db()
    assert ann.phone is None


def test_without_a_code_on_its_way_there_is_nothing_to_confirm(token: str) -> None:
    assert kind(post("phone/confirm/", token=token, code="000000")) == (409, "conflict")


# --- Second factor -------------------------------------------------------------------------------
def test_an_app_is_set_up_asked_for_and_taken_off(
    trusted: str, ann: User, mailbox: list[Any]
) -> None:
    begun = post("factors/app/", token=trusted).json()
    assert begun["uri"].endswith("&issuer=CineHub")

    wrong = post("factors/app/confirm/", token=trusted, code="000000")
    assert codes(wrong) == {"code": ["incorrect_code"]}
    told = post("factors/app/confirm/", token=trusted, code=code(begun["secret"])).json()

    assert len(told["recovery_codes"]) == 10
    pending = post("login/", login="ann", password=PASSWORD)
    assert kind(pending) == (401, "second-factor-required")
    assert kind(post("factors/app/", token=trusted)) == (409, "duplicate")
    assert post("again/", token=trusted, code=told["recovery_codes"][0]).status_code == 204

    fresh = post("factors/recovery/", token=trusted).json()["recovery_codes"]
    assert not set(fresh) & set(told["recovery_codes"])

    assert delete("factors/app/", trusted).status_code == 204
    assert enter()


def test_who_has_not_confirmed_an_address_first_does_so(mailbox: list[Any]) -> None:
    bob = {"username": "bob", "email": "bob@example.org", "password": PASSWORD}
    told: dict[str, Any] = post("register/", None, "", **bob).json()

    assert kind(post("factors/app/", token=told["access_token"])) == (409, "conflict")


# --- Whose business it is ------------------------------------------------------------------------
PATHS = ["again/", "password/", "email/", "phone/", "phone/confirm/", "factors/app/"]


@pytest.mark.parametrize("path", PATHS)
def test_it_is_no_business_of_visitors_or_of_other_programs(path: str, ann: User) -> None:
    _token, value = issuing.issue(ann, name="x", reach=scopes.TOLD, expires_at=None)

    assert kind(post(path)) == (401, "unauthenticated")
    assert kind(post(path, token=value)) == (403, "insufficient-scope")


def test_a_sign_in_of_the_key_before_goes_on(token: str, settings: Any) -> None:
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the tests", [before]

    assert post("again/", token=token, password=PASSWORD).status_code == 204
    assert get("sessions/", token).status_code == 200
