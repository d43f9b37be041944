"""manage.py reconcile: prove that nothing was lost or doubled, or say what was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.mirror import tidying
from catalog.sync.reconciling import reconcile


class Command(BaseCommand):
    help = "Compare rows that belong together, and pictures with their files; exit 1 if any differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="and make them fit")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        found = [f"{number} {what}" for what, number in reconcile(mend=mend)]
        pictures = tidying.reconcile(mend=mend)
        found += [
            f"{len(names)} {what}"
            for what, names in (
                ("picture files that are not on the shelf", pictures.without_file),
                ("files on the shelf that no picture has", pictures.without_row),
            )
            if names
        ]
        if not found:
            self.stdout.write("Everything fits.")
            return
        if not mend:
            raise CommandError("\n".join(found))
        self.stdout.write("\n".join(["Mended, or asked TMDB about:", *found]))
