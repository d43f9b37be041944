"""Tasks: given up in a letter, never in silence; and known by the request that queued them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from celery import current_app
from django.db import OperationalError

from cinehub.kit import tracing
from cinehub.work import letters
from cinehub.work import task as tasks
from cinehub.work.models import DeadLetter
from cinehub.work.queues import QUEUES, queue_of
from tests.work.running import SECRET, fails, hand_out, messages, seen, tries, works

pytestmark = pytest.mark.django_db


def database_is_away(*_: Any, **__: Any) -> None:
    raise OperationalError("the database is away")


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.time, "sleep", lambda seconds: None)


# --- Given up ------------------------------------------------------------------------------------
def test_a_task_that_fails_becomes_a_dead_letter() -> None:
    hand_out(fails, task_id="one", n=7)

    letter = DeadLetter.objects.get()
    assert (letter.task_id, letter.task, letter.queue) == ("one", fails.name, "bulk")
    assert letter.arguments == {"n": 7}
    assert letter.error.startswith("ValueError")
    assert "in fails" in letter.traceback
    assert list(DeadLetter.objects.open()) == [letter]


def test_a_dead_letter_holds_no_secrets() -> None:
    hand_out(fails, n=7)

    letter = DeadLetter.objects.get()
    assert SECRET not in letter.error + letter.traceback


def test_a_task_that_is_tried_again_is_not_given_up() -> None:
    hand_out(tries, n=1)

    assert not DeadLetter.objects.exists()
    assert len(messages("bulk")) == 1


def test_a_task_is_given_up_after_its_last_retry() -> None:
    hand_out(tries, n=1, retries=1)

    assert DeadLetter.objects.get().task == tries.name
    assert messages("bulk") == []


def test_a_task_that_works_leaves_no_letter() -> None:
    hand_out(works, n=1)

    assert not DeadLetter.objects.exists()


def test_a_letter_is_written_as_soon_as_the_database_is_back(
    monkeypatch: pytest.MonkeyPatch, no_waiting: None
) -> None:
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    attempts = iter([database_is_away, letters.write])
    monkeypatch.setattr(letters, "write", lambda *a, **k: next(attempts)(*a, **k))

    hand_out(fails, n=1)

    assert DeadLetter.objects.count() == 1


def test_a_letter_that_cannot_be_written_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, no_waiting: None, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(letters, "write", database_is_away)

    hand_out(fails, n=7)

    assert f"No dead letter of {fails.name} {{'n': 7}}" in caplog.text


# --- Come back -----------------------------------------------------------------------------------
def test_a_task_that_killed_three_workers_is_not_given_a_fourth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Who is killed does not say that it was done.
    monkeypatch.setattr(letters, "forget", lambda task_id: None)

    for returned in (False, True, True, True):
        hand_out(works, task_id="poison", redelivered=returned, n=1)

    assert len(seen) == 3
    letter = DeadLetter.objects.open().get()
    assert (letter.task, letter.arguments, letter.returns) == (works.name, {"n": 1}, 3)
    assert "came back 3 times" in letter.error


def test_its_last_attempt_a_task_has_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A harmless one that died with a poison one is done then, and forgotten."""
    entered: list[bool] = []

    @contextmanager
    def running(*, alone: bool) -> Iterator[None]:
        entered.append(alone)
        yield

    monkeypatch.setattr(tasks.threads, "running", running)
    monkeypatch.setattr(letters, "forget", lambda task_id: None)

    for returned in (False, True, True, True):
        hand_out(works, task_id="one", redelivered=returned, n=1)

    # The fourth is not run any more.
    assert entered == [False, False, True, True]
    assert len(seen) == 3


def test_who_waits_while_another_one_kills_their_worker_has_not_come_back_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def killed(*, alone: bool) -> Iterator[None]:
        raise SystemExit
        yield

    DeadLetter.objects.create(task_id="one", task=works.name, queue="bulk", returns=1)
    monkeypatch.setattr(tasks.threads, "running", killed)

    with pytest.raises(SystemExit):
        hand_out(works, task_id="one", redelivered=True, n=1)

    assert DeadLetter.objects.get().returns == 1


