"""Many at once with one key: one gets something, whatever the database is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test import Client

from accounts import consenting, issuing, registering
from accounts.models import Kind, User
from tests.accounts.oauth import BACK, Telly, make_app
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 12


def at_once(do: Callable[[], Any]) -> list[Any]:
    start = Barrier(TIMES)

    def run(_n: int) -> Any:
        try:
            start.wait(60)
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(run, range(TIMES)))


@pytest.fixture
def ann(client: Client) -> User:
    found = make_user(username="ann")
    client.force_login(found)
    return found


@pytest.fixture
def telly(ann: User) -> Telly:
    return Telly(make_app(make_user(username="maker"))[0])


def test_of_many_refreshes_with_one_token_one_succeeds(
    client: Client, ann: User, telly: Telly
) -> None:
    keys = telly.keys(client, "read")
    told = {"grant_type": "refresh_token", "refresh_token": keys["refresh_token"]}
    asked = told | {"client_id": telly.app.pk}

    statuses = at_once(lambda: Client().post("/oauth/token", asked).status_code)

    assert sorted(statuses) == [200] + [400] * (TIMES - 1)
    # Nobody knows which of them was the app.
    assert not Token.objects.filter(user=ann).exists()
    texts = ann.notifications.filter(kind=Kind.SECURITY).values_list("text", flat=True)
    assert sum("used twice" in text for text in texts) == 1


def test_of_many_exchanges_of_one_code_one_succeeds(client: Client, telly: Telly) -> None:
    code = telly.code(client, "read")
    told = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    asked = told | {"client_id": telly.app.pk, "code_verifier": telly.verifier}

    statuses = at_once(lambda: Client().post("/oauth/token", asked).status_code)

    assert sorted(statuses) == [200] + [400] * (TIMES - 1)


def test_who_lets_an_app_in_twice_at_once_has_done_it_once(ann: User, telly: Telly) -> None:
    at_once(lambda: consenting.allow(ann, telly.app, ["read"]))

    assert ann.authorizations.count() == 1


def test_nobody_gets_more_by_being_quick(ann: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(issuing, "AT_MOST", 3)
    monkeypatch.setattr(registering, "AT_MOST", 3)

    def make() -> None:
        for do in (
            lambda: issuing.issue(ann, name="x", reach=["read"], expires_at=None),
            lambda: make_app(ann),
        ):
            with suppress(issuing.TooMany, registering.TooMany):
                do()

    at_once(make)

    assert (ann.tokens.count(), registering.apps(ann).count()) == (3, 3)
