"""What becomes of what is to be sent."""

import hmac
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.db import connection as db
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.hooks import delivery, door, happening, listening, tasks
from accounts.hooks.addresses import Trouble, Unreachable
from accounts.hooks.delivery import WAITS, send
from accounts.models import Authorization, Delivery, Kind, User, Webhook
from cinehub.kit.sealing import unseal
from cinehub.work.models import Claim
from tests.make import make_user

pytestmark = pytest.mark.django_db
MakeHook = Callable[..., Webhook]


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def hook(ann: User, make_hook: MakeHook) -> Webhook:
    return make_hook(ann)


def now() -> Delivery:
    """As it is by now; there is but one."""
    return Delivery.objects.get()


def try_again(hook: Webhook) -> None:
    """As if its time had come."""
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.waiting().update(next_at=past)
    Webhook.objects.filter(pk=hook.pk).update(rests_until=past)
    send(hook.pk)


# --- Taken ----------------------------------------------------------------------------------------


def test_what_is_taken_is_done(hook: Webhook, receiver: Any) -> None:
    listening.try_out(hook)

    send(hook.pk)
    send(hook.pk)

    assert len(receiver.heard) == 1
    sent = now()
    assert (sent.status, sent.code, sent.answer, sent.attempts) == ("taken", 200, "thanks", 1)


def test_a_receiver_knows_that_it_was_us(hook: Webhook, receiver: Any) -> None:
    sent = listening.try_out(hook)

    send(hook.pk)

    [heard] = receiver.heard
    stamp, signature = (part.partition("=")[2] for part in _signature(heard).split(","))
    signed = hmac.new(unseal(hook.secret).encode(), stamp.encode() + b"." + heard.body, "sha256")
    assert signature == signed.hexdigest()
    assert abs(int(stamp) - timezone.now().timestamp()) < 60
    assert heard.headers["CineHub-Delivery"] == str(sent.key)
    assert heard.headers["CineHub-Event"] == json.loads(heard.body)["event"] == "test"
    assert heard.headers["Content-Type"] == "application/json"


def _signature(heard: Any) -> str:
    return str(heard.headers["CineHub-Signature"])


def test_a_new_secret_signs_what_waits(hook: Webhook, receiver: Any) -> None:
    listening.try_out(hook)
    secret = listening.change_secret(hook)

    send(hook.pk)

    [heard] = receiver.heard
    stamp = _signature(heard).partition(",")[0].removeprefix("t=")
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + heard.body, "sha256")
    assert _signature(heard).endswith(signed.hexdigest())


def test_what_waits_is_sent_in_the_order_in_which_it_happened(hook: Webhook, receiver: Any) -> None:
    keys = [str(listening.try_out(hook).key) for _ in range(3)]

    send(hook.pk)

    assert [heard.headers["CineHub-Delivery"] for heard in receiver.heard] == keys


# --- Not taken ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [300, 302, 400, 404, 500, 503])
def test_what_is_not_taken_is_tried_again(hook: Webhook, receiver: Any, code: int) -> None:
    receiver.code = code
    listening.try_out(hook)

    wait = send(hook.pk)
    waits = now().status
    receiver.code = 204
    try_again(hook)

    assert wait is not None
    assert 8 < wait <= 10
    assert (waits, now().status, now().attempts) == ("waiting", "taken", 2)


def test_it_is_tried_with_growing_waits_and_then_given_up(hook: Webhook, receiver: Any) -> None:
    receiver.code = 500
    listening.try_out(hook)
    waits = []
    began = timezone.now()

    with time_machine.travel(began, tick=False) as clock:
        send(hook.pk)
        while now().status == "waiting":
            waits.append((now().next_at - timezone.now()).total_seconds())
            clock.move_to(now().next_at)
            send(hook.pk)

    assert tuple(waits) == WAITS
    assert (now().status, now().attempts) == ("failed", len(WAITS) + 1)
    assert len(receiver.heard) == len(WAITS) + 1


def test_before_its_time_nothing_is_tried(hook: Webhook, receiver: Any) -> None:
    receiver.code = 500
    listening.try_out(hook)

    send(hook.pk)
    send(hook.pk)

    assert len(receiver.heard) == 1


