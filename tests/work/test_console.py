"""Where no SMTP server is named, who runs the site reads its mails in a real worker's console."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_settings import ROOT, surroundings

KEY = "MQ:1xUkOp:MMHJlf5yJAwHTGQstQ5j_Qdr0sZbospbm1Yj9Kf4Vqg"
LINK = f"http://localhost:8123/confirm-email/{KEY}"
POST = f"""
from accounts import mailing, mails
mailing.post(mails.write("Confirm it", "Confirm the address\\n{LINK}", "a@example.org"))
mailing.text("+4915112345678", "code=471108 is your code")
"""
END_OF_A_MAIL = "-" * 79
# A busy machine may take its time to start a process.
START_SECONDS = 60


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """An installation of its own, with the queue in a folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    data = tmp_path / "data"
    data.mkdir()
    return surroundings(data, PATH=path, DJANGO_SETTINGS_MODULE="cinehub.settings")


@pytest.fixture
def console(site: dict[str, str], tmp_path: Path) -> Iterator[Path]:
    """What the worker says that the Procfile starts for mails."""
    said = tmp_path / "console"
    with said.open("wb") as file:
        worker = subprocess.Popen(
            [sys.executable, "-m", "cinehub.start", "quick"],
            cwd=ROOT,
            env=site,
            stdout=file,
            stderr=file,
        )
    yield said
    worker.terminate()
    worker.wait(timeout=30)


def wait_for(words: str, console: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while words not in (told := console.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return told


def test_links_and_codes_are_in_the_console_as_they_are(
    site: dict[str, str], console: Path
) -> None:
    """The log hides keys: as lines of the log nobody could follow a link or type a code."""
    posting = [sys.executable, "manage.py", "shell", "--no-imports", "--command", POST]
    subprocess.run(posting, cwd=ROOT, env=site, check=True)

    assert LINK in wait_for(END_OF_A_MAIL, console)
    assert "code=471108" in wait_for("is your code", console)
