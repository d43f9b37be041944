"""What ended processes have counted is forgotten; the living go on counting."""

import os
import subprocess
import sys
from pathlib import Path

from cinehub.kit.leftovers import forget_counts


def ended_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_counts_of_the_dead_are_forgotten_and_those_of_the_living_kept(tmp_path: Path) -> None:
    dead, living = ended_pid(), os.getpid()
    for pid in (dead, living):
        (tmp_path / f"counter_{pid}.db").touch()
        (tmp_path / f"gauge_all_{pid}.db").touch()

    forget_counts(tmp_path)

    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == [f"counter_{living}.db", f"gauge_all_{living}.db"]


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    (tmp_path / "cinehub.sqlite3").touch()
    (tmp_path / "notes.db").touch()

    forget_counts(tmp_path)

    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    forget_counts(tmp_path / "missing")
