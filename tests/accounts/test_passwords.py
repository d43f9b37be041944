"""How passwords are kept, and what becomes of those that come from elsewhere."""

from typing import Any

import bcrypt
import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from cinehub import settings as site
from tests.accounts.coming import PASSWORD, sign_in, sign_up
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_on_a_site(settings: Any) -> None:
    settings.PASSWORD_HASHERS = site.PASSWORD_HASHERS


def from_another_table() -> str:
    """As other programs keep them: bcrypt itself, with no more than a name before it."""
    return "bcrypt$" + bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()


def from_django() -> str:
    return make_password(PASSWORD, hasher="bcrypt_sha256")


def test_a_new_password_is_kept_as_argon2id(client: Client, mailbox: list[Any]) -> None:
    answer = sign_up(client)

    assert answer.wsgi_request.user.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("made", [from_another_table, from_django])
def test_a_bcrypt_password_is_verified_and_kept_as_argon2id_from_then_on(
    made: Any, client: Client
) -> None:
    member = make_user(username="ann")
    member.password = made()
    member.save()

    assert b"do not match" in sign_in(client, "ann", "wrong").content
    member.refresh_from_db()
    assert member.password.startswith("bcrypt")

    assert sign_in(client, "ann").status_code == 302
    member.refresh_from_db()
    assert member.password.startswith("argon2$argon2id$")

    client.post("/sign-out")
    assert sign_in(client, "ann").status_code == 302


def test_who_was_brought_over_stays_signed_in_while_their_password_is_kept_anew(
    client: Client,
) -> None:
    member = make_user(username="ann")
    member.password = from_another_table()
    member.save()

    sign_in(client, "ann")

    assert client.get("/settings/password").status_code == 200
