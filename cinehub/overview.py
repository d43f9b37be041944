"""What the dashboard tells: how work stands now, and how it went."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import PeriodicTask

from catalog import source
from catalog.mirror import figures
from catalog.models import Errand, SyncRun, Urgency
from catalog.tmdb.limiter import Lane
from cinehub.kit.charts import Chart, Period, Point, number, percent, seconds, size
from cinehub.work import queues
from cinehub.work.models import DeadLetter, Measure
from cinehub.work.queues import QUEUES

Context = dict[str, Any]

PERIODS = {
    "day": Period(gettext_noop("the last 24 hours"), timedelta(days=1), timedelta(hours=1)),
    "fortnight": Period(gettext_noop("the last 14 days"), timedelta(days=14), timedelta(days=1)),
}
MEGABYTE = 1_000_000
TROUBLES_SHOWN = 5
LETTERS_SHOWN = 3

# What is drawn, in groups: the figure, what it is called, and how it is said.
DRAWN: tuple[tuple[Any, tuple[tuple[str, Any, Callable[[float], str]], ...]], ...] = (
    (
        _("TMDB"),
        (
            ("tmdb.spent", _("Requests today"), number),
            ("sync.failed", _("Failed, of what was asked"), percent),
        ),
    ),
    (
        _("Errands"),
        (
            ("errands.open", _("Open"), number),
            ("errands.lag", _("The oldest waits"), seconds),
            ("errands.given_up", _("Given up"), number),
        ),
    ),
    (_("Queues, how long"), tuple((f"queue.{name}.depth", name, number) for name in QUEUES)),
    (_("Queues, how late"), tuple((f"queue.{name}.lag", name, seconds) for name in QUEUES)),
    (
        _("Pictures and letters"),
        (
            ("mirror.bytes", _("Mirrored"), size),
            ("mirror.backlog", _("Still to be made"), number),
            ("letters.open", _("Dead letters"), number),
        ),
    ),
    (
        _("Members"),
        (
            ("members.all", _("All"), number),
            ("members.joined", _("Joined within a day"), number),
            ("members.active", _("Here within a day"), number),
        ),
    ),
)


@dataclass(frozen=True)
class Scheduled:
    periodic: PeriodicTask
    next_at: datetime

    @property
    def when(self) -> str:
        """In words."""
        if self.periodic.crontab:
            return str(self.periodic.crontab.human_readable)
        if self.periodic.interval:
            every = timedelta(**{self.periodic.interval.period: self.periodic.interval.every})
            return gettext("Every %s") % seconds(every.total_seconds())
        return str(self.periodic.scheduler)


def charts(period: Period) -> list[tuple[Any, list[Chart]]]:
    since = timezone.now() - period.length
    points: dict[str, list[Point]] = defaultdict(list)
    names = [name for _group, figures in DRAWN for name, *_rest in figures]
    rows = Measure.objects.since(since).filter(name__in=names)
    for name, at, value in rows.values_list("name", "at", "value"):
        points[name].append((at, value))
    return [
        (group, [Chart(str(said), period, since, points[name], how) for name, said, how in figures])
        for group, figures in DRAWN
    ]


def runs() -> Context:
    """What is under way, the last of each kind, and what went wrong of late."""
    latest = SyncRun.objects.order_by().values("kind").annotate(last=Max("pk")).values("last")
    day_ago = timezone.now() - timedelta(days=1)
    troubled = SyncRun.objects.exclude(error="").filter(started_at__gte=day_ago)
    return {
        "running": SyncRun.objects.filter(state=SyncRun.State.RUNNING).order_by("started_at", "pk"),
        "latest": SyncRun.objects.filter(pk__in=latest).order_by("kind", "pk"),
        "troubled": troubled.order_by("-pk")[:TROUBLES_SHOWN],
    }


def schedule() -> Context:
    """What is due when, the next first."""
    enabled = PeriodicTask.objects.enabled().select_related(
        "interval", "crontab", "solar", "clocked"
    )
    due = [Scheduled(periodic, _next(periodic)) for periodic in enabled]
    return {"scheduled": sorted(due, key=lambda one: (one.next_at, one.periodic.pk))}


def budget() -> Context:
    state = source.pace().state()
    spent = state.spent_today
    return {
        "pace": state,
        "pause": seconds(state.paused_for) if state.paused_for else "",
        "shut": seconds(state.shut_for) if state.shut_for else "",
        "lanes": [(Urgency(lane).label, n, max(spent, 1)) for lane, n in _urgent(state.spent)],
    }


def queued() -> Context:
    told = queues.figures()
    return {
        "queues": [
            (name, int(told[f"queue.{name}.depth"]), seconds(told[f"queue.{name}.lag"]))
            for name in QUEUES
            if f"queue.{name}.depth" in told
        ]
    }


def errands() -> Context:
    counted = Errand.objects.open().order_by().values_list("urgency").annotate(Count("pk"))
    by_urgency = dict(counted)
    most = max(by_urgency.values(), default=0) or 1
    return {
        "errands": [
            (urgency.label, by_urgency.get(urgency, 0), most)
            for urgency in sorted(Urgency, reverse=True)
        ],
        "given_up": Errand.objects.given_up().count(),
    }


def letters() -> Context:
    open_letters = DeadLetter.objects.open()
    return {
        "letters": open_letters.order_by("-died_at", "-pk")[:LETTERS_SHOWN],
        "letter_count": open_letters.count(),
    }


def mirror() -> Context:
    told, quota = figures(), settings.MIRROR_QUOTA * MEGABYTE
    return {
        "mirror_files": int(told["mirror.files"]),
        "mirror_backlog": int(told["mirror.backlog"]),
        "mirror_bytes": size(told["mirror.bytes"]),
        "mirror_quota": size(quota) if quota else "",
        "mirror_full": int(100 * told["mirror.bytes"] / quota) if quota else 0,
    }


PARTS: dict[str, Callable[[], Context]] = {
    "runs": runs,
    "schedule": schedule,
    "budget": budget,
    "queues": queued,
    "errands": errands,
    "letters": letters,
    "mirror": mirror,
}


def _urgent(spent: dict[Lane, int]) -> list[tuple[Lane, int]]:
    return sorted(spent.items(), reverse=True)


def _next(periodic: PeriodicTask) -> datetime:
    """When beat is going to queue it; now, if it should have by now."""
    now = timezone.now()
    state = periodic.schedule.is_due(periodic.last_run_at or periodic.date_changed)
    return now if state.is_due else now + timedelta(seconds=state.next)
