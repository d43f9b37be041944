import pytest
from django.db import IntegrityError
from django.test import Client

from tests.make import make_user

pytestmark = pytest.mark.django_db


def test_names_are_unique_without_regard_to_case() -> None:
    make_user(username="ann")

    with pytest.raises(IntegrityError):
        make_user(username="Ann")


def test_addresses_are_kept_in_small_letters() -> None:
    assert make_user(email="Ann@Example.ORG").email == "ann@example.org"


def test_a_superuser_reaches_the_admin(client: Client) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))

    for page in ("", "catalog/title/", "catalog/syncrun/", "accounts/user/"):
        assert client.get(f"/admin/{page}").status_code == 200


def test_a_visitor_does_not_reach_the_admin(client: Client) -> None:
    assert client.get("/admin/").status_code == 302
