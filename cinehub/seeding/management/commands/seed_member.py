"""manage.py seed_member: somebody who has watched, rated and listed much."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cinehub.seeding import inventing, writing


class Command(BaseCommand):
    help = (
        "Make a member, or fill one, with an invented history, ratings and lists out of the"
        " catalogue that is there. Run again it adds nothing. In production it asks for --yes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--viewings", type=int, default=20_000)
        parser.add_argument("--ratings", type=int, default=5_000)
        parser.add_argument("--lists", type=int, default=200)
        parser.add_argument("--items", type=int, default=500, help="on each list")
        parser.add_argument("--seed", type=int, default=1, help="another one makes another member")
        parser.add_argument("--yes", action="store_true", help="in production, too")

    def handle(self, *args: Any, **told: Any) -> None:
        writing.must_be_meant(told["yes"])
        member, seed = writing.member_named(told["username"]), told["seed"]
        pool = inventing.Pool.of(member)
        lacking = told["viewings"] - member.viewings.count()
        watched = inventing.viewings(member, pool, told["viewings"], seed) if lacking > 0 else ()
        viewings = writing.record(member, watched)
        ratings = writing.give(member, inventing.ratings(member, told["ratings"], seed))
        writing.recount([member])
        items = writing.put(inventing.lists(member, told["lists"], told["items"], seed))
        if told["verbosity"]:
            self.stdout.write(
                f"{member.username}: {viewings} viewings, {ratings} ratings and {items} titles on"
                " lists are new."
            )
