"""Two members, and a browser in which one of them is signed in."""

import pytest
from django.test import Client

from accounts.models import User
from tests.make import make_user

HX = {"HX-Request": "true"}


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def bob() -> User:
    return make_user(username="bob")


@pytest.fixture
def as_ann(client: Client, ann: User) -> Client:
    client.force_login(ann)
    return client
