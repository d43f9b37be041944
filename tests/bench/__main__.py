"""How fast CineHub is, beside views with nothing around them: `make bench`.

    make bench                     20,000 titles, on what DATABASE_URL and REDIS_URL name
    make bench TITLES=1000000      with as many as that
    make bench KEEP=1              measure again what the last run made

`python -m tests.bench --members` asks for the pages of who has much on record, and of a new member.

With BENCH_DATABASE, `python -m tests.bench --keep --combinations` asks another catalogue of yours,
for filters and searches alone.

Everything is asked of one server in one run; what counts are the ratios, machines differ.
"""

import argparse
import os
import sys
import tempfile

os.environ.setdefault("BENCH_DATA_DIR", tempfile.gettempdir())
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.bench import api, doors, mirroring
from tests.bench.measuring import combinations, pages
from tests.bench.members import members, seed_members
from tests.bench.seed import seed
from tests.bench.serving import served
from tests.bench.storing import storing


def main() -> None:
    options = _options()
    _say(f"{connection.vendor}{', Redis' if settings.REDIS_URL else ''}, {options.titles:,} titles")
    if not options.keep:
        _empty_database()
        seed(options.titles)
    if options.doors:
        doors.doors(options.doors)
        return
    if options.pictures:
        mirroring.memory(options.pictures)
        return
    if options.members:
        _members(options)
        return
    connection.close()
    with served(processes=options.processes) as port:
        if options.api:
            api.answers(port, seconds=options.seconds)
            return
        if not options.combinations:
            pages(port, seconds=options.seconds)
            api.answers(port, seconds=options.seconds)
        combinations(port)
    if not options.keep:
        storing()
        mirroring.mirroring()


def _members(options: argparse.Namespace) -> None:
    if not options.keep:
        seed_members()
    connection.close()
    with served(processes=options.processes) as port:
        members(port)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--titles", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=2, help="for each page, three times")
    parser.add_argument("--processes", type=int, default=2, help="of the server")
    parser.add_argument("--keep", action="store_true", help="the catalogue of the last run")
    parser.add_argument("--combinations", action="store_true", help="only filters and searches")
    parser.add_argument("--api", action="store_true", help="only the API")
    parser.add_argument("--pictures", type=int, default=0, help="bring these and watch the memory")
    parser.add_argument("--doors", type=int, default=0, help="knock so often, as who and nobody")
    parser.add_argument("--members", action="store_true", help="only pages of much on record")
    return parser.parse_args()


def _empty_database() -> None:
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    call_command("migrate", verbosity=0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
