"""What the dashboard draws: the rooms' figures, written down every few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import TruncHour
from django.utils import timezone

from accounts import activity
from catalog import mirror, source
from catalog.models import SyncRun
from catalog.sync import errands
from cinehub.work import letters, queues
from cinehub.work.models import Measure

KEPT_FOR = timedelta(days=90)
# Before that one in an hour is enough.
WHOLE_FOR = timedelta(days=2)

AN_HOUR = timedelta(hours=1)


def _tmdb() -> dict[str, float]:
    return source.pace().figures()


def _runs() -> dict[str, float]:
    """How much of what was asked within the hour could not be done, in per cent."""
    of_late = SyncRun.objects.filter(finished_at__gte=timezone.now() - AN_HOUR)
    told = of_late.aggregate(failed=Sum("failed", default=0), asked=Sum("asked", default=0))
    return {"sync.failed": 100 * told["failed"] / (told["asked"] or 1)}


ROOMS: tuple[Callable[[], dict[str, float]], ...] = (
    queues.figures,
    errands.figures,
    letters.figures,
    mirror.figures,
    _tmdb,
    _runs,
    activity.figures,
)


def figures() -> dict[str, float]:
    """Of all rooms, as they are now."""
    return {name: value for room in ROOMS for name, value in room().items()}


def record(at: datetime | None = None) -> int:
    """Write every figure down, once for a minute, and forget what is too old to be drawn."""
    moment = (at or timezone.now()).replace(second=0, microsecond=0)
    rows = [Measure(name=name, at=moment, value=value) for name, value in figures().items()]
    Measure.objects.bulk_create(rows, ignore_conflicts=True)
    Measure.objects.filter(at__lt=moment - KEPT_FOR).delete()
    thin(moment - WHOLE_FOR)
    return len(rows)


def thin(before: datetime) -> None:
    """Of every hour before then the first measure of each figure stays."""
    old = Measure.objects.filter(at__lt=before).annotate(hour=TruncHour("at"))
    earlier = Measure.objects.filter(
        name=OuterRef("name"), at__lt=OuterRef("at"), at__gte=OuterRef("hour")
    )
    old.filter(Exists(earlier)).delete()
