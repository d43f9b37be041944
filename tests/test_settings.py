"""A site that is set up wrongly does not start, and one sentence says what to set."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "fifty characters and more that nobody else will guess"

# How the source reads a variable: env.text("NAME"), os.environ["NAME"], ${NAME:-default}.
READ_BY_PYTHON = re.compile(
    # A request's surroundings (WSGI's environ) are not the process's.
    r"""(?:\benv\.\w+\(|\bos\.environ(?:\.\w+\(|\[))\s*f?["']([A-Z][A-Z0-9_]+)["']"""
)
READ_BY_SHELL = re.compile(r"\$\{([A-Z][A-Z0-9_]+)")
LISTED = re.compile(r"^#?\s?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
# Which settings there are, and what workers check, is the program's own business.
NOT_FOR_OPERATORS = {"DJANGO_SETTINGS_MODULE", "CELERY_SKIP_CHECKS"}

# Each with what the sentence must say besides the variable's name.
BAD = [
    ("DATABASE_URL", "nonsense", "postgres://user:password@host:5432/name"),
    ("DATABASE_URL", "mysql://host/name", "sqlite:///path"),
    ("REDIS_URL", "localhost:6379", "redis://host/path"),
    ("TMDB_LANGUAGE", "english", "en-US"),
    ("TMDB_RATE", "0", "a whole number from 1 to 1000"),
    ("TMDB_BASE_URL", "api.themoviedb.org", "http://host/path"),
    ("TMDB_IMAGE_URL", "/t/p", "http://host/path"),
    ("TMDB_EXPORT_URL", "files", "http://host/path"),
    ("DEBUG", "maybe", "on or off"),
    ("BEHIND_PROXY", "nginx", "on or off"),
    ("PORT", "abc", "a whole number from 1 to 65535"),
    ("EMAIL_PORT", "70000", "a whole number from 1 to 65535"),
    ("SITE_URL", "cinehub.example", "http://host/path"),
    ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
    ("SECRET_KEY", "short", "50 or more random characters"),
    ("SECRET_KEY", "", "50 or more random characters"),
    ("DATA_DIR", "/dev/null/var", "a directory"),
]


def variables_read() -> set[str]:
    sources = [*ROOT.glob("*.py")]
    for app in ("cinehub", "accounts", "catalog", "lists", "reviews"):
        sources += (ROOT / app).rglob("*.py")
    python = {name for file in sources for name in READ_BY_PYTHON.findall(file.read_text())}
    shell = set(READ_BY_SHELL.findall((ROOT / "Procfile").read_text()))
    return (python | shell) - NOT_FOR_OPERATORS


def surroundings(tmp_path: Path, **values: str) -> dict[str, str]:
    """All that could come from this machine's .env is set, be it blank."""
    blank = dict.fromkeys(variables_read(), "")
    return os.environ | blank | {"DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET} | values


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "cinehub.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(environment: dict[str, str], *names: str) -> dict[str, object]:
    code = (
        "import json, sys; from cinehub import settings;"
        "json.dump({n: getattr(settings, n) for n in sys.argv[1:]}, sys.stdout, default=str)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(("name", "value", "wanted"), BAD)
def test_a_bad_value_stops_the_start_with_one_sentence(
    tmp_path: Path, name: str, value: str, wanted: str
) -> None:
    done = start(surroundings(tmp_path, **{name: value}))

    assert done.returncode == 1
    assert done.stdout == ""
    [sentence] = done.stderr.splitlines()
    assert name in sentence
    assert wanted in sentence


@pytest.mark.parametrize("name", ["WEB_PROCESSES", "WEB_THREADS", "PORT"])
def test_a_bad_number_stops_the_web_server_with_one_sentence(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "python:cinehub.gunicorn", "cinehub.asgi"],
        cwd=ROOT,
        env=surroundings(tmp_path, **{name: "many"}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert f"{name} is 'many', but should be a whole number" in sentence


def test_blank_values_are_enough_to_start(tmp_path: Path) -> None:
    done = start(surroundings(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def test_a_secret_in_the_data_directory_will_do(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text(SECRET + "\n")

    found = settings_of(surroundings(tmp_path, SECRET_KEY=""), "SECRET_KEY")

    assert found["SECRET_KEY"] == SECRET


def test_the_example_lists_every_variable_and_no_other() -> None:
    listed = LISTED.findall((ROOT / ".env.example").read_text())

    assert sorted(listed) == sorted(variables_read())


def test_the_example_is_a_site_that_starts(tmp_path: Path) -> None:
    """Copied as it stands, it changes nothing."""
    written = re.findall(r"^([A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    example = {name: value for name, value in written if value}

    assert start(surroundings(tmp_path) | example).returncode == 0


def test_without_a_key_the_sample_answers(tmp_path: Path) -> None:
    assert settings_of(surroundings(tmp_path), "TMDB_IS_SAMPLE") == {"TMDB_IS_SAMPLE": True}


@pytest.mark.parametrize("name", ["TMDB_TOKEN", "TMDB_API_KEY"])
def test_either_key_puts_the_sample_aside(tmp_path: Path, name: str) -> None:
    environment = surroundings(tmp_path, **{name: "key"})

    assert settings_of(environment, "TMDB_IS_SAMPLE") == {"TMDB_IS_SAMPLE": False}


def test_a_site_on_https_keeps_to_https(tmp_path: Path) -> None:
    environment = surroundings(tmp_path, SITE_URL="https://cinehub.example/")
    secure = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    found = settings_of(
        environment, *secure, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECURE_HSTS_SECONDS"
    )

    assert all(found[name] is True for name in secure)
    assert "cinehub.example" in str(found["ALLOWED_HOSTS"])
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://cinehub.example"]
    assert found["SECURE_HSTS_SECONDS"]


def test_a_proxy_is_believed_only_where_there_is_one(tmp_path: Path) -> None:
    alone = settings_of(surroundings(tmp_path), "SECURE_PROXY_SSL_HEADER")
    behind = settings_of(surroundings(tmp_path, BEHIND_PROXY="on"), "SECURE_PROXY_SSL_HEADER")

    assert alone["SECURE_PROXY_SSL_HEADER"] is None
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_redis_takes_the_cache_and_the_queue(tmp_path: Path) -> None:
    environment = surroundings(tmp_path, REDIS_URL="redis://127.0.0.1:6379/9")

    found = settings_of(environment, "CELERY_BROKER_URL", "CACHES")

    assert found["CELERY_BROKER_URL"] == "redis://127.0.0.1:6379/9"
    assert "redis://127.0.0.1:6379/9" in str(found["CACHES"])


def test_debug_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert settings_of(surroundings(tmp_path), "DEBUG") == {"DEBUG": False}
