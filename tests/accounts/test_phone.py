"""A number of one's own, and signing in with it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import responses
from celery.exceptions import Retry
from django.test import Client

from accounts import mailing, phoning, sms, tasks
from accounts.models import User
from tests.accounts.coming import PASSWORD, sign_in
from tests.accounts.test_doors import errors, is_in
from tests.make import make_user
from tests.work.running import messages

pytestmark = pytest.mark.django_db
PAGE = "/settings/phone"
NUMBER = "+442079460958"
TWILIO = "https://twilio.test/2010-04-01/Accounts/AC1/Messages.json"


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch, mailbox: list[Any]) -> list[tuple[str, str]]:
    """The messages that have arrived."""
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(sms, "send", lambda phone, text: sent.append((phone, text)))
    monkeypatch.setattr(tasks.send_sms, "delay", tasks.send_sms.run)
    return sent


@pytest.fixture
def client(ann: User) -> Client:
    """Somebody who has just shown that it is them."""
    client = Client()
    sign_in(client, "ann")
    client.post("/sign-in/again", {"password": PASSWORD})
    return client


@pytest.fixture
def twilio(settings: Any) -> None:
    settings.SMS_SENDER = "accounts.sms.twilio"
    settings.TWILIO_URL = "https://twilio.test"
    settings.TWILIO_ACCOUNT_SID = "AC1"
    settings.TWILIO_AUTH_TOKEN = "secret"
    settings.TWILIO_FROM = "+15005550006"


def code_in(text: str) -> str:
    return re.search(r"\b\d{6}\b", text)[0]


# --- Keeping a number ----------------------------------------------------------------------------
def test_a_number_is_kept_once_its_code_was_typed_in(
    client: Client, ann: User, texts: list[Any], mailbox: list[Any]
) -> None:
    client.post(PAGE, {"phone": "+44 20 7946-0958"})
    ann.refresh_from_db()
    assert ann.phone is None
    [(number, text)] = texts
    assert number == NUMBER

    client.post(f"{PAGE}/confirm", {"code": code_in(text)})

    ann.refresh_from_db()
    assert (ann.phone, ann.phone_verified) == (NUMBER, True)
    assert NUMBER in client.get(PAGE).content.decode()
    assert mailbox[-1].subject == "Your account has a new phone number"


def test_who_has_not_shown_lately_that_it_is_them_has_to(ann: User, texts: list[Any]) -> None:
    client = Client()
    client.force_login(ann)

    answer = client.post(PAGE, {"phone": NUMBER})

    assert answer["Location"].startswith("/sign-in/again")
    assert texts == []


def test_three_wrong_codes_make_the_right_one_void(
    client: Client, ann: User, texts: list[Any]
) -> None:
    client.post(PAGE, {"phone": NUMBER})
    for _ in range(3):
        client.post(f"{PAGE}/confirm", {"code": "0"})

    client.post(f"{PAGE}/confirm", {"code": code_in(texts[0][1])})

    ann.refresh_from_db()
    assert ann.phone is None


def test_a_code_is_void_after_ten_minutes(
    client: Client, ann: User, texts: list[Any], time_machine: Any
) -> None:
    client.post(PAGE, {"phone": NUMBER})
    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=10, seconds=1))

    client.post(f"{PAGE}/confirm", {"code": code_in(texts[0][1])})

    ann.refresh_from_db()
    assert ann.phone is None


def test_a_number_that_somebody_has_is_not_told_but_on_the_phone(
    client: Client, ann: User, texts: list[Any]
) -> None:
    phoning.keep(make_user(), NUMBER)

    answer = client.post(PAGE, {"phone": NUMBER})

    assert answer["Location"] == f"{PAGE}/confirm"
    client.post(f"{PAGE}/confirm", {"code": code_in(texts[0][1])})
    ann.refresh_from_db()
    assert ann.phone is None


@pytest.mark.parametrize("number", ["12345", "nothing", "+0123456789", "+44 20"])
def test_what_is_no_number_is_said_beside_the_field(
    number: str, client: Client, texts: list[Any]
) -> None:
    assert "including country code" in errors(client.post(PAGE, {"phone": number}))


@pytest.mark.parametrize("written", ["+44 (20) 7946.0958", "0044 20 7946 0958"])
def test_a_number_may_be_written_as_people_do(
    written: str, client: Client, texts: list[Any]
) -> None:
    client.post(PAGE, {"phone": written})

    assert texts[0][0] == NUMBER


def test_a_number_is_removed(client: Client, ann: User, mailbox: list[Any]) -> None:
    phoning.keep(ann, NUMBER)

    client.post(f"{PAGE}/remove")

    ann.refresh_from_db()
    assert (ann.phone, ann.phone_verified) == (None, False)
    assert mailbox[-1].subject == "Your phone number was removed"


def test_codes_to_new_numbers_are_limited(client: Client, texts: list[Any]) -> None:
    answers = [client.post(PAGE, {"phone": f"+4420794609{n}"}).status_code for n in range(10, 15)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(texts) == 3


def test_codes_to_one_number_are_limited_whoever_asks(texts: list[Any]) -> None:
    for n in range(5):
        someone = make_user(password=PASSWORD)
        client = Client(REMOTE_ADDR=f"10.0.0.{n}")
        sign_in(client, someone.username)
        client.post("/sign-in/again", {"password": PASSWORD})
        last = client.post(PAGE, {"phone": NUMBER})

    assert last.status_code == 429
    assert len(texts) == 3


# --- Signing in ----------------------------------------------------------------------------------
def test_a_number_signs_in_by_a_code_once(ann: User, texts: list[Any]) -> None:
    phoning.keep(ann, NUMBER)
    client = Client()

    client.post("/sign-in/code", {"phone": NUMBER})
    client.post("/sign-in/code/confirm", {"code": code_in(texts[0][1])})
    assert is_in(client)

    client.post("/sign-out")
    client.post("/sign-in/code/confirm", {"code": code_in(texts[0][1])})
    assert not is_in(client)


def test_a_number_and_the_password_sign_in(ann: User) -> None:
    phoning.keep(ann, NUMBER)
    client = Client()

    sign_in(client, "+44 20 7946 0958")

    assert is_in(client)


def test_asking_for_a_code_tells_nobody_whose_number_it_is(ann: User, texts: list[Any]) -> None:
    phoning.keep(ann, NUMBER)

    known, unknown = (
        Client().post("/sign-in/code", {"phone": phone})["Location"]
        for phone in (NUMBER, "+442079460000")
    )

    assert known == unknown
    assert texts[1] == ("+442079460000", "No account at CineHub has this number.")


def test_codes_to_a_number_are_limited_wherever_they_are_asked_for(
    ann: User, texts: list[Any]
) -> None:
    phoning.keep(ann, NUMBER)

    for n in range(10):
        last = Client().post("/sign-in/code", {"phone": NUMBER}, REMOTE_ADDR=f"10.0.1.{n}")

    assert last.status_code == 429
    assert len(texts) == 3


def test_a_code_has_to_go_somewhere(texts: list[Any]) -> None:
    assert "Where shall the code go?" in errors(Client().post("/sign-in/code", {}))


# --- Sending -------------------------------------------------------------------------------------
def test_a_message_is_queued_sealed_for_somebody_waits(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mailing.text(NUMBER, "123456 is your code")

    [queued] = messages("interactive")
    assert "123456" not in str(queued.payload)
    assert NUMBER not in str(queued.payload)


def test_without_twilio_messages_go_to_the_console(capsys: pytest.CaptureFixture[str]) -> None:
    sms.send(NUMBER, "123456 is your code")

    assert f"SMS to {NUMBER}:\n123456 is your code" in capsys.readouterr().out


@responses.activate
def test_twilio_is_told_whom_and_what(twilio: None) -> None:
    asked = responses.post(TWILIO, status=201, json={"sid": "SM1"})

    sms.send(NUMBER, "123456 is your code")

    request = asked.calls[0].request
    assert request.headers["Authorization"] == "Basic QUMxOnNlY3JldA=="
    assert request.body == ("To=%2B442079460958&From=%2B15005550006&Body=123456+is+your+code")


@pytest.mark.parametrize("status", [429, 500, 503])
@responses.activate
def test_twilio_that_is_busy_is_asked_again(status: int, twilio: None) -> None:
    responses.post(TWILIO, status=status)

    with pytest.raises(sms.Busy, match=str(status)):
        sms.send(NUMBER, "code")


@responses.activate
def test_twilio_that_does_not_answer_is_asked_again(twilio: None) -> None:
    responses.post(TWILIO, body=requests.ConnectTimeout("…"))

    with pytest.raises(sms.Busy, match="ConnectTimeout"):
        sms.send(NUMBER, "code")


@pytest.mark.parametrize(
    ("told", "said"), [({"json": {"code": 21211}}, "21211"), ({"body": "<html>"}, "unknown")]
)
@responses.activate
def test_what_twilio_refuses_is_given_up(told: dict[str, Any], said: str, twilio: None) -> None:
    responses.post(TWILIO, status=400, **told)

    with pytest.raises(sms.Unsent, match=said) as refused:
        sms.send(NUMBER, "code")

    assert not isinstance(refused.value, sms.Busy)


def test_a_task_tries_again_while_twilio_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise sms.Busy("Twilio answers 503")

    monkeypatch.setattr(sms, "send", busy)
    sealed = mailing.seal('{"phone": "+1", "text": "code"}')

    with pytest.raises(Retry):
        tasks.send_sms.apply(kwargs={"sealed": sealed}, throw=True)
