"""What `make run` starts: every process in the same surroundings, and the port that was told."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_settings import ROOT, settings_of, surroundings

# Whoever ends first ends the others: all are to have spoken by then.
SPEAK = "echo port ${PORT:-none} at ${WORKER_THREADS:-4} && sleep 1"
PROCFILE = f"web: {SPEAK}\nquick: {SPEAK}\nbeat: {SPEAK}\n"


def start(folder: Path, *names: str, **values: str) -> subprocess.CompletedProcess[str]:
    (folder / "Procfile").write_text(PROCFILE)
    return subprocess.run(
        [sys.executable, "-m", "cinehub.start", *names],
        cwd=folder,
        env=surroundings(folder, PYTHONPATH=str(ROOT), **values),
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    """Who said what, without the time."""
    lines = [line.split("|", 1) for line in done.stdout.splitlines() if "| port" in line]
    return sorted((head.split()[-1], told.strip()) for head, told in lines)


@pytest.mark.parametrize(("told", "heard"), [("", "none"), ("8123", "8123")])
def test_every_process_hears_the_port_that_was_told_and_no_other(
    tmp_path: Path, told: str, heard: str
) -> None:
    """Links in mails, which workers send, are built of it."""
    done = start(tmp_path, PORT=told)

    words = f"port {heard} at 4"
    assert said(done) == [("beat", words), ("quick", words), ("web", words)]


def test_only_those_that_are_named_are_started(tmp_path: Path) -> None:
    done = start(tmp_path, "quick", WORKER_THREADS="2")

    assert said(done) == [("quick", "port none at 2")]


def test_a_process_that_there_is_not_is_said_in_one_line(tmp_path: Path) -> None:
    done = start(tmp_path, "queen")

    assert done.returncode == 1
    assert done.stderr == "The Procfile has no queen: web, quick, beat\n"


@pytest.mark.parametrize(("told", "port"), [("", 8000), ("8123", 8123)])
def test_the_site_is_where_its_links_lead(tmp_path: Path, told: str, port: int) -> None:
    environment = surroundings(tmp_path, PORT=told)
    binding = subprocess.check_output(
        [sys.executable, "-c", "from cinehub import gunicorn; print(gunicorn.bind)"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "cinehub.settings"},
        text=True,
    )

    assert binding == f"127.0.0.1:{port}\n"
    assert settings_of(environment, "SITE_URL") == {"SITE_URL": f"http://localhost:{port}"}