def test_who_does_not_answer_rests_with_all_that_waits_for_them(
    hook: Webhook, receiver: Any
) -> None:
    receiver.code = 500
    for _ in range(5):
        listening.try_out(hook)

    send(hook.pk)

    assert len(receiver.heard) == 1
    assert list(Webhook.objects.due()) == []


def test_one_that_is_never_taken_keeps_no_other_waiting(hook: Webhook, receiver: Any) -> None:
    receiver.code = 500
    listening.try_out(hook)
    send(hook.pk)
    receiver.code = 200
    other = listening.try_out(hook)

    send(hook.pk)

    other.refresh_from_db()
    assert other.status == "taken"


def test_who_takes_something_again_is_well(hook: Webhook, receiver: Any) -> None:
    receiver.code = 500
    listening.try_out(hook)
    send(hook.pk)
    receiver.code = 200
    try_again(hook)

    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.rests_until) == (0, None, None)


def test_nobody_rests_longer_than_an_hour(hook: Webhook, receiver: Any) -> None:
    receiver.code = 500
    Webhook.objects.update(failures=50)
    listening.try_out(hook)

    send(hook.pk)

    hook.refresh_from_db()
    assert hook.rests_until
    assert hook.rests_until <= timezone.now() + timedelta(hours=1)


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble])
def test_why_there_is_no_answer_is_written_down(
    hook: Webhook, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    def fail(*_: Any) -> None:
        raise Unreachable(trouble)

    monkeypatch.setattr(door, "post", fail)
    listening.try_out(hook)

    send(hook.pk)

    assert (now().trouble, now().code, now().status) == (trouble, None, "waiting")


def test_an_address_that_is_closed_by_now_is_not_gone_to(
    hook: Webhook, receiver: Any, settings: Any
) -> None:
    listening.try_out(hook)
    settings.WEBHOOK_HOSTS = ()

    send(hook.pk)

    assert receiver.heard == []
    assert now().trouble == "address"


def test_a_secret_of_another_site_is_no_end_of_the_world(hook: Webhook, receiver: Any) -> None:
    Webhook.objects.update(secret="not ours")
    listening.try_out(hook)

    send(hook.pk)

    assert receiver.heard == []
    assert now().trouble == "secret"


# --- Turned off -----------------------------------------------------------------------------------


def test_who_is_gone_is_turned_off_and_the_owner_hears_of_it(
    hook: Webhook, receiver: Any, ann: User
) -> None:
    receiver.code = 410
    for _ in range(3):
        listening.try_out(hook)

    send(hook.pk)

    hook.refresh_from_db()
    told = ann.notifications.get()
    assert (hook.is_on, hook.stopped) == (False, "gone")
    assert set(Delivery.objects.values_list("status", flat=True)) == {"failed"}
    assert (told.kind, told.url) == (Kind.WEBHOOK, f"/settings/webhooks/{hook.pk}")


def test_who_takes_nothing_for_days_is_turned_off(hook: Webhook, receiver: Any, ann: User) -> None:
    receiver.code = 500
    began = timezone.now()
    with time_machine.travel(began) as clock:
        listening.try_out(hook)
        send(hook.pk)
        clock.move_to(began + timedelta(days=2))
        listening.try_out(hook)
        send(hook.pk)
        is_on = Webhook.objects.get().is_on
        clock.move_to(began + timedelta(days=3, hours=1))
        listening.try_out(hook)
        send(hook.pk)

    hook.refresh_from_db()
    assert is_on
    assert (hook.is_on, hook.stopped) == (False, "failing")
    assert ann.notifications.count() == 1


def test_one_that_is_turned_on_again_begins_anew(hook: Webhook, receiver: Any) -> None:
    receiver.code = 410
    listening.try_out(hook)
    send(hook.pk)
    hook.refresh_from_db()

    listening.turn_on(hook)
    receiver.code = 200
    listening.try_out(hook)
    send(hook.pk)

    assert Delivery.objects.newest()[0].status == "taken"
    assert Webhook.objects.get().stopped == ""


def test_one_that_was_turned_off_meanwhile_is_sent_nothing(hook: Webhook, receiver: Any) -> None:
    listening.try_out(hook)
    listening.turn_off(hook)

    send(hook.pk)

    assert receiver.heard == []


def test_one_that_is_removed_while_it_is_sent_to_is_no_trouble(
    hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remove(*_: Any) -> door.Answer:
        Webhook.objects.all().delete()
        return door.Answer(200, "")

    monkeypatch.setattr(door, "post", remove)
    listening.try_out(hook)

    assert send(hook.pk) is None


# --- Who may know ---------------------------------------------------------------------------------


def test_what_its_member_does_not_allow_any_more_is_not_sent_nor_kept(
    ann: User, make_hook: MakeHook, receiver: Any
) -> None:
    bob = make_user()
    app = App.objects.create(owner=ann, name="Couch", scopes="read")
    Authorization.objects.create(user=bob, client=app, scopes="read")
    Token.objects.create(client=app, user=bob, type="rt", hash="a", scopes="read")
    hook = make_hook(ann, app=app)
    happening.tell(bob.pk, "rating.set", lambda _: {})
    Authorization.objects.all().delete()

    send(hook.pk)

    assert receiver.heard == []
    assert not Delivery.objects.exists()


def test_what_tells_of_a_member_goes_with_them(ann: User, hook: Webhook) -> None:
    listening.try_out(hook)

    ann.delete()

    assert not Delivery.objects.exists()
    assert not Webhook.objects.exists()


# --- Turns ----------------------------------------------------------------------------------------


def test_two_at_once_send_nothing_twice(hook: Webhook, receiver: Any) -> None:
    listening.try_out(hook)
    Claim.objects.take(f"webhook {hook.pk}", seconds=60, owner="another")

    assert send(hook.pk) is None
    assert receiver.heard == []


def test_no_more_receivers_are_seen_to_at_once_than_there_are_slots(
    hook: Webhook, receiver: Any
) -> None:
    listening.try_out(hook)
    for number in range(delivery.SLOTS):
        Claim.objects.take(f"webhooks {number}", seconds=60, owner="another")

    send(hook.pk)
    before = len(receiver.heard)
    Claim.objects.leave("webhooks 1", owner="another")
    send(hook.pk)

    assert (before, len(receiver.heard)) == (0, 1)


def test_a_turn_ends_when_its_time_is_up_and_another_one_follows(
    hook: Webhook, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SECONDS", 0)
    listening.try_out(hook)

    assert send(hook.pk) == 0


def test_what_a_killed_worker_had_is_tried_once_more(
    hook: Webhook, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    listening.try_out(hook)
    with monkeypatch.context() as patched:
        patched.setattr(door, "post", die)
        with pytest.raises(KeyboardInterrupt):
            send(hook.pk)
    kept = now().attempts

    with time_machine.travel(timezone.now() + timedelta(seconds=delivery.LEASE_SECONDS + 1)):
        send(hook.pk)

    assert (kept, now().attempts, now().status) == (1, 2, "taken")


def test_the_schedule_sees_to_what_no_broker_took(
    hook: Webhook, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.send_webhook, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        listening.try_out(hook)
    queued: list[int] = []
    monkeypatch.setattr(tasks.send_webhook, "delay", lambda *, webhook: queued.append(webhook))

    tasks.send_webhooks()

    assert queued == [hook.pk]


def test_it_is_queued_on_the_commit_by_its_key_alone(
    hook: Webhook, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(tasks.send_webhook, "delay", lambda **told: queued.append(told))

    with django_capture_on_commit_callbacks(execute=True):
        listening.try_out(hook)
        before = list(queued)

    assert (before, queued) == ([], [{"webhook": hook.pk}])


def test_the_task_comes_again_when_something_waits(
    hook: Webhook, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.code = 500
    listening.try_out(hook)
    later: list[Any] = []
    monkeypatch.setattr(tasks.send_webhook, "apply_async", lambda **told: later.append(told))

    tasks.send_webhook(webhook=hook.pk)

    [told] = later
    assert told["kwargs"] == {"webhook": hook.pk}
    assert 8 < told["countdown"] <= 10


def test_old_deliveries_are_forgotten(hook: Webhook) -> None:
    old, young = listening.try_out(hook), listening.try_out(hook)
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))

    tasks.forget_deliveries()

    assert [one.key for one in Delivery.objects.all()] == [young.key]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_sends(hook: Webhook, receiver: Any) -> None:
    for _ in range(10):
        listening.try_out(hook)

    def work(_: int) -> None:
        try:
            send(hook.pk)
        finally:
            db.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    heard = [one.headers["CineHub-Delivery"] for one in receiver.heard]
    assert len(heard) == len(set(heard)) == 10
