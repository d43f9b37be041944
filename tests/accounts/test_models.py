import pytest
from django.db import IntegrityError
from django.test import Client

from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("taken", [{"email": "ANN@example.org"}, {"username": "Ann"}])
def test_names_and_addresses_are_unique_without_regard_to_case(taken: dict[str, str]) -> None:
    make_user(username="ann", email="ann@example.org")

    with pytest.raises(IntegrityError):
        make_user(**taken)


def test_a_superuser_reaches_the_admin(client: Client) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))

    for page in ("", "catalog/title/", "catalog/syncrun/", "accounts/user/"):
        assert client.get(f"/admin/{page}").status_code == 200


def test_a_visitor_does_not_reach_the_admin(client: Client) -> None:
    assert client.get("/admin/").status_code == 302
