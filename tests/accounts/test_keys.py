"""The key that signs who members are: named by the environment, or made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.exceptions import ImproperlyConfigured

from accounts import keys
from cinehub.kit import env

PEM = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----"


@pytest.fixture(autouse=True)
def nowhere(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.OAUTH_KEY, settings.OAUTH_KEY_BEFORE = tmp_path, "", ""
    keys._own.cache_clear()


def test_a_key_is_made_when_it_is_first_asked_for(tmp_path: Path) -> None:
    made = keys.current()

    assert load_pem_private_key(made.encode(), None).key_size == 2048  # type: ignore[union-attr]
    assert (tmp_path / keys.FILE).read_text() == made
    assert keys.current() == made


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    keys.current()

    assert stat.S_IMODE((tmp_path / keys.FILE).stat().st_mode) == 0o600


def test_processes_that_make_one_at_the_same_time_have_the_same(tmp_path: Path) -> None:
    file = tmp_path / keys.FILE

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _n: keys._own.__wrapped__(file), range(4)))

    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [keys.FILE]


def test_the_environment_s_goes_before(settings: Any, tmp_path: Path) -> None:
    settings.OAUTH_KEY, settings.OAUTH_KEY_BEFORE = "new", "old"

    assert (keys.current(), keys.before()) == ("new", "old")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_moved_is_the_one_before(tmp_path: Path) -> None:
    (tmp_path / keys.BEFORE).write_text("old")

    assert keys.before() == "old"


def test_where_none_can_be_kept_it_is_said_which_variable_is_missing(
    settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "gone"

    with pytest.raises(ImproperlyConfigured, match="OAUTH_KEY is missing"):
        keys.current()


@pytest.mark.parametrize(
    ("engine", "key", "warnings"),
    [("postgresql", "", 1), ("postgresql", "named", 0), ("sqlite3", "", 0)],
)
def test_machines_that_share_a_database_are_told_to_share_a_key(
    settings: Any, monkeypatch: pytest.MonkeyPatch, engine: str, key: str, warnings: int
) -> None:
    database = settings.DATABASES["default"]
    monkeypatch.setitem(database, "ENGINE", f"django.db.backends.{engine}")
    settings.OAUTH_KEY = key

    assert len(keys.check(None)) == warnings


def test_a_key_may_be_written_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTH_KEY", PEM.replace("\n", "\\n"))

    assert env.pem("OAUTH_KEY") == PEM


def test_what_is_no_key_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTH_KEY", "something secret")

    with pytest.raises(ImproperlyConfigured, match="OAUTH_KEY") as error:
        env.pem("OAUTH_KEY")
    assert "secret" not in str(error.value)
