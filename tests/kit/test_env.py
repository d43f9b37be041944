"""What is wrong in the environment is said in one sentence that names the variable."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cinehub.kit import env

MALFORMED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: env.flag("X"), "maybe", "on or off"),
    (lambda: env.flag("X"), "2", "on or off"),
    (lambda: env.number("X", 1), "abc", "a whole number from 0 to "),
    (lambda: env.number("X", 1), "1.5", "a whole number"),
    (lambda: env.number("X", 1), "-1", "a whole number from 0"),
    (lambda: env.number("X", 1, most=9), "10", "a whole number from 0 to 9"),
    (lambda: env.number("X", 1, least=1), "0", "a whole number from 1"),
    (lambda: env.choice("X", "a", ("a", "b")), "c", "one of a, b"),
    (lambda: env.url("X"), "nonsense", "an address such as http://host/path"),
    (lambda: env.url("X"), "https://", "an address such as http://host/path"),
    (lambda: env.url("X"), "ftp://host", "an address such as http://host/path"),
    (lambda: env.url("X"), "http://host:port", "an address such as http://host/path"),
    (lambda: env.url("X"), "http://host:99999", "an address such as http://host/path"),
    (lambda: env.url("X"), "http://[host", "an address such as http://host/path"),
    (lambda: env.url("X", schemes=("redis",)), "http://host", "such as redis://host/path"),
    (lambda: env.database("X", "sqlite://"), "nonsense", "postgres://user:password@host:5432/name"),
    (lambda: env.database("X", "sqlite://"), "postgres://host", "postgres://user:password@host"),
    (lambda: env.database("X", "sqlite://"), "postgres://host:port/name", "postgres://user:pass"),
    (lambda: env.database("X", "sqlite://"), "mysql://host/name", "or sqlite:///path"),
    (lambda: env.folder("X", Path("/tmp")), "/dev/null/x", "a directory that can be written to"),
    (lambda: env.language("X", "en-US"), "english", "such as en-US or pt-BR"),
    (lambda: env.language("X", "en-US"), "en", "such as en-US or pt-BR"),
    (lambda: env.language("X", "en-US"), "EN-us", "such as en-US or pt-BR"),
    (lambda: env.language("X", "en-US"), "en_US", "such as en-US or pt-BR"),
    (lambda: env.language("X", "en-US"), "e1-U2", "such as en-US or pt-BR"),
]

WITH_DEFAULTS: list[tuple[Callable[[], Any], Any]] = [
    (lambda: env.text("X"), ""),
    (lambda: env.text("X", "default"), "default"),
    (lambda: env.flag("X"), False),
    (lambda: env.flag("X", True), True),
    (lambda: env.number("X", 7), 7),
    (lambda: env.words("X"), []),
    (lambda: env.words("X", ("one", "two")), ["one", "two"]),
    (lambda: env.choice("X", "a", ("a", "b")), "a"),
    (lambda: env.url("X"), ""),
    (lambda: env.url("X", "https://host/path"), "https://host/path"),
    (lambda: env.database("X", "sqlite:////tmp/x")["NAME"], "/tmp/x"),
    (lambda: env.folder("X", Path("/tmp")), Path("/tmp")),
    (lambda: env.language("X", "en-US"), "en-US"),
]


@pytest.mark.parametrize(("read", "value", "wanted"), MALFORMED)
def test_what_is_malformed_is_named_with_what_it_should_look_like(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], value: str, wanted: str
) -> None:
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured) as caught:
        read()

    sentence = str(caught.value)
    assert sentence.startswith(f"X is {value!r}, but should be ")
    assert wanted in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(("read", "default"), WITH_DEFAULTS)
def test_what_is_missing_has_its_default(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], default: Any
) -> None:
    monkeypatch.delenv("X", raising=False)

    assert read() == default


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize(("read", "default"), WITH_DEFAULTS)
def test_what_is_blank_counts_as_missing(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], Any], default: Any, blank: str
) -> None:
    monkeypatch.setenv("X", blank)

    assert read() == default


@pytest.mark.parametrize("address", ["postgres://me:se%24cret@host:x/db", "redis://me:se%24cret@h"])
def test_a_password_in_a_malformed_address_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("X", address)

    for read in (lambda: env.database("X", "sqlite://"), lambda: env.url("X")):
        with pytest.raises(ImproperlyConfigured) as caught:
            read()

        assert "se%24cret" not in str(caught.value)


@pytest.mark.parametrize("on", ["1", "true", "YES", "On"])
def test_a_flag_can_be_put_on_in_many_words(monkeypatch: pytest.MonkeyPatch, on: str) -> None:
    monkeypatch.setenv("X", on)

    assert env.flag("X") is True


@pytest.mark.parametrize("off", ["0", "false", "NO", "Off"])
def test_a_flag_can_be_put_off_in_many_words(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("X", off)

    assert env.flag("X", True) is False


def test_a_number_may_be_either_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("1", "9"):
        monkeypatch.setenv("X", value)
        assert env.number("X", 5, least=1, most=9) == int(value)


def test_words_are_separated_by_commas_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " one, two ,,three")

    assert env.words("X") == ["one", "two", "three"]


def test_an_address_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "https://cinehub.example:8443/films/")

    assert env.url("X") == "https://cinehub.example:8443/films"


def test_a_database_is_read_from_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgres://me:pass@db.example:6432/films")

    database = env.database("X", "sqlite://")

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 6432, "films")


def test_a_language_has_a_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "pt-BR")

    assert env.language("X", "en-US") == "pt-BR"


def test_a_secret_is_in_the_environment_or_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("f" * 50 + "\n")

    from_file = env.secret("X", tmp_path / "secret")
    monkeypatch.setenv("X", "e" * 50)

    assert (from_file, env.secret("X", tmp_path / "secret")) == ("f" * 50, "e" * 50)


def test_a_secret_that_is_short_or_missing_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for value in ("", "e" * 49):
        monkeypatch.setenv("X", value)
        with pytest.raises(ImproperlyConfigured, match="X is missing or short"):
            env.secret("X", tmp_path / "secret")


def test_secrets_from_before_are_as_long_and_told_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert env.former_secrets("X") == []
    monkeypatch.setenv("X", f"{'e' * 50}, {'f' * 60}")
    assert env.former_secrets("X") == ["e" * 50, "f" * 60]

    monkeypatch.setenv("X", f"{'e' * 50},short-one")
    with pytest.raises(ImproperlyConfigured, match="X should hold secrets of 50") as refused:
        env.former_secrets("X")
    assert "short-one" not in str(refused.value)


def test_a_directory_is_made_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("X", str(tmp_path / "a" / "b"))

    assert env.folder("X", tmp_path).is_dir()
