"""Webhooks through the API."""

import json
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from django.test import Client

from accounts import issuing, scopes
from accounts.hooks import listening
from accounts.models import Delivery, User
from cinehub.kit.sealing import unseal
from tests.accounts.coming import PASSWORD
from tests.make import make_user

pytestmark = pytest.mark.django_db
ALL = "/api/v1/webhooks/"
GOOD = {"url": "https://hooks.example.org/in", "events": ["rating", "list"]}


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", password=PASSWORD)


@pytest.fixture
def client(ann: User) -> Client:
    """Who has just said once more that it is them."""
    client = Client()
    client.force_login(ann)
    client.post("/sign-in/again", {"password": PASSWORD})
    return client


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(path, body or {}, content_type="application/json")


def add(owner: User) -> int:
    made, _secret = listening.add(owner, url=GOOD["url"], subjects=["rating"])
    return made.pk


def test_a_webhook_is_added_and_its_secret_told_once(client: Client, ann: User) -> None:
    answer = send(client, "post", ALL, GOOD)

    made = ann.webhooks.get()
    told = answer.json()
    assert answer.status_code == 201
    assert told["secret"] == unseal(made.secret)
    assert (told["url"], told["events"], told["app"]) == (GOOD["url"], ["rating", "list"], None)
    assert "secret" not in client.get(f"{ALL}{made.pk}/").json()
    assert "secret" not in client.get(ALL).json()["results"][0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://hooks.example.org/"}, "url"),
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": f"https://hooks.example.org/{'a' * 500}"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["everything"]}, "events.0"),
        ({"app": "nobodys"}, "app"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(client: Client, wrong: Any, field: str) -> None:
    answer = send(client, "post", ALL, GOOD | wrong)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_an_app_of_ones_own_can_be_named_and_no_other(client: Client, ann: User) -> None:
    mine = App.objects.create(owner=ann, name="Mine")
    theirs = App.objects.create(owner=make_user(), name="Theirs")

    answers = [send(client, "post", ALL, GOOD | {"app": app.pk}) for app in (mine, theirs)]

    assert [answer.status_code for answer in answers] == [201, 400]
    assert ann.webhooks.get().app == mine


def test_who_is_not_surely_themselves_signs_in_again_first(ann: User) -> None:
    client = Client()
    client.force_login(ann)
    pk = add(ann)

    answers = [
        send(client, "post", ALL, GOOD),
        send(client, "post", f"{ALL}{pk}/secret/"),
        send(client, "patch", f"{ALL}{pk}/", {"url": "https://elsewhere.example.org/"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert {answer.json()["type"].split("/")[-2] for answer in answers} == {
        "reauthentication-required"
    }


def test_what_is_not_named_stays_as_it_is(client: Client, ann: User) -> None:
    pk = add(ann)

    answer = send(client, "patch", f"{ALL}{pk}/", {"events": ["viewing"]})

    assert answer.status_code == 200
    assert (answer.json()["url"], answer.json()["events"]) == (GOOD["url"], ["viewing"])


def test_it_is_turned_off_and_on(client: Client, ann: User) -> None:
    pk = add(ann)

    told = [send(client, "patch", f"{ALL}{pk}/", {"is_on": on}).json() for on in (False, True)]

    assert [one["is_on"] for one in told] == [False, True]
    assert ann.webhooks.get().is_on


def test_a_webhook_is_removed(client: Client, ann: User) -> None:
    pk = add(ann)

    answer = client.delete(f"{ALL}{pk}/")

    assert answer.status_code == 204
    assert not ann.webhooks.exists()


def test_there_is_no_room_for_more_than_so_many(client: Client, ann: User) -> None:
    for _ in range(listening.MOST):
        add(ann)

    assert send(client, "post", ALL, GOOD).status_code == 422


def test_a_new_secret_is_told_once(client: Client, ann: User) -> None:
    pk = add(ann)

    told = send(client, "post", f"{ALL}{pk}/secret/").json()

    assert told == {"secret": unseal(ann.webhooks.get().secret)}


def test_a_test_event_is_sent_and_listed(client: Client, ann: User) -> None:
    pk = add(ann)

    answer = send(client, "post", f"{ALL}{pk}/test/")
    [listed] = client.get(f"{ALL}{pk}/deliveries/").json()["results"]

    assert answer.status_code == 202
    assert listed == answer.json()
    assert (listed["event"], listed["status"], listed["error"]) == ("test", "waiting", None)
    assert listed["payload"]["member"] == {"username": "ann"}


@pytest.mark.parametrize("what", ["test/", "deliveries/{key}/replay/"])
def test_nothing_is_sent_while_it_is_off(client: Client, ann: User, what: str) -> None:
    pk = add(ann)
    key = listening.try_out(ann.webhooks.get()).key
    listening.turn_off(ann.webhooks.get())

    answer = send(client, "post", f"{ALL}{pk}/{what.format(key=key)}")

    assert answer.status_code == 422


def test_what_was_given_up_is_sent_again(client: Client, ann: User) -> None:
    pk = add(ann)
    sent = listening.try_out(ann.webhooks.get())
    Delivery.objects.update(status="failed", attempts=6)

    answer = send(client, "post", f"{ALL}{pk}/deliveries/{sent.key}/replay/")

    assert answer.status_code == 202
    assert (answer.json()["id"], answer.json()["status"]) == (str(sent.key), "waiting")


def test_deliveries_come_in_parts(client: Client, ann: User) -> None:
    pk = add(ann)
    keys = [str(listening.try_out(ann.webhooks.get()).key) for _ in range(5)]

    first = client.get(f"{ALL}{pk}/deliveries/?page_size=3").json()
    second = client.get(f"{ALL}{pk}/deliveries/?page_size=3&cursor={first['next_cursor']}").json()

    assert [one["id"] for part in (first, second) for one in part["results"]] == keys[::-1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "{pk}/"),
        ("patch", "{pk}/"),
        ("delete", "{pk}/"),
        ("post", "{pk}/secret/"),
        ("post", "{pk}/test/"),
        ("get", "{pk}/deliveries/"),
        ("post", "{pk}/deliveries/{key}/replay/"),
    ],
)
def test_a_stranger_finds_nothing(client: Client, method: str, path: str) -> None:
    bob = make_user()
    pk = add(bob)
    key = listening.try_out(bob.webhooks.get()).key

    answer = send(client, method, ALL + path.format(pk=pk, key=key))

    assert answer.status_code == 404
    assert bob.webhooks.filter(is_on=True).exists()


def test_no_token_of_limited_reach_comes_near_them(ann: User) -> None:
    pk = add(ann)
    _token, value = issuing.issue(ann, name="script", reach=scopes.ALL, expires_at=None)
    script = Client(headers={"Authorization": f"Bearer {value}"})

    answers = [script.get(ALL), script.get(f"{ALL}{pk}/deliveries/"), send(script, "post", ALL)]

    assert [answer.status_code for answer in answers] == [403] * 3


def test_nobody_else_is_let_in() -> None:
    assert Client().get(ALL).status_code == 401
    assert json.loads(Client().post(ALL).content)["status"] == 401
