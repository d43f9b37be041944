"""The faults, each while everything held is being asked about again and visitors read on."""

import contextlib
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from catalog import tasks
from catalog.mirror import keeping
from catalog.models import Credit, Episode, Errand, PictureFile, Season, Title, Urgency
from catalog.source import tmdb
from catalog.sync import errands
from tests.faults.processes import Site
from tests.faults.servers import Postgres, Redis, Standin
from tests.faults.traffic import Readings, read_each, visitors

SHELF_MB = 100
# After the fault, until everything is as it should be.
RECOVERY_SECONDS = 900


@dataclass
class Surroundings:
    port: int
    site: Site
    postgres: Postgres
    redis: Redis
    standin: Standin
    outage_seconds: float


@dataclass
class Outcome:
    name: str
    readings: Readings
    lost: int
    doubled: int
    asked_too_often: float
    recovered_in: float

    @property
    def is_good(self) -> bool:
        return self.readings.share >= 0.999 and not self.lost and not self.doubled

    def __str__(self) -> str:
        statuses = ", ".join(f"{n} × {status}" for status, n in self.readings.statuses.items())
        return (
            f"{'ok ' if self.is_good else 'BAD'} {self.name:10} pages {self.readings.share:.2%}"
            f" ({statuses}; slowest {self.readings.slowest:.1f} s), lost {self.lost}, doubled"
            f" {self.doubled}, {self.asked_too_often:.2f} requests for each title, all well"
            f" {self.recovered_in:.0f} s after it"
        )


def populate(around: Surroundings, pages: int) -> None:
    """The most popular films and shows, through the workers."""
    for kind in ("movie", "tv"):
        for page in range(1, pages + 1):
            found = tmdb().chart(f"{kind}/popular", page).titles
            errands.want([(kind, stub.tmdb_id) for stub in found], Urgency.CHART)
    tasks.refresh_charts.delay()
    _until_quiet()


def run(name: str, around: Surroundings) -> Outcome:
    """Everything is asked about again; meanwhile the fault; then what is lost or doubled."""
    held = list(Title.objects.with_details())
    read_each(around.port, addresses())
    before = _counts(held)
    began, asked = timezone.now(), around.standin.asked()
    errands.want([(title.kind, title.tmdb_id) for title in held], Urgency.CHANGED)
    with visitors(around.port, addresses()) as readings:
        time.sleep(2)
        SCENARIOS[name](around)
        ended = time.monotonic()
        _until_quiet()
        recovered = time.monotonic() - ended
    return Outcome(
        name=name,
        readings=readings,
        lost=_not_asked_since(began) + _differences(),
        doubled=sum(abs(now - then) for now, then in zip(_counts(held), before, strict=True)),
        asked_too_often=(around.standin.asked() - asked) / max(len(held), 1),
        recovered_in=recovered,
    )


def addresses() -> list[str]:
    """Of every kind of page, and pictures."""
    titles = Title.objects.with_details().exclude(poster_path="").by_popularity()[:40]
    pages = ["/", "/discover/movie", "/discover/tv?sort=newest", "/search?q=the", "/calendar"]
    for title in titles:
        pages += [title.get_absolute_url(), f"/picture/w342{title.poster_path}"]
    return pages


def _counts(held: list[Title]) -> list[int]:
    """Of these titles and what hangs on them; others may come meanwhile, as they should."""
    return [
        Title.objects.filter(pk__in=[title.pk for title in held]).count(),
        Season.objects.filter(title__in=held).count(),
        Episode.objects.filter(season__title__in=held).count(),
        Credit.objects.filter(title__in=held).count(),
    ]


def _not_asked_since(began: datetime) -> int:
    return Title.objects.visible().with_details().filter(fetched_at__lt=began).count()


def _differences() -> int:
    """Kinds of them, which the reconciliation finds."""
    try:
        call_command("reconcile")
    except CommandError as found:
        differences = str(found).splitlines()
        print(*differences, sep="\n")
        return len(differences)
    return 0


def _until_quiet() -> None:
    end = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < end:
        try:
            if not Errand.objects.open().exists():
                return
        except OperationalError:
            connection.close()
        time.sleep(0.5)


# --- The faults ----------------------------------------------------------------------------------
def nothing(around: Surroundings) -> None:
    """What it is like without any."""


def killed(around: Surroundings) -> None:
    """Twenty times a worker that is in the middle of something."""
    for _ in range(20):
        time.sleep(random.uniform(0.5, 3))
        worker = random.choice(around.site.workers)
        worker.kill()
        worker.start()


def redis(around: Surroundings) -> None:
    for _ in range(3):
        around.redis.restart(away=2)
        time.sleep(3)


def postgres(around: Surroundings) -> None:
    for _ in range(3):
        around.postgres.restart()
        time.sleep(5)


def outage(around: Surroundings) -> None:
    with around.standin.outage():
        time.sleep(around.outage_seconds)


def disk_full(around: Surroundings) -> None:
    """No room for the pictures that are asked for anew."""
    keeping.forget(PictureFile.objects.all())
    filler = Path(settings.MEDIA_ROOT) / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(64 * 1024))
            file.flush()
    time.sleep(30)
    filler.unlink()


@contextlib.contextmanager
def small_shelf() -> Iterator[None]:
    """A disk of its own for the pictures, so that it can be full and nothing else is."""
    shelf = Path(settings.MEDIA_ROOT)
    shelf.mkdir(parents=True, exist_ok=True)
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={SHELF_MB}m", "tmpfs", str(shelf)]
    if not shutil.which("mount") or subprocess.run(mounted).returncode:
        raise SystemExit("A small disk can't be mounted here: it takes root to do that")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(shelf)], check=True)


SCENARIOS: dict[str, Callable[[Surroundings], None]] = {
    "nothing": nothing,
    "killed": killed,
    "redis": redis,
    "postgres": postgres,
    "outage": outage,
    "disk": disk_full,
}
