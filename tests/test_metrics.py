"""/metrics: for whoever may read it, all that is counted, and how the rooms stand."""

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from catalog.models import SyncRun
from cinehub import measuring, metrics
from tests.make import make_user

pytestmark = pytest.mark.django_db

WORD = "the-word-of-the-operator"


def read(client: Client) -> dict[str, float]:
    """Each sample, with its labels, as Prometheus reads it."""
    text = client.get("/metrics").content.decode()
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


# --- Who may read it -----------------------------------------------------------------------------
def test_this_machine_may_read_it(client: Client) -> None:
    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert not answer.cookies


@pytest.mark.parametrize(
    "surroundings",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_AUTHORIZATION": "Bearer ", "REMOTE_ADDR": "192.0.2.1"},
    ],
)
def test_for_others_there_is_no_such_page(client: Client, surroundings: dict[str, str]) -> None:
    assert client.get("/metrics", **surroundings).status_code == 404


def test_behind_a_proxy_everybody_comes_from_this_machine(client: Client, settings: Any) -> None:
    settings.BEHIND_PROXY = True

    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("shown", "status"),
    [(f"Bearer {WORD}", 200), ("Bearer wrong", 404), (WORD, 404), ("Bearer é", 404), ("", 404)],
)
def test_where_there_is_a_word_it_has_to_be_shown(
    client: Client, settings: Any, shown: str, status: int
) -> None:
    settings.METRICS_TOKEN = WORD

    answer = client.get("/metrics", headers={"Authorization": shown})

    assert answer.status_code == status


@pytest.mark.parametrize(("is_staff", "status"), [(True, 200), (False, 404)])
def test_the_staff_may_read_it_from_anywhere(client: Client, is_staff: bool, status: int) -> None:
    client.force_login(make_user(is_staff=is_staff))

    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == status


# --- What stands there ---------------------------------------------------------------------------
def test_the_rooms_figures_are_told_as_they_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"queue.mail.depth": 3.0, "queue.mail.lag": 1.5, "mirror.backlog": 7.0}
    monkeypatch.setattr(measuring, "figures", lambda: told)

    found = read(client)

    assert found['cinehub_queue_depth{queue="mail"}'] == 3
    assert found['cinehub_queue_lag{queue="mail"}'] == 1.5
    assert found["cinehub_mirror_backlog"] == 7


def test_every_room_has_a_place(client: Client) -> None:
    names = " ".join(read(client))

    for room in ("queue_depth", "errands_open", "letters_open", "mirror_backlog", "tmdb_spent"):
        assert f"cinehub_{room}" in names


def test_the_age_of_what_was_synchronised_is_told_by_kind(client: Client) -> None:
    now = timezone.now()
    for kind, state, hours in (
        ("charts", "done", 2),
        ("charts", "done", 5),
        ("terms", "failed", 1),
    ):
        SyncRun.objects.create(kind=kind, state=state, finished_at=now - timedelta(hours=hours))

    found = read(client)

    age = found['cinehub_sync_age_seconds{kind="charts"}']
    assert age == pytest.approx(2 * 3600, abs=60)
    assert 'cinehub_sync_age_seconds{kind="terms"}' not in found


def test_without_the_database_what_was_counted_is_still_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away() -> dict[str, float]:
        raise OperationalError("the database is away")

    client.get("/health/live")
    monkeypatch.setattr(measuring, "figures", is_away)

    found = read(client)

    assert any(name.startswith("cinehub_request_seconds_count") for name in found)
    assert "cinehub_letters_open" not in found


def test_what_another_process_has_counted_is_told_too(client: Client) -> None:
    counting = (
        "from prometheus_client import Counter;"
        "Counter('cinehub_elsewhere', 'By another process.', ['who']).labels('worker').inc(4)"
    )
    there = {"PROMETHEUS_MULTIPROC_DIR": str(django_settings.METRICS_DIR)}
    subprocess.run([sys.executable, "-c", counting], env=there, check=True)

    assert read(client)['cinehub_elsewhere_total{who="worker"}'] == 4


def test_it_asks_as_much_however_much_there_is(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/metrics")
    for number in range(20):
        SyncRun.objects.create(kind=f"kind {number}", state="done", finished_at=timezone.now())

    with django_assert_max_num_queries(10):
        list(metrics.Figures().collect())
