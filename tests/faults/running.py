"""The run itself, in surroundings that `__main__` has made."""

import argparse
import os
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from tests.faults import scenarios
from tests.faults.processes import Site
from tests.faults.servers import Postgres, Redis, Standin, wait_for


def main() -> int:
    options = _options()
    folder = Path(os.environ["DATA_DIR"])
    postgres = Postgres(folder, os.environ["DATABASE_URL"])
    redis = Redis(os.environ["REDIS_URL"])
    standin = Standin(os.environ["STANDIN_URL"])
    standin.reset()
    standin.faults()
    site = None
    try:
        call_command("prepare", verbosity=0)
        site = Site(folder, workers=options.workers)
        port = int(os.environ["PORT"])
        wait_for(port)
        around = scenarios.Surroundings(port, site, postgres, redis, standin, options.outage)
        with scenarios.small_shelf():
            return _run(around, options)
    finally:
        standin.faults()
        if site:
            site.end()
        redis.stop()
        postgres.stop()
        _say(f"logs: {folder}")


def _run(around: scenarios.Surroundings, options: argparse.Namespace) -> int:
    scenarios.populate(around, options.pages)
    outcomes = []
    for name in options.which or scenarios.SCENARIOS:
        outcomes.append(scenarios.run(name, around))
        _say(str(outcomes[-1]))
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("which", nargs="*", choices=(*scenarios.SCENARIOS, []))
    parser.add_argument("--workers", type=int, default=2, help="of each kind")
    parser.add_argument("--pages", type=int, default=15, help="of twenty films and twenty shows")
    parser.add_argument("--outage", type=float, default=60, help="seconds without TMDB")
    return parser.parse_args()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
