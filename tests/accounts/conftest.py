"""Somebody whose address is confirmed, and mails that are in the box as soon as they are posted."""

from typing import Any

import pytest
from django.core import mail

from accounts import mailing, tasks
from accounts.models import User
from tests.accounts.coming import PASSWORD, confirm
from tests.make import make_user


@pytest.fixture
def ann() -> User:
    ann = make_user(username="ann", email="ann@example.org", password=PASSWORD)
    confirm(ann)
    return ann


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """As if a worker were quick, and nothing were ever rolled back."""
    monkeypatch.setattr(mailing.transaction, "on_commit", lambda queue: queue())
    monkeypatch.setattr(tasks.send_mail, "delay", tasks.send_mail.run)
    return mail.outbox
