"""The samples of docs/webhooks.md know what we have signed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import time_machine

from accounts.hooks.signature import kept, new_secret, sign

TEXT = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()
BODY = '{"event": "test", "name": "Amélie"}'.encode()


def samples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_in_python() -> None:
    known: dict[str, Any] = {}
    exec(samples("python")[0], known)
    secret = new_secret()
    header = sign(kept(secret), BODY)
    with time_machine.travel("2026-01-01T00:00Z"):
        old = sign(kept(secret), BODY)

    is_ours = known["is_from_cinehub"]
    assert is_ours(secret, header, BODY)
    assert not is_ours(secret, header, BODY + b" ")
    assert not is_ours(new_secret(), header, BODY)
    assert not is_ours(secret, old, BODY)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_in_a_shell(tmp_path: Path) -> None:
    secret = new_secret()
    (tmp_path / "body").write_bytes(BODY)
    (tmp_path / "header").write_text(sign(kept(secret), BODY))

    said = subprocess.run(
        ["sh", "-c", samples("sh")[0]],
        cwd=tmp_path,
        env={"SECRET": secret, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    ours, theirs = said.stdout.split()
    assert ours == theirs
