"""What a member was told, for machines."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choosing import ways
from accounts.models import Kind, Mail, Notification, User
from tests.accounts.api.entering import codes, kind
from tests.make import make_user

pytestmark = pytest.mark.django_db

NOTICES = "/api/v1/notifications/"
SETTINGS = "/api/v1/users/me/notification-settings/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def tell(ann: User, **values: Any) -> Notification:
    values = {"kind": Kind.LIKE, "text": "Bob likes it.", "url": "/review/1"} | values
    return ann.notifications.create(**values)


def test_the_latest_comes_first_with_who_did_it(client: Client, ann: User) -> None:
    tell(ann)
    last = tell(ann, text="Bob follows you.", kind=Kind.FOLLOW, actor=make_user(username="bob"))

    told = client.get(NOTICES).json()["results"]

    assert [one["text"] for one in told] == ["Bob follows you.", "Bob likes it."]
    assert (told[0]["id"], told[0]["kind"], told[0]["url"]) == (
        last.pk,
        "follow",
        "http://testserver/review/1",
    )
    assert [one["actor"] and one["actor"]["username"] for one in told] == ["bob", None]


def test_who_is_gone_is_not_named(client: Client, ann: User) -> None:
    tell(ann, actor=make_user(is_active=False))

    assert client.get(NOTICES).json()["results"][0]["actor"] is None


def test_pages_lose_nothing_and_repeat_nothing(client: Client, ann: User) -> None:
    now = timezone.now()
    for n in range(5):
        tell(ann, text=str(n))
    ann.notifications.update(created_at=now)

    found, address = [], f"{NOTICES}?page_size=2"
    while address:
        answer = client.get(address)
        found += [one["text"] for one in answer.json()["results"]]
        cursor = answer.json()["next_cursor"]
        address = f"{NOTICES}?page_size=2&cursor={cursor}" if cursor else ""

    assert found == ["4", "3", "2", "1", "0"]


def test_what_is_only_for_the_mail_is_not_here(client: Client, ann: User) -> None:
    tell(ann, is_on_site=False)

    assert client.get(NOTICES).json()["results"] == []


def test_what_others_were_told_is_theirs(client: Client, ann: User) -> None:
    of_bob = tell(make_user())

    assert client.get(NOTICES).json()["results"] == []
    assert client.put(f"{NOTICES}{of_bob.pk}/read/").status_code == 404


@pytest.mark.parametrize("cursor", ["x", "%00", "MjAyNQ", "a" * 301])
def test_what_is_no_cursor_is_said_so(client: Client, ann: User, cursor: str) -> None:
    assert list(codes(client.get(f"{NOTICES}?cursor={cursor}"))) == ["cursor"]


def test_what_was_read_is_new_no_longer(client: Client, ann: User) -> None:
    first, _second = tell(ann), tell(ann)

    assert client.put(f"{NOTICES}{first.pk}/read/").status_code == 204

    assert client.get(f"{NOTICES}unread/").json() == {"unread": 1}


def test_everything_is_read_at_once(client: Client, ann: User) -> None:
    tell(ann)
    tell(ann)

    assert client.put(f"{NOTICES}read/").status_code == 204

    assert client.get(f"{NOTICES}unread/").json() == {"unread": 0}


def test_more_of_it_asks_no_more(client: Client, ann: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(NOTICES)
        return len(queries)

    tell(ann, actor=make_user())
    asked()
    few = asked()
    for _ in range(5):
        tell(ann, actor=make_user())

    assert asked() == few


# --- How one hears of it -------------------------------------------------------------------------
def test_every_kind_is_told_with_the_way_it_takes(client: Client, ann: User) -> None:
    told = {one["kind"]: one for one in client.get(SETTINGS).json()["results"]}

    assert set(told) == set(Kind.values)
    assert told["like"]["mail"] == "off"
    assert told["security"]["is_fixed"]


def choose(client: Client, *items: dict[str, Any]) -> Any:
    return client.patch(SETTINGS, {"items": list(items)}, content_type="application/json")


def test_another_way_is_chosen_for_one_kind(client: Client, ann: User) -> None:
    before = ways(ann)

    answer = choose(client, {"kind": "like", "site": False, "mail": "daily"})

    assert answer.status_code == 200
    now = ways(ann)
    assert (now[Kind.LIKE].is_on_site, now[Kind.LIKE].mail) == (False, Mail.DAILY)
    assert {**now, Kind.LIKE: before[Kind.LIKE]} == before


def test_of_their_account_members_hear_in_any_case(client: Client, ann: User) -> None:
    answer = choose(client, {"kind": "security", "site": False, "mail": "off"})

    assert kind(answer) == (422, "unprocessable")


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "like", "site": True, "mail": "hourly"},
        {"kind": "nothing", "site": True, "mail": "off"},
        {"kind": "like", "site": "yes", "mail": "off"},
        {"kind": "like"},
    ],
)
def test_what_is_no_way_is_said_so(client: Client, ann: User, item: dict[str, Any]) -> None:
    assert choose(client, item).status_code == 400


def test_what_was_told_long_ago_stands_at_its_time(client: Client, ann: User) -> None:
    old = tell(ann)
    long_ago = timezone.now() - timedelta(days=365)
    Notification.objects.filter(pk=old.pk).update(created_at=long_ago, read_at=long_ago)

    [told] = client.get(NOTICES).json()["results"]

    assert told["created_at"] == told["read_at"]
