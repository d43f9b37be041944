"""manage.py mirror: bring pictures ahead of readers; may be stopped and run again at any time."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.mirror import ahead, everything, tidying
from catalog.mirror.bringing import Wanted
from catalog.mirror.sizes import SIZES
from catalog.mirror.tidying import MEGABYTE
from catalog.models import Kind, Picture
from cinehub.work.ending import INTERRUPTED, ending_at_interrupt, is_ending


class Command(BaseCommand):
    help = "Bring pictures here before anybody asks for them. Ctrl-C loses nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--charts", action="store_true", help="posters and backdrops of charts")
        which.add_argument("--all", action="store_true", help="of all that is held in full")
        which.add_argument("--title", nargs="+", type=_ref, metavar="KIND/ID", help="movie/603")
        which.add_argument(
            "--reconcile", action="store_true", help="compare rows with files, and mend both"
        )
        parser.add_argument("--sizes", nargs="+", choices=SIZES, default=(), help="these alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reconcile"]:
            self._reconcile()
            return
        with ending_at_interrupt():
            self._mirror(options)

    def _mirror(self, options: dict[str, Any]) -> None:
        wanted = _wanted(options)
        total = Picture.objects.wanted().count()
        sizes = tuple(options["sizes"])
        with tqdm(desc="pictures", total=total, unit="", disable=None) as bar:
            chosen = (replace(each, sizes=sizes) for each in _while_there_is_room(wanted))
            outcome = ahead.mirror(chosen, tick=bar.update)
        told = (
            f"{outcome.brought} brought ({outcome.bytes / MEGABYTE:.1f} MB),"
            f" {outcome.missing} not to be had, {outcome.failed} to be tried again"
        )
        if is_ending():
            raise CommandError(
                f"Interrupted: {told}. The rest stays wanted.", returncode=INTERRUPTED
            )
        self.stdout.write(told)
        if outcome.is_cut_short:
            raise CommandError("The host of the pictures does not answer. The rest stays wanted.")

    def _reconcile(self) -> None:
        found = tidying.reconcile(mend=True)
        self.stdout.write(
            f"{len(found.without_file)} rows without a file, {len(found.without_row)} files"
            " without a row: mended"
        )


def _wanted(options: dict[str, Any]) -> Iterable[Wanted]:
    if options["title"]:
        return ahead.want_titles(options["title"])
    if options["charts"]:
        ahead.want_charts()
    else:
        with tqdm(desc="rows", unit="", unit_scale=True, disable=None, leave=False) as bar:
            for seen in everything.want_everything():
                bar.update(seen)
                if is_ending():
                    break
    return ahead.backlog()


def _while_there_is_room(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Beyond the quota each picture would only push another off the shelf."""
    quota = settings.MIRROR_QUOTA * MEGABYTE
    for number, each in enumerate(wanted):
        if quota and number % 100 == 0 and tidying.shelved_bytes() > quota:
            raise CommandError(f"The quota is full (MIRROR_QUOTA={settings.MIRROR_QUOTA} MB).")
        yield each


def _ref(text: str) -> tuple[str, int]:
    kind, _, number = text.partition("/")
    if kind not in Kind.values or not number.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not like movie/603 or tv/1396")
    return kind, int(number)
