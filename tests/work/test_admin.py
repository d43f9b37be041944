"""Dead letters, claims and schedules in the admin."""

from typing import Any

import pytest
from celery.exceptions import NotRegistered
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from cinehub.work import schedule
from cinehub.work.models import Claim, DeadLetter
from tests.make import make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

LETTERS = "/admin/work/deadletter/"
SCHEDULES = "/admin/django_celery_beat/periodictask/"


def make_letter(task_id: str = "a", **values: Any) -> DeadLetter:
    known = {
        "task": "catalog.tasks.titles.refresh_title",
        "queue": "interactive",
        "arguments": {"kind": "movie", "tmdb_id": 603},
        "error": "Garbled('not a title')\nand more",
        "traceback": "Traceback:\n  here",
        "died_at": timezone.now(),
    }
    return DeadLetter.objects.create(task_id=task_id, **known | values)


@pytest.fixture
def staff(client: Client) -> Client:
    """May see letters and schedules, and change letters."""
    user = make_user(is_staff=True)
    may = ["view_deadletter", "change_deadletter", "view_periodictask"]
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(user)
    return client


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def sent(monkeypatch: Any) -> list[Any]:
    told: list[Any] = []

    def note(name: str, *, queue: str, kwargs: Any) -> None:
        told.append((name, kwargs, queue))

    monkeypatch.setattr("cinehub.work.letters.send", note)
    return told


def act(client: Client, where: str, action: str, *rows: Any) -> str:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(where, chosen, follow=True).content.decode()


def test_a_letter_says_what_was_to_be_done_and_why_it_was_not(staff: Client) -> None:
    letter = make_letter()

    rows = shown(staff, LETTERS)
    page = shown(staff, f"{LETTERS}{letter.pk}/change/")

    assert "kind=movie, tmdb_id=603" in rows
    assert "Garbled('not a title')" in rows
    assert "and more" not in rows
    assert '"tmdb_id": 603' in page
    assert "Traceback:" in page


@pytest.mark.parametrize(
    ("query", "there"),
    [("", {"open"}), ("?state=settled", {"settled"}), ("?state=returning", {"back"})],
)
def test_open_letters_come_first_and_the_others_are_to_be_had(
    staff: Client, query: str, there: set[str]
) -> None:
    make_letter("open")
    make_letter("settled", settled_at=timezone.now())
    make_letter("back", died_at=None)

    rows = staff.get(LETTERS + query).context["cl"].result_list

    assert {letter.task_id for letter in rows} == there


def test_a_retried_task_is_queued_where_it_was_and_its_letter_is_settled(
    staff: Client, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    letter = make_letter()

    with django_capture_on_commit_callbacks(execute=True):
        page = act(staff, LETTERS, "retry", letter)

    assert sent == [(letter.task, letter.arguments, "interactive")]
    assert "1 task is queued again." in page
    assert not DeadLetter.objects.open().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("away"), "No broker takes it: away"),
        (NotRegistered("gone"), "There is no such task any more: catalog.tasks.titles"),
    ],
)
def test_what_cannot_be_queued_stays_open_and_says_why(
    superuser: Client, monkeypatch: Any, error: Exception, said: str
) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr("cinehub.work.letters.send", fail)

    page = act(superuser, LETTERS, "retry", make_letter())

    assert said in page
    assert DeadLetter.objects.open().exists()


def test_a_dismissed_letter_is_settled_and_nothing_is_queued(
    staff: Client, sent: list[Any]
) -> None:
    page = act(staff, LETTERS, "dismiss", make_letter())

    assert "1 letter is dismissed." in page
    assert not DeadLetter.objects.open().exists()
    assert sent == []


def test_who_may_only_look_at_letters_cannot_act_on_them(client: Client, sent: list[Any]) -> None:
    viewer = make_user(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_deadletter"))
    client.force_login(viewer)

    act(client, LETTERS, "dismiss", make_letter())

    assert DeadLetter.objects.open().exists()


def test_claims_are_there_to_be_read(superuser: Client) -> None:
    Claim.objects.take("charts", seconds=60)

    page = shown(superuser, "/admin/work/claim/")

    assert "charts" in page
    assert superuser.get("/admin/work/claim/charts/change/").status_code == 200
    assert superuser.post("/admin/work/claim/charts/change/", {}).status_code == 403


# --- Schedules ----------------------------------------------------------------------------------
@pytest.fixture
def charts() -> PeriodicTask:
    schedule.set_up()
    return PeriodicTask.objects.get(name="Charts")


def test_a_schedule_is_run_now(superuser: Client, charts: PeriodicTask, monkeypatch: Any) -> None:
    run: list[str] = []
    monkeypatch.setattr("cinehub.work.admin.run_now", lambda periodic: run.append(periodic.name))

    page = act(superuser, SCHEDULES, "run_tasks", charts)

    assert run == ["Charts"]
    assert "1 is queued." in page


def test_a_broker_that_is_away_is_said_to_be(
    superuser: Client, charts: PeriodicTask, monkeypatch: Any
) -> None:
    def away(_periodic: PeriodicTask) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("cinehub.work.admin.run_now", away)

    assert "No broker takes it: away" in act(superuser, SCHEDULES, "run_tasks", charts)


def test_who_may_only_look_at_schedules_changes_none(staff: Client, charts: PeriodicTask) -> None:
    act(staff, SCHEDULES, "disable_tasks", charts)

    charts.refresh_from_db()
    assert charts.enabled


def test_the_form_of_a_schedule_has_no_script_within_the_page(
    superuser: Client, charts: PeriodicTask
) -> None:
    page = shown(superuser, f"{SCHEDULES}{charts.pk}/change/")

    assert "periodic-task-overrides" not in page
    assert "js/admin-schedule.js" in page
    assert "At 5 minutes past the hour" in page
