from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from tests.make import make_user


@pytest.fixture
def editor(db: None) -> User:
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name="Catalogue editor"))
    return user


@pytest.fixture
def as_editor(editor: User, client: Client) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def as_superuser(db: None) -> Client:
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: Any) -> list[tuple[str, dict[str, Any]]]:
    """What is queued, instead of a broker."""
    queued: list[tuple[str, dict[str, Any]]] = []

    def note(self: Any, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        queued.append((self.name, kwargs or {}))

    monkeypatch.setattr("cinehub.work.task.Task.apply_async", note)
    return queued
