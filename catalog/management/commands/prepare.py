"""manage.py prepare: all that a site needs before it opens, done again at no cost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from catalog.mirror.ahead import mirror
from catalog.mirror.bringing import Wanted
from catalog.mirror.sizes import Role
from catalog.models import Chart, Kind, Name, Person, Picture, SyncRun, Title
from catalog.source import tmdb
from catalog.sync import runs
from catalog.sync.diary import run
from catalog.sync.facets import some_are_unfiled
from cinehub.kit import languages
from cinehub.kit.kept import SITE, changed
from cinehub.work import schedule

SAMPLE = "sample"
# The sample's people whose TMDB id nobody here knew have one from here on.
PLACEHOLDER_IDS = 90_000_000
# More than the sample has: the pages beyond its end are empty.
SAMPLE_PAGES = 10
ALL = 10_000


class Command(BaseCommand):
    help = "Migrate, make the first admin, gather files and languages, fill an empty catalogue."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        # By its name, for the catalogue knows nobody.
        call_command("first_admin", stdout=self.stdout)
        call_command("collectstatic", verbosity=0, interactive=False)
        languages.compile_into(Path(settings.LOCALE_PATHS[0]), settings.BASE_DIR / "locale")
        if (Title.objects.exists() and not Name.objects.exists()) or some_are_unfiled():
            # Held since before there was a search index, or facets.
            call_command("reindex", verbosity=0)
        changed(SITE)
        schedule.set_up()
        if settings.TMDB_IS_SAMPLE:
            self._load_sample()
        else:
            self._leave_sample()

    def _load_sample(self) -> None:
        if SyncRun.objects.filter(kind=SAMPLE, state=SyncRun.State.DONE).exists():
            return
        self.stdout.write("Loading the sample catalogue (once) …")
        with run(SAMPLE) as under_way:
            for step in SAMPLE_STEPS:
                done = step()
                if done.error:
                    under_way.errors.append(done.error)
        _draw_posters()

    def _leave_sample(self) -> None:
        """The first charts for a new site; what stems from the sample is asked about again."""
        if SyncRun.objects.filter(kind=SAMPLE).exists():
            now = timezone.now()
            Title.objects.update(refresh_at=now, details_at=None)
            Person.objects.filter(pk__gte=PLACEHOLDER_IDS).delete()
            Person.objects.update(refresh_at=now, details_at=None)
            SyncRun.objects.filter(kind=SAMPLE).delete()
        elif Chart.objects.exists():
            return
        self.stdout.write("Asking TMDB for its charts (once) …")
        for done in (runs.sync_genres(tmdb()), runs.sync_charts(tmdb())):
            if done.error:
                self.stderr.write(f"TMDB's {done.kind} are not here; is TMDB_TOKEN or TMDB_API_KEY")
                self.stderr.write(f"right? The site starts with what it has. {done.error}")


SAMPLE_STEPS: tuple[Callable[[], SyncRun], ...] = (
    lambda: runs.sync_genres(tmdb()),
    lambda: runs.sync_popular(tmdb(), Kind.MOVIE, pages=SAMPLE_PAGES),
    lambda: runs.sync_popular(tmdb(), Kind.TV, pages=SAMPLE_PAGES),
    lambda: runs.sync_collections(tmdb(), runs.due_collections(ALL)),
    lambda: runs.sync_people(tmdb(), runs.people_without_details(ALL)),
    lambda: runs.sync_charts(tmdb()),
)


def _draw_posters() -> None:
    """Ahead of the first reader, who then waits for none of them."""
    there = Picture.objects.filter(seen_at__isnull=False).values("path")
    drawn = Title.objects.exclude(poster_path="").exclude(poster_path__in=there).order_by("pk")
    wanted = [Wanted(path, Role.POSTER) for path in drawn.values_list("poster_path", flat=True)]
    with tqdm(desc="posters", total=len(wanted), unit="", disable=None, leave=False) as bar:
        mirror(wanted, tick=bar.update)