def test_a_task_that_is_called_like_a_function_waits_for_nobody() -> None:
    """By one that is alone, say: it would wait for itself."""
    with tasks.threads.running(alone=True):
        works(n=1)

    assert len(seen) == 1


def test_a_task_that_came_back_and_is_done_leaves_no_letter() -> None:
    hand_out(works, redelivered=True, n=1)

    assert len(seen) == 1
    assert not DeadLetter.objects.exists()


def test_a_task_that_came_back_and_fails_is_given_up_in_one_letter() -> None:
    hand_out(fails, redelivered=True, n=1)

    letter = DeadLetter.objects.open().get()
    assert letter.returns == 1


def test_a_task_that_came_back_is_run_even_if_that_cannot_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "count_return", database_is_away)

    hand_out(works, redelivered=True, n=1)

    assert len(seen) == 1


def test_a_task_that_comes_for_the_first_time_costs_no_query(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        hand_out(works, n=1)


# --- Who asked -----------------------------------------------------------------------------------
def test_a_message_says_which_request_sent_it_and_when() -> None:
    tracing.begin(request_id="abc")

    works.delay(n=1)

    [message] = messages("bulk")
    assert message.headers["request_id"] == "abc"
    assert message.headers["sent_at"] > 1_700_000_000


def test_a_message_that_no_request_sent_names_none() -> None:
    works.delay(n=1)

    [message] = messages("bulk")
    assert "request_id" not in message.headers


def test_a_running_task_knows_itself_and_the_request_that_queued_it() -> None:
    hand_out(works, task_id="one", request_id="abc", n=1)

    assert seen == [{"n": 1, "request_id": "abc", "task_id": "one", "task": works.name}]


def test_what_a_task_queues_carries_the_same_request() -> None:
    tracing.begin(request_id="abc", task_id="one", task="parent")

    works.delay(n=1)

    [message] = messages("bulk")
    assert message.headers["request_id"] == "abc"


# --- Every task of the site ----------------------------------------------------------------------
def ours() -> list[Any]:
    current_app.loader.import_default_modules()
    return [task for name, task in current_app.tasks.items() if name.startswith(OURS)]


OURS = ("catalog.", "cinehub.", "accounts.", "lists.", "reviews.")


def test_every_task_is_in_a_queue_that_somebody_sees_to() -> None:
    elsewhere = {task.name for task in ours() if queue_of(task) not in QUEUES}

    assert ours()
    assert not elsewhere


def test_a_task_is_in_its_queue_whoever_sends_it() -> None:
    works.delay(n=1)
    works.apply_async(kwargs={"n": 2})
    current_app.send_task(works.name, kwargs={"n": 3})

    assert len(messages("bulk")) == 3


def test_another_queue_may_be_said() -> None:
    works.apply_async(kwargs={"n": 1}, queue="images")

    assert len(messages("images")) == 1


def test_a_task_that_is_known_elsewhere_alone_has_a_queue_all_the_same() -> None:
    current_app.send_task("another.site.task")

    assert len(messages("refresh")) == 1


def test_a_task_is_put_off_for_less_than_a_worker_may_take() -> None:
    """Redis would take whoever holds it for dead, and hand it out a second time."""
    longest = current_app.conf.broker_transport_options.get("visibility_timeout", 1200)

    # The last wait is backoff * 2 ** (retries - 1), or `retry_backoff_max` if that is less.
    for task in ours():
        backoff = getattr(task, "retry_backoff", 0)
        waits = [int(backoff) * 2**n for n in range(task.max_retries or 0)] if backoff else [0]
        assert min(max(waits), getattr(task, "retry_backoff_max", 600)) < longest, task.name
