"""What docs/api.md shows works as it stands there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User
from tests.accounts.oauth import make_app
from tests.api.world import SCOPES, make_token, make_world

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
PASSWORD = "A long way down"
TOKEN = "chp_from-the-settings"


@pytest.fixture
def surroundings(live_server: Any, tmp_path: Path, settings: Any) -> dict[str, str]:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
    world = make_world()
    User.objects.filter(pk=world.ann.pk).update(password=make_password(PASSWORD))
    make_token(world.ann, *SCOPES, value=TOKEN)
    app, _secret = make_app(world.ann)
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(tmp_path),
        "CINEHUB": live_server.url,
        "LOGIN": "ann",
        "PASSWORD": PASSWORD,
        "TOKEN": TOKEN,
        "CLIENT_ID": app.pk,
    }


def blocks() -> Iterator[tuple[str, str]]:
    for found in BLOCK.finditer(DOCS.read_text()):
        yield found[1], found[2]


def test_the_walk_through_can_be_walked(surroundings: dict[str, str], tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.touch()
    for language, lines in blocks():
        if language == "python":
            _run([sys.executable, "-c", lines], surroundings, tmp_path)
            continue
        # The next block goes on with what this one has found out.
        source = f"source {state}; set -euo pipefail\n{lines}\n"
        keep = f"{{ declare -f pick; for name in {NAMES}; do declare -p $name; done; }} 2>/dev/null"
        _run(["bash", "-c", f"{source}{keep} > {state} || true"], surroundings, tmp_path)
        _allow_device(state.read_text())


NAMES = "CINEHUB ME PAIR ACCESS JSON DEVICE CODE GRANTED TV VIEWING UNDO LISTS LIST READ"


def _run(command: list[str], surroundings: dict[str, str], folder: Path) -> None:
    done = subprocess.run(
        command, env=surroundings, cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}\n{done.stderr}"


def _allow_device(state: str) -> None:
    """What its member does in a browser when a TV shows them a code."""
    found = re.search(r"^declare -- CODE=(.*)$", state, re.MULTILINE)
    if not found or "GRANTED" in state:
        return
    browser = Client()
    browser.force_login(User.objects.get(username="ann"))
    code = shlex.split(found[1])[0]
    told = {"code": code, "action": "grant", "scopes": ["read", "write:history"]}
    assert browser.post("/device", told).status_code == 200
