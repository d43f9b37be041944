"""CineHub as tests set it up, on a database that a server's processes can open, too."""

import os
from pathlib import Path

# Before the tests' settings make one for themselves: all processes of a run share it.
_DATA = os.environ.get("BENCH_DATA_DIR", "")

from tests.settings import *  # noqa: F403
from tests.settings import API_LIMITS, DATABASES, REDIS_URL

# What is measured is not who is turned away.
API_LIMITS = dict.fromkeys(API_LIMITS, 10**9)
KEEP_PAGES = bool(REDIS_URL)
ROOT_URLCONF = "tests.bench.server"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = str(Path(_DATA or "var") / "bench.sqlite3")
else:
    DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", "cinehub_bench")
