"""Thousands of requests that a machine makes up from the schema: no answer is a failure of ours,
and none is other than the schema says.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from django.contrib.auth.hashers import make_password
from django.urls import URLPattern

from accounts.models import User
from tests.api.world import World, make_world, routes

# Databases differ in what they can't take; PostgreSQL is the stricter one.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

SCHEMA = Path(__file__).parents[2] / "cinehub" / "api" / "openapi.json"
PASSWORD = "A long way down"
# What ends the sign-in that asks.
ENDING = "/auth/(logout|logout-all|refresh|sessions|password)|/users/me/leave"
# Of each operation at most so many; of those that take little there are fewer.
BY_CHANCE = "6"
# Of both together twice as many.
LEAST = 1500
OPTIONS = (
    *("--checks", "all", "--phases", "fuzzing", "--continue-on-failure"),
    *("--max-examples", BY_CHANCE, "--seed", "7", "--no-shrink", "--no-color"),
    *("--suppress-health-check", "all"),
)
# What is said as the schema wants it can still be what can't be done: `errors` says why. And what
# is only to be done to what was read before is looked at no further when it has changed.
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 502, 503]

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 414, 415, 422, 429, 502, 503]
"""


@pytest.fixture
def world(settings: Any) -> World:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 10**9)
    world = make_world()
    User.objects.filter(pk=world.ann.pk).update(password=make_password(PASSWORD))
    return world


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_no_answer_is_other_than_the_schema_says(
    who: str, world: World, live_server: Any, tmp_path: Path
) -> None:
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(_about(world)))
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    options = ["--exclude-path-regex", ENDING] if who == "member" else []
    if who == "member":
        options += ["--header", f"Authorization: Bearer {_sign_in(live_server.url)}"]

    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"),
            "run",
            str(schema),
            *OPTIONS,
            "--url",
            live_server.url,
            *options,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=1500,
    )

    assert done.returncode == 0, done.stdout[-20_000:]
    made = re.search(r"(\d+) generated", done.stdout)
    assert made is not None
    assert int(made[1]) >= LEAST


def _about(world: World) -> dict[str, Any]:
    """The schema, with what there is in place of what an address may have: a key made up by chance
    is of nothing, and a 404 is soon right."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text())
    known = {_plain(path): (path, route) for path, route in routes()}
    for path, operations in schema["paths"].items():
        found = known[_plain(path)]
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"]["enum"] = [_part(world, *found, parameter["name"])]
    return schema


def _plain(path: str) -> str:
    return re.sub(r"<[^>]*>|{[^}]*}", "{}", path.strip("/"))


def _part(world: World, path: str, route: URLPattern, name: str) -> Any:
    """What stands in the address of something that there is."""
    filled = world.address(route, path).strip("/").split("/")
    places = list(path.strip("/").split("/"))
    names = re.findall(r"<(?:[^:>]*:)?([^>]*)>", path)
    told = [part for place, part in zip(places, filled, strict=True) if place.startswith("<")]
    value = dict(zip([_shown(name) for name in names], told, strict=True))[_shown(name)]
    return int(value) if value.isdecimal() else value


def _shown(name: str) -> str:
    """As the schema calls it."""
    return "id" if name == "pk" else name


def _sign_in(site: str) -> str:
    told = {"login": "ann", "password": PASSWORD}
    answer = requests.post(f"{site}/api/v1/auth/login/", json=told, timeout=30)
    token: str = answer.json()["access_token"]
    return token
