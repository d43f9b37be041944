"""The admin's first page, and its parts by themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import NotRegistered
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from catalog.models import Errand, SyncRun, Urgency
from catalog.source import pace
from cinehub.overview import PARTS
from cinehub.work import schedule
from cinehub.work.models import DeadLetter, Measure
from tests.make import make_title, make_user
from tests.read import shown, text

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name="Catalogue editor"))
    client.force_login(user)
    return client


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def part(client: Client, name: str) -> str:
    return text(shown(client, reverse("dashboard-part", args=[name])))


def measured(name: str, *values: float, minutes: int = 5) -> None:
    now = timezone.now()
    Measure.objects.bulk_create(
        Measure(name=name, value=value, at=now - timedelta(minutes=minutes * (n + 1)))
        for n, value in enumerate(values)
    )


def queries(look: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


# --- As a whole ---------------------------------------------------------------------------------
def test_a_new_site_says_what_there_is_to_wait_for(editor: Client) -> None:
    page = text(shown(editor, INDEX))

    assert "No measures yet: every five minutes there is one." in page
    assert "No run yet: the first fills the catalogue." in page
    assert "No task has failed for good." in page


def test_every_part_stands_on_the_page_and_by_itself(editor: Client) -> None:
    page = shown(editor, INDEX)

    for name in PARTS:
        address = reverse("dashboard-part", args=[name])
        assert f'data-live="{name}" data-live-url="{address}"' in page
        assert "<html" not in shown(editor, address)


def test_there_is_no_other_part(editor: Client) -> None:
    assert editor.get(reverse("dashboard-part", args=["nonsense"])).status_code == 404


def test_what_was_measured_is_drawn_with_a_table_behind_it(editor: Client) -> None:
    measured("queue.bulk.depth", 12, 40, 7)

    page = shown(editor, INDEX)

    assert 'aria-label="bulk: now 12, between 7 and 40."' in page
    assert 'class="chart-line" d="M' in page
    assert "As a table bulk" in text(page)


def test_two_weeks_are_to_be_had_and_nonsense_is_a_day(editor: Client) -> None:
    measured("errands.open", 5, minutes=3 * 24 * 60)

    assert "Open: now 5" in shown(editor, f"{INDEX}?period=fortnight")
    assert "Open: not measured" not in shown(editor, f"{INDEX}?period=nonsense")
    assert "Open: now 5" not in shown(editor, INDEX)


def test_nothing_on_it_is_styled_or_scripted_within_the_page(superuser: Client) -> None:
    schedule.set_up()
    measured("tmdb.spent", 1, 2)
    SyncRun.objects.create(kind="charts", done=1, total=2)

    page = shown(superuser, INDEX)

    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page


def test_it_asks_no_more_of_a_database_that_holds_more(editor: Client) -> None:
    SyncRun.objects.create(kind="charts", state="failed", error="No.")
    shown(editor, INDEX)
    few = queries(lambda: shown(editor, INDEX))
    schedule.set_up()
    for number in range(8):
        SyncRun.objects.create(kind=f"kind {number}", error="No.")
        DeadLetter.objects.create(task_id=str(number), task="a", died_at=timezone.now())
        make_title()
    measured("tmdb.spent", *range(100))

    assert queries(lambda: shown(editor, INDEX)) <= few + 1
    assert few <= 25


# --- Part by part -------------------------------------------------------------------------------
def test_runs_say_how_far_they_are_and_how_the_last_of_each_kind_went(editor: Client) -> None:
    SyncRun.objects.create(kind="charts", state="failed", error="Long ago.")
    SyncRun.objects.create(kind="charts", state="done", asked=1024)
    SyncRun.objects.create(kind="popular", done=431, total=1000)

    told = part(editor, "runs")
    page = shown(editor, reverse("dashboard-part", args=["runs"]))

    assert "431 / 1,000" in told
    assert '<progress value="431" max="1000" aria-label="popular">' in page
    assert "Done" in told
    assert "1,024" in told


def test_what_could_not_be_done_is_told_in_its_own_words(editor: Client) -> None:
    SyncRun.objects.create(kind="charts", state="partial", error="movie 603: Garbled: <no title>")

    page = shown(editor, reverse("dashboard-part", args=["runs"]))

    assert "movie 603: Garbled: <no title>" in page


def test_what_is_next_comes_first(editor: Client) -> None:
    schedule.set_up()
    PeriodicTask.objects.filter(name="Charts").update(enabled=False)

    told = part(editor, "schedule")

    assert told.index("Errands to TMDB") < told.index("What is due by age")
    assert "Every 30 s" in told
    assert "Charts" not in told


def test_the_budget_is_told_by_urgency(editor: Client) -> None:
    told = part(editor, "budget")

    assert "TMDB answers" in told
    assert all(str(urgency.label) in told for urgency in Urgency)


def test_a_tmdb_that_is_away_is_said_to_be(
    editor: Client, with_key: None, monkeypatch: Any
) -> None:
    state = pace().state()
    away = type(state)(**vars(state) | {"circuit": "open", "shut_for": 40.0, "paused_for": 3.0})
    monkeypatch.setattr("catalog.tmdb.limiter.Limiter.state", lambda self: away)

    told = part(editor, "budget")

    assert "TMDB is away asked again in 40 s" in told
    assert "pause of 3 s" in told


def test_queues_say_how_long_they_are_and_how_late(editor: Client, monkeypatch: Any) -> None:
    figures = {"queue.bulk.depth": 1200.0, "queue.bulk.lag": 90.0}
    monkeypatch.setattr("cinehub.overview.queues.figures", lambda: figures)

    assert "bulk 1,200 90 s" in part(editor, "queues")


def test_without_a_broker_there_is_no_telling(editor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("cinehub.overview.queues.figures", dict)

    assert "The broker is away" in part(editor, "queues")


def test_errands_are_counted_by_urgency_and_those_in_vain_apart(editor: Client) -> None:
    now = timezone.now()
    for number, (urgency, given_up) in enumerate(
        [(Urgency.READER, None), (Urgency.AGE, None), (Urgency.AGE, None), (Urgency.AGE, now)]
    ):
        Errand.objects.create(
            kind="movie", tmdb_id=number, urgency=urgency, due_at=now, given_up_at=given_up
        )

    told = part(editor, "errands")

    assert "A reader waits 1" in told
    assert "Old enough 2" in told
    assert "1 given up" in told


def test_the_latest_dead_letters_are_named(editor: Client) -> None:
    for number in range(4):
        DeadLetter.objects.create(
            task_id=str(number),
            task=f"task.{number}",
            error="Boom",
            died_at=timezone.now() + timedelta(minutes=number),
        )

    told = part(editor, "letters")

    assert "4 tasks failed for good" in told
    assert "task.3" in told
    assert "task.0" not in told


def test_the_mirror_says_what_it_holds_and_what_it_may(editor: Client, settings: Any) -> None:
    settings.MIRROR_QUOTA = 1024

    assert "of 976.6" in part(editor, "mirror")

    settings.MIRROR_QUOTA = 0
    assert "of " not in part(editor, "mirror")


# --- Doing it now -------------------------------------------------------------------------------
@pytest.fixture
def charts() -> PeriodicTask:
    schedule.set_up()
    return PeriodicTask.objects.get(name="Charts")


def test_a_schedule_is_run_now(superuser: Client, charts: PeriodicTask, monkeypatch: Any) -> None:
    run: list[str] = []
    monkeypatch.setattr("cinehub.dashboard.run_now", lambda periodic: run.append(periodic.name))

    page = superuser.post(reverse("dashboard-run", args=[charts.pk]), follow=True)

    assert run == ["Charts"]
    assert "“Charts” is queued." in page.content.decode()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("away"), "No broker takes it: away"),
        (NotRegistered("gone"), "There is no such task any more: catalog.tasks.titles.refresh_cha"),
    ],
)
def test_what_cannot_be_queued_is_said(
    superuser: Client, charts: PeriodicTask, monkeypatch: Any, error: Exception, said: str
) -> None:
    def fail(_periodic: PeriodicTask) -> None:
        raise error

    monkeypatch.setattr("cinehub.dashboard.run_now", fail)

    page = superuser.post(reverse("dashboard-run", args=[charts.pk]), follow=True)

    assert said in page.content.decode()


def test_only_who_may_change_schedules_runs_them(
    editor: Client, charts: PeriodicTask, monkeypatch: Any
) -> None:
    monkeypatch.setattr("cinehub.dashboard.run_now", pytest.fail)
    address = reverse("dashboard-run", args=[charts.pk])

    assert address not in shown(editor, INDEX)
    assert editor.post(address).status_code == 403
    assert editor.get(address).status_code == 405


def test_who_may_see_measures_alone_sees_the_page(client: Client) -> None:
    viewer = make_user(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_measure"))
    client.force_login(viewer)

    assert "Over time" in shown(client, INDEX)
