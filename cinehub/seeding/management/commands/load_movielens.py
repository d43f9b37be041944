"""manage.py load_movielens: MovieLens's people as members."""

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.models import User
from cinehub.seeding import movielens, writing

ALL = 1_000_000


class Command(BaseCommand):
    help = (
        "Load MovieLens's ratings as members movielens-1, movielens-2 and so on: five stars are a"
        " ten, and each film was watched on the day on which it was rated. Films that are not in"
        " the catalogue are left out. Run again it adds nothing. In production it asks for --yes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="with ratings.csv and links.csv, or .csv.gz")
        parser.add_argument("--users", type=int, default=ALL, help="the first so many")
        parser.add_argument("--yes", action="store_true", help="in production, too")

    def handle(self, *args: Any, **told: Any) -> None:
        writing.must_be_meant(told["yes"])
        try:
            shelf = movielens.shelf(told["folder"])
            loaded, counted = self._load(told["folder"], shelf, told["users"])
        except movielens.Missing as missing:
            raise CommandError(str(missing)) from None
        things = writing.recount(loaded)
        if told["verbosity"]:
            self.stdout.write(
                f"{len(loaded)} members, {counted['given']} ratings and {counted['seen']} viewings"
                f" are new, of {things} titles. {counted['left out']} ratings were of films that"
                " are not in the catalogue."
            )

    def _load(
        self, folder: Path, shelf: movielens.Shelf, most: int
    ) -> tuple[list[User], Counter[str]]:
        loaded, counted = [], Counter[str]()
        people = islice(movielens.people(folder), most)
        for person, given in tqdm(people, desc="members", unit="", disable=None, leave=False):
            member = writing.member_named(f"movielens-{person}")
            ratings = movielens.ratings(member, shelf, given)
            counted["left out"] += len(given) - len(ratings)
            counted["given"] += writing.give(member, ratings)
            counted["seen"] += writing.record(member, movielens.viewings(member, shelf, given))
            loaded.append(member)
        return loaded, counted
