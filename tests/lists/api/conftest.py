"""Programs may come as often as a test likes, and Ann is signed in."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.catalog.discover.asking import file_before_reading
from tests.make import make_user


@pytest.fixture(autouse=True)
def unlimited(settings: Any) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 100_000)


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


@pytest.fixture(autouse=True)
def filed(monkeypatch: pytest.MonkeyPatch) -> None:
    file_before_reading(monkeypatch)
