"""A refresh token is good once; what follows when it is shown again, and by many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory

from accounts import renewing, sessions
from accounts.models import Kind, User
from cinehub.kit.api import Problem
from tests.accounts.api.entering import enter, is_in, kind, post
from tests.accounts.coming import PASSWORD
from tests.accounts.test_sessions import FIREFOX
from tests.make import make_user

pytestmark = pytest.mark.django_db


def renew(token: str, **more: Any) -> Any:
    return post("refresh/", Client(**more), refresh_token=token)


def test_it_is_good_for_the_next_pair(ann: User) -> None:
    pair = enter()

    following = renew(pair["refresh_token"]).json()

    assert is_in(following["access_token"])
    assert following["refresh_token"] != pair["refresh_token"]
    assert renew(following["refresh_token"]).status_code == 200


def test_the_access_token_from_before_is_good_until_it_expires(ann: User) -> None:
    pair = enter()

    renew(pair["refresh_token"])

    assert is_in(pair["access_token"])


def test_whoever_keeps_on_renewing_stays_in(ann: User) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        token = enter()["refresh_token"]

    for day in range(6, 60, 6):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            answer = renew(token)
            assert answer.status_code == 200
            token = answer.json()["refresh_token"]


def test_shown_again_it_ends_the_sign_in_and_is_told_to_the_member(
    ann: User, mailbox: list[Any]
) -> None:
    pair = enter(HTTP_USER_AGENT=FIREFOX)
    following = renew(pair["refresh_token"]).json()

    assert kind(renew(pair["refresh_token"])) == (401, "refresh-reused")

    assert not is_in(following["access_token"])
    assert kind(renew(following["refresh_token"])) == (401, "token-revoked")
    told = ann.notifications.get()
    assert (told.kind, told.url) == (Kind.SECURITY, "/settings/sessions")
    assert "(Firefox on Linux)" in told.text
    assert [mail.to for mail in mailbox] == [[ann.email]]


def test_of_a_sign_in_that_has_ended_nothing_is_told_a_second_time(
    ann: User, mailbox: list[Any]
) -> None:
    spent = enter()["refresh_token"]
    renew(spent)

    kinds = [kind(renew(spent))[1] for _ in range(3)]

    assert kinds == ["refresh-reused", "token-revoked", "token-revoked"]
    assert len(mailbox) == 1


def test_the_member_stays_in_wherever_else_they_are(ann: User) -> None:
    browser, other, spent = Client(), enter(), enter()["refresh_token"]
    browser.post("/sign-in", {"login": "ann", "password": PASSWORD})

    renew(spent)
    renew(spent)

    assert is_in(other["access_token"])
    assert renew(other["refresh_token"]).status_code == 200
    assert browser.get("/settings/sessions").status_code == 200
    assert UserSession.objects.count() == Session.objects.count() == 2


def test_a_token_of_one_sign_in_does_nothing_to_anothers(ann: User) -> None:
    make_user(username="bob", password=PASSWORD)
    bobs, spent = enter("bob"), enter()["refresh_token"]

    renew(spent)
    renew(spent)

    assert renew(bobs["refresh_token"]).status_code == 200


def test_where_it_was_last_renewed_from_is_among_the_sessions(ann: User) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        token = enter(REMOTE_ADDR="203.0.113.9")["refresh_token"]

    with time_machine.travel(now + timedelta(days=1), tick=False):
        renew(token, REMOTE_ADDR="203.0.113.10")
        [told] = sessions.of(ann, None)

    assert told.address == "203.0.113.10"
    assert told.seen == now + timedelta(days=1)


@pytest.mark.parametrize("body", [{}, {"refresh_token": ""}, {"refresh_token": None}])
def test_without_a_token_the_field_is_named(body: dict[str, Any]) -> None:
    answer = post("refresh/", **body)

    assert kind(answer) == (400, "invalid")
    assert [error["field"] for error in answer.json()["errors"]] == ["refresh_token"]


# --- All at once ---------------------------------------------------------------------------------
def at_once(token: str, times: int, threads: int) -> list[str]:
    """What became of each of so many, each with a connection of its own."""
    start = Barrier(threads)
    request = RequestFactory().post("/")

    def run(_n: int) -> list[str]:
        try:
            start.wait(60)
            return [_one(request, token) for _ in range(times // threads)]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [kind for kinds in pool.map(run, range(threads)) for kind in kinds]


def _one(request: Any, token: str) -> str:
    try:
        renewing.renew(request, token)
    except Problem as problem:
        return problem.kind
    return "renewed"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_at_once_one_is_renewed_and_the_sign_in_ends() -> None:
    member = make_user(username="ann", password=PASSWORD)
    other, pair = enter(), enter()

    kinds = at_once(pair["refresh_token"], times=200, threads=50)

    assert (kinds.count("renewed"), kinds.count("refresh-reused")) == (1, 1)
    assert kinds.count("token-revoked") == 198
    assert not is_in(pair["access_token"])
    assert is_in(other["access_token"])
    assert renew(other["refresh_token"]).status_code == 200
    assert member.notifications.filter(kind=Kind.SECURITY).count() == 1
