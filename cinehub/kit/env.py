"""Typed settings from the environment; what is wrong is said in one sentence, by name."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SECRET_LENGTH = 50
DATABASES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def text(name: str, default: str = "") -> str:
    """A variable that is set but empty counts as unset, so that `.env` may list it blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value and value not in TRUE | FALSE:
        raise _malformed(name, "on or off")
    return value in TRUE if value else default


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    return _read(name, default, f"a whole number from {least} to {most}", _whole(least, most))


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in options:
        raise _malformed(name, "one of " + ", ".join(options))
    return value


def url(name: str, default: str = "", *, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """An absolute address, without a slash at its end."""
    value = text(name, default)
    wanted = f"an address such as {schemes[0]}://host/path"
    if value and not _is_url(value, schemes):
        raise _malformed(name, wanted)
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    """A directory, made where it is missing."""
    found = Path(text(name, str(default)))
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _malformed(name, "a directory that can be written to") from error
    return found


def secret(name: str, file: Path) -> str:
    """Long enough not to be guessed; without the variable it is what the file holds."""
    value = text(name) or (file.read_text().strip() if file.exists() else "")
    if len(value) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"{name} is missing or short: it should be {SECRET_LENGTH} or more random characters"
            f" (`make install` writes some into var/{file.name} for development)."
        )
    return value


def former_secrets(name: str) -> list[str]:
    """Separated by commas, the latest first; as long as the one that is in use."""
    found = words(name)
    if any(len(secret) < SECRET_LENGTH for secret in found):
        # Without its value: it may be cut in two only by a comma too many.
        raise ImproperlyConfigured(
            f"{name} should hold secrets of {SECRET_LENGTH} or more characters each, separated by"
            " commas."
        )
    return found


def pem(name: str) -> str:
    """A private key; the ends of its lines may be written as \\n. Nobody is shown what it is."""
    value = text(name).replace("\\n", "\n")
    if value and not value.startswith("-----BEGIN "):
        raise ImproperlyConfigured(f"{name} should be a private key in PEM: -----BEGIN …")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Django's description of a database, from postgres://user:password@host/name or sqlite:///path."""
    wanted = "postgres://user:password@host:5432/name or sqlite:///path"
    return _read(name, None, wanted, _parse_database) or _parse_database(default)


def language(name: str, default: str) -> str:
    """A language with its country, as TMDB writes it: en-US."""
    return _read(name, default, "a language and country such as en-US or pt-BR", _parse_language)


def _read(name: str, default: T, wanted: str, parse: Callable[[str], T]) -> T:
    value = text(name)
    if not value:
        return default
    try:
        return parse(value)
    except (ValueError, KeyError) as error:
        raise _malformed(name, wanted) from error


def _malformed(name: str, wanted: str) -> ImproperlyConfigured:
    # A password in an address is nobody's business who reads the terminal or the log.
    shown = re.sub(r"//[^/]*@", "//…@", text(name))
    return ImproperlyConfigured(f"{name} is {shown!r}, but should be {wanted}.")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        parsed = int(value)
        if not least <= parsed <= most:
            raise ValueError(value)
        return parsed

    return parse


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname)


def _parse_database(value: str) -> dict[str, Any]:
    parsed: dict[str, Any] = dict(dj_database_url.parse(value))
    if not parsed.get("NAME") or parsed["ENGINE"] not in DATABASES:
        raise ValueError(value)
    return parsed


def _parse_language(value: str) -> str:
    if not re.fullmatch("[a-z]{2}-[A-Z]{2}", value):
        raise ValueError(value)
    return value
