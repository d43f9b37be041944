"""What is to be done when, as a new site has it; from then on an admin says.

Times are UTC. What has not been begun when its turn comes again is not done twice: messages expire.
"""

from dataclasses import dataclass

from celery.result import AsyncResult
from django.db import transaction
from django.utils.translation import gettext_noop as _
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from cinehub.work.queues import send

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True)
class Entry:
    """`every` so many seconds, or at `hour`:`minute`; its message is good until the next one.

    It is known by its name, which is English and said in the reader's language.
    """

    name: str
    task: str
    every: int
    hour: str = ""
    minute: str = ""


SCHEDULE = (
    Entry(_("Genres and configuration"), "catalog.tasks.titles.refresh_terms", DAY, "1", "0"),
    Entry(_("Charts"), "catalog.tasks.titles.refresh_charts", HOUR, "*", "5"),
    Entry(_("Popular films and shows"), "catalog.tasks.titles.refresh_popular", DAY, "2", "0"),
    Entry(_("Changes at TMDB"), "catalog.tasks.titles.read_changes", 6 * HOUR, "*/6", "20"),
    Entry(_("Deleted and merged ids"), "catalog.tasks.titles.compare_exports", DAY, "9", "30"),
    Entry(_("What is due by age"), "catalog.tasks.titles.gather_due", 5 * MINUTE),
    Entry(_("Errands to TMDB"), "catalog.tasks.titles.run_errands", 30),
    Entry(_("Pictures ahead"), "catalog.tasks.pictures.mirror_ahead", HOUR, "*", "35"),
    Entry(_("Tidy pictures"), "catalog.tasks.pictures.tidy_pictures", HOUR, "*", "50"),
    Entry(_("Mails that no broker took"), "accounts.tasks.queue_left_mails", MINUTE),
    Entry(_("Tidy sync runs"), "catalog.tasks.titles.tidy_runs", DAY, "3", "40"),
    Entry(_("Daily mails"), "accounts.tasks.send_digests", 10 * MINUTE),
    Entry(_("Members who have left"), "accounts.tasks.erase_leavers", DAY, "3", "20"),
    Entry(_("Old notifications"), "accounts.tasks.prune_notifications", DAY, "3", "10"),
    Entry(_("Expired sessions"), "accounts.tasks.tidy_sessions", DAY, "3", "40"),
    Entry(_("Keys of apps that have lapsed"), "accounts.tasks.forget_lapsed_keys", DAY, "3", "55"),
    Entry(_("Progress of shows that go on"), "lists.tasks.recount_progress", 5 * MINUTE),
    Entry(_("What members care for"), "lists.tasks.hand_down", HOUR, "*", "15"),
    Entry(_("New episodes"), "lists.tasks.tell_episodes", HOUR, "*", "2"),
    Entry(_("New on streaming services"), "lists.tasks.tell_streaming", HOUR, "*", "25"),
    Entry(_("Lists and history of merged titles"), "lists.tasks.follow_merged", HOUR, "*", "40"),
    Entry(_("Reviews of merged titles"), "reviews.tasks.follow_merged", HOUR, "*", "45"),
    Entry(_("Old reminders"), "lists.tasks.forget_reminders", DAY, "3", "30"),
    Entry(_("What can't be undone any more"), "accounts.tasks.forget_undos", DAY, "3", "50"),
    Entry(_("Webhooks that wait"), "accounts.hooks.tasks.send_webhooks", 30),
    Entry(_("Old deliveries"), "accounts.hooks.tasks.forget_deliveries", DAY, "4", "0"),
    Entry(_("Measures"), "cinehub.tasks.measure", 5 * MINUTE),
)


def set_up() -> int:
    """Put into the database what is not there yet; what an admin has changed stays as it is."""
    return sum(_put(entry) for entry in SCHEDULE)


def run_now(periodic: PeriodicTask) -> AsyncResult:
    """Queue what the schedule would, at once and besides. Raises kombu's OperationalError."""
    return send(periodic.task, queue=periodic.queue, expires=periodic.expire_seconds)


@transaction.atomic
def _put(entry: Entry) -> bool:
    if PeriodicTask.objects.filter(name=entry.name).exists():
        return False
    PeriodicTask.objects.create(
        name=entry.name,
        task=entry.task,
        expire_seconds=entry.every,
        crontab=_crontab(entry) if entry.minute else None,
        interval=None if entry.minute else _interval(entry.every),
    )
    return True


def _crontab(entry: Entry) -> CrontabSchedule:
    return CrontabSchedule.objects.get_or_create(
        minute=entry.minute,
        hour=entry.hour,
        day_of_week="*",
        day_of_month="*",
        month_of_year="*",
        timezone="UTC",
    )[0]


def _interval(seconds: int) -> IntervalSchedule:
    return IntervalSchedule.objects.get_or_create(every=seconds, period=IntervalSchedule.SECONDS)[0]
