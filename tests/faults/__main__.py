"""What CineHub bears, shown by doing it to a whole site: `make faults`.

    STANDIN_URL=http://127.0.0.1:8600 python -m tests.faults [nothing] [killed] [redis] [...]

A PostgreSQL, a Redis, a web server, workers and beat are started for it, and TMDB's part is played
by a local server at STANDIN_URL that can be told to fail. While each fault lasts visitors read on;
after it nothing may be lost or doubled, and 99.9 % of the pages have to have been answers.
"""

import os
import sys
import tempfile

from tests.faults.servers import free_port


def main() -> None:
    """The settings are read once: the run itself begins when all they need is known."""
    standin = os.environ["STANDIN_URL"]
    port = free_port()
    surroundings = os.environ | {
        "DATA_DIR": tempfile.mkdtemp(prefix="cinehub-faults-"),
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{free_port()}/postgres",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "SECRET_KEY": "a secret of the faults' run, and of nothing else in the world",
        "DEBUG": "off",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "TMDB_TOKEN": "",
        "TMDB_API_KEY": "test",
        "TMDB_BASE_URL": f"{standin}/3",
        "TMDB_IMAGE_URL": f"{standin}/t/p",
        "TMDB_EXPORT_URL": f"{standin}/p/exports",
        "DJANGO_SETTINGS_MODULE": "cinehub.settings",
    }
    command = [sys.executable, "-m", "tests.faults.running", *sys.argv[1:]]
    os.execve(sys.executable, command, surroundings)


if __name__ == "__main__":
    main()
