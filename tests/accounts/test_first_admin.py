"""The first admin of a site that nobody watches while it is set up."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.accounts.coming import PASSWORD, sign_in
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_up(username: str = "ann", password: str = PASSWORD) -> None:
        monkeypatch.setenv("ADMIN_USERNAME", username)
        monkeypatch.setenv("ADMIN_EMAIL", "Ann@Example.org")
        monkeypatch.setenv("ADMIN_PASSWORD", password)

    return set_up


def test_the_first_admin_is_made_once(named: Any, client: Client) -> None:
    named()
    call_command("first_admin")
    named(password="another sentence, number 43")
    call_command("first_admin")

    sign_in(client, "ann@example.org")
    assert client.get("/admin/").status_code == 200
    assert User.objects.get().emailaddress_set.get().verified


def test_nobody_is_made_where_nobody_is_named() -> None:
    call_command("first_admin")

    assert not User.objects.exists()


def test_nobody_is_made_where_there_is_an_admin(named: Any) -> None:
    make_user(is_superuser=True)
    named()

    call_command("first_admin")

    assert User.objects.count() == 1


def test_a_member_is_not_made_an_admin_by_their_name(named: Any) -> None:
    make_user(username="ANN")
    named()

    with pytest.raises(CommandError, match="that member is no admin"):
        call_command("first_admin")


@pytest.mark.parametrize(
    ("username", "password", "said"),
    [
        ("ann", "", "ADMIN_PASSWORD is missing"),
        ("ann", "password123", "too common"),
        ("a n", PASSWORD, "2 to 30 letters"),
    ],
)
def test_what_will_not_do_is_said(username: str, password: str, said: str, named: Any) -> None:
    named(username, password)

    with pytest.raises(CommandError, match=said):
        call_command("first_admin")


def test_preparing_a_site_makes_its_admin(named: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    named()
    prepare = "catalog.management.commands.prepare"
    monkeypatch.setattr(f"{prepare}.Command._load_sample", lambda self: None)
    monkeypatch.setattr(f"{prepare}.some_are_unfiled", lambda: False)

    call_command("prepare")

    assert User.objects.get().is_superuser
