"""Schedules: made once, an admin's from then on, and known tasks all."""

from typing import Any

import pytest
from celery import current_app
from celery.exceptions import NotRegistered
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from cinehub.work import schedule
from cinehub.work.schedule import SCHEDULE, run_now, set_up
from tests.work.running import messages, works

pytestmark = pytest.mark.django_db


def make_periodic(**fields: Any) -> PeriodicTask:
    each, _ = IntervalSchedule.objects.get_or_create(every=60, period="seconds")
    values = {"name": "Try", "task": works.name, "interval": each, "expire_seconds": 60}
    return PeriodicTask.objects.create(**values | fields)


def test_a_new_site_has_all_schedules_and_a_second_start_makes_none() -> None:
    assert set_up() == len(SCHEDULE)
    assert set_up() == 0
    assert PeriodicTask.objects.filter(enabled=True).count() == len(SCHEDULE)


def test_what_an_admin_has_changed_survives_a_restart() -> None:
    set_up()
    charts = PeriodicTask.objects.get(name="Charts")
    slow, _ = IntervalSchedule.objects.get_or_create(every=9, period="hours")
    charts.enabled, charts.crontab, charts.interval = False, None, slow
    charts.save()

    set_up()

    charts.refresh_from_db()
    assert (charts.enabled, charts.crontab, charts.interval) == (False, None, slow)


def test_times_are_those_of_utc() -> None:
    set_up()

    terms = PeriodicTask.objects.get(name="Genres and configuration").crontab
    assert (terms.hour, terms.minute, str(terms.timezone)) == ("1", "0", "UTC")


def test_a_message_is_good_until_the_next_one_comes() -> None:
    set_up()

    assert not PeriodicTask.objects.filter(expire_seconds=None).exists()
    errands = PeriodicTask.objects.get(task="catalog.tasks.titles.run_errands")
    assert errands.expire_seconds == errands.interval.every == 30


@pytest.mark.parametrize("entry", SCHEDULE, ids=lambda entry: entry.name)
def test_what_is_scheduled_is_a_task_that_there_is(entry: schedule.Entry) -> None:
    current_app.loader.import_default_modules()

    assert entry.task in current_app.tasks


def test_running_now_queues_the_task_in_its_queue() -> None:
    run_now(make_periodic(task="cinehub.tasks.measure"))

    [message] = messages("refresh")
    assert message.headers["task"] == "cinehub.tasks.measure"
    assert message.headers["expires"]


def test_an_admin_may_choose_another_queue() -> None:
    run_now(make_periodic(task="cinehub.tasks.measure", queue="images"))

    assert len(messages("images")) == 1


def test_a_schedule_of_a_task_that_is_no_more_cannot_be_run() -> None:
    with pytest.raises(NotRegistered):
        run_now(make_periodic(task="catalog.tasks.titles.of_last_year"))
