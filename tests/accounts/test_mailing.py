"""Mails are queued, sealed, and not lost."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from celery.exceptions import Retry
from django.core import mail
from kombu.exceptions import OperationalError

from accounts import mailing, mails, tasks
from cinehub.work.models import DeadLetter
from tests.work.running import messages

pytestmark = pytest.mark.django_db

TEXT = """Hello Ann,

somebody asked for this,
and it was you.

Choose a new password:
https://cinehub.example/password/reset/1-secret-key

    ABCD-EFGH

- Place: <Oslo>
- Time: now
"""
HEADERS = {"List-Unsubscribe": "<https://cinehub.example/off>"}


@pytest.fixture
def message() -> Any:
    return mails.write("A new password", TEXT, "ann@example.org", HEADERS)


def post(message: Any, committing: Any) -> None:
    with committing(execute=True):
        mailing.post(message)


def test_a_mail_waits_for_the_commit_in_its_own_queue(
    message: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks():
        mailing.post(message)
    assert messages("mail") == []

    post(message, django_capture_on_commit_callbacks)

    [queued] = messages("mail")
    assert queued.headers["task"] == "accounts.tasks.send_mail"


def test_what_is_queued_shows_the_subject_and_nothing_else(
    message: Any, django_capture_on_commit_callbacks: Any
) -> None:
    post(message, django_capture_on_commit_callbacks)

    [queued] = messages("mail")
    arguments = queued.payload[1]
    assert arguments["subject"] == "A new password"
    assert "secret-key" not in str(queued.payload) + str(queued.headers)
    assert "ann@" not in str(queued.payload) + str(queued.headers)


def test_what_was_posted_is_what_arrives(message: Any, mailbox: list[Any]) -> None:
    mailing.post(message)

    [sent] = mailbox
    assert (sent.subject, sent.to) == ("A new password", ["ann@example.org"])
    assert sent.body == message.body
    assert sent.alternatives == message.alternatives
    assert sent.extra_headers == HEADERS


def test_a_mail_server_that_is_away_is_tried_again(
    message: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise SMTPServerDisconnected("away")

    monkeypatch.setattr(mail.EmailMessage, "send", away)

    with pytest.raises(Retry):
        tasks.send_mail.apply(kwargs={"subject": "", "sealed": mails.pack(message)}, throw=True)


def test_without_a_broker_the_mail_waits_in_the_database_and_goes_when_it_is_back(
    message: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.send_mail, "delay", away)
        post(message, django_capture_on_commit_callbacks)
    letter = DeadLetter.objects.open().get()
    assert "secret-key" not in str(letter.arguments)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.queue_left_mails()

    assert len(messages("mail")) == 1
    assert not DeadLetter.objects.open().exists()


def test_a_mail_is_set_in_html_from_its_text(message: Any) -> None:
    html = message.alternatives[0].content

    assert "<p>somebody asked for this,<br>and it was you.</p>" in html
    assert '<a class="button" href="https://cinehub.example/password/reset/1-secret-key"' in html
    assert ">Choose a new password</a>" in html
    assert '<p class="code">ABCD-EFGH</p>' in html
    assert "<li>Place: &lt;Oslo&gt;</li>" in html
    assert "<Oslo>" in message.body
    assert "http://testserver/" in message.body
    assert "src=" not in html
