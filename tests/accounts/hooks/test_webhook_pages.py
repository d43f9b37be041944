"""A member's webhooks, page by page."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.hooks import listening
from accounts.models import Delivery, User, Webhook
from cinehub.kit.sealing import unseal
from tests.accounts.coming import PASSWORD
from tests.make import make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/webhooks"
GOOD = {"url": "https://hooks.example.org/in", "subjects": ["rating"]}
MakeHook = Callable[..., Webhook]


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


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_webhook_is_added_and_its_secret_is_shown_this_once(client: Client, ann: User) -> None:
    answer = client.post(f"{PAGE}/add", GOOD)

    made = ann.webhooks.get()
    secret = unseal(made.secret)
    assert answer.status_code == 201
    assert secret in text(answer)
    assert answer["Cache-Control"].count("no-store")
    assert (made.url, made.subjects) == (GOOD["url"], ["rating"])
    assert secret not in text(client.get(f"{PAGE}/{made.pk}"))
    assert secret not in made.secret


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.org/in", "begin with https://"),
        ("https://localhost/in", "anybody can reach"),
        ("https://10.0.0.1/in", "anybody can reach"),
        ("https://ann:secret@hooks.example.org/", "name and password"),
        ("nonsense", "not an address"),
        ("", "required"),
    ],
)
def test_what_is_no_address_for_webhooks_is_refused_in_words(
    client: Client, ann: User, url: str, why: str
) -> None:
    answer = client.post(f"{PAGE}/add", GOOD | {"url": url})

    assert answer.status_code == 422
    assert why in text(answer)
    assert not ann.webhooks.exists()


def test_a_webhook_that_hears_nothing_is_refused(client: Client, ann: User) -> None:
    answer = client.post(f"{PAGE}/add", {"url": GOOD["url"]})

    assert answer.status_code == 422
    assert not ann.webhooks.exists()


def test_there_is_no_room_for_more_than_so_many(client: Client, ann: User) -> None:
    for _ in range(listening.MOST):
        listening.add(ann, url=GOOD["url"], subjects=["list"])

    answer = client.post(f"{PAGE}/add", GOOD)

    assert answer.status_code == 422
    assert ann.webhooks.count() == listening.MOST


def test_who_is_not_surely_themselves_confirms_it_first(ann: User) -> None:
    client = Client()
    client.force_login(ann)

    answer = client.post(f"{PAGE}/add", GOOD)

    assert answer.status_code == 302
    assert "/sign-in/again" in answer["Location"]
    assert not ann.webhooks.exists()


def test_a_webhook_is_changed(client: Client, ann: User, make_hook: MakeHook) -> None:
    hook = make_hook(ann)

    answer = client.post(f"{PAGE}/{hook.pk}/change", GOOD, follow=True)

    hook.refresh_from_db()
    assert answer.status_code == 200
    assert (hook.url, hook.subjects) == (GOOD["url"], ["rating"])


def test_it_is_turned_off_and_on(client: Client, ann: User, make_hook: MakeHook) -> None:
    hook = make_hook(ann)
    Webhook.objects.update(failures=3, failing_since=timezone.now(), rests_until=timezone.now())

    client.post(f"{PAGE}/{hook.pk}/off")
    was_on = Webhook.objects.get().is_on
    client.post(f"{PAGE}/{hook.pk}/on")

    hook.refresh_from_db()
    assert (was_on, hook.is_on) == (False, True)
    assert (hook.failures, hook.failing_since, hook.rests_until) == (0, None, None)


def test_what_waits_is_given_up_when_it_is_turned_off(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)
    listening.try_out(hook)

    client.post(f"{PAGE}/{hook.pk}/off")

    assert Delivery.objects.get().status == "failed"


def test_a_new_secret_takes_the_place_of_the_old(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)
    before = unseal(hook.secret)

    answer = client.post(f"{PAGE}/{hook.pk}/secret")

    hook.refresh_from_db()
    assert unseal(hook.secret) in text(answer)
    assert unseal(hook.secret) != before


def test_a_test_event_is_sent_and_seen(client: Client, ann: User, make_hook: MakeHook) -> None:
    hook = make_hook(ann)

    answer = client.post(f"{PAGE}/{hook.pk}/test", follow=True)

    assert json.loads(Delivery.objects.get().body)["event"] == "test"
    assert "Waiting" in text(answer)


def test_nothing_is_tried_out_while_it_is_off(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)
    listening.turn_off(hook)

    answer = client.post(f"{PAGE}/{hook.pk}/test", follow=True)

    assert "Turn it on first" in text(answer)
    assert not Delivery.objects.exists()


def test_what_was_given_up_is_sent_again(client: Client, ann: User, make_hook: MakeHook) -> None:
    hook = make_hook(ann)
    sent = listening.try_out(hook)
    Delivery.objects.update(status="failed", attempts=6, code=500, answer="<b>down</b>")
    shown = text(client.get(f"{PAGE}/{hook.pk}"))

    client.post(f"{PAGE}/{hook.pk}/deliveries/{sent.key}/replay")

    again = Delivery.objects.get()
    assert "&lt;b&gt;down" in shown
    assert (again.key, again.status, again.attempts) == (sent.key, "waiting", 0)
    assert again.body == sent.body


def test_a_webhook_is_removed_by_who_means_it(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)

    client.get(f"{PAGE}/{hook.pk}/remove")
    is_left = ann.webhooks.exists()
    client.post(f"{PAGE}/{hook.pk}/remove")

    assert is_left
    assert not ann.webhooks.exists()


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("webhook", "get"),
        ("webhook-change", "post"),
        ("webhook-on", "post"),
        ("webhook-off", "post"),
        ("webhook-secret", "post"),
        ("webhook-test", "post"),
        ("webhook-remove", "post"),
        ("webhook-replay", "post"),
    ],
)
def test_a_stranger_finds_nothing(
    client: Client, make_hook: MakeHook, name: str, method: str
) -> None:
    hook = make_hook(make_user())
    key = [listening.try_out(hook).key] if name == "webhook-replay" else []
    before = Webhook.objects.values().get()

    answer = getattr(client, method)(reverse(f"accounts:{name}", args=[hook.pk, *key]), GOOD)

    assert answer.status_code == 404
    assert Webhook.objects.values().get() == before


def test_a_delivery_of_another_webhook_is_not_sent_again(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    mine, theirs = make_hook(ann), make_hook(make_user())
    key = listening.try_out(theirs).key

    answer = client.post(f"{PAGE}/{mine.pk}/deliveries/{key}/replay")

    assert answer.status_code == 404


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}/add"])
def test_a_visitor_is_led_to_the_door(page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_deliveries_go_on_where_the_page_ends(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)
    keys = [str(listening.try_out(hook).key) for _ in range(25)]

    first = text(client.get(f"{PAGE}/{hook.pk}"))
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following
    second = text(client.get(f"{PAGE}/{hook.pk}{following[1]}"))

    shown = [key for page in (first, second) for key in re.findall(r"deliveries/([-\w]+)/", page)]
    assert shown == keys[::-1]


def test_questions_do_not_grow_with_deliveries(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    hook = make_hook(ann)
    counts = []
    for _ in range(2):
        for _each in range(4):
            listening.try_out(hook)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PAGE}/{hook.pk}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_it_says_since_when_nothing_is_taken(
    client: Client, ann: User, make_hook: MakeHook
) -> None:
    make_hook(ann)
    Webhook.objects.update(failing_since=timezone.now() - timedelta(hours=5))

    assert "Nothing is taken, since 5" in text(client.get(PAGE))
