"""What the API says of itself: to people, to programs, and to who watches over it."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from accounts import issuing
from accounts.models import User
from cinehub import health
from cinehub.api.about import MAIN, ROOT, SCHEMA
from cinehub.kit.api import NotHere
from tests.accounts.api.entering import codes, enter, kind
from tests.accounts.coming import PASSWORD
from tests.make import make_user

pytestmark = pytest.mark.django_db

PAGES = (f"{ROOT}docs/", f"{ROOT}docs/redoc/")
EXPORT = f"{ROOT}users/me/export/"


# --- For people ----------------------------------------------------------------------------------
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_docs_brings_everything_from_here(client: Client, address: str) -> None:
    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<h1>", page) == ["<h1>"]
    found = re.findall(r"<(?:script|link)[^>]*?(?:src|href)=\"/static/([^\"]+)", page)
    assert any("drf_spectacular_sidecar" in path for path in found)
    assert [path for path in found if not finders.find(path)] == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page.partition("</head>")[0]) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page) == []


@pytest.mark.parametrize("address", PAGES)
def test_who_only_looks_is_given_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies


def test_who_is_signed_in_may_try_what_changes_things(client: Client) -> None:
    client.force_login(make_user())

    assert re.search(r"data-token=\"\w+\"", client.get(PAGES[0]).content.decode())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_docs_are_for_reading(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_no_script_may_come_from_elsewhere(client: Client) -> None:
    for address in PAGES:
        policy = client.get(address)["Content-Security-Policy"]
        assert "unsafe-eval" not in policy
        assert re.search(r"default-src 'self'(;|$)", policy)
        assert "script-src" not in policy


def test_search_engines_stay_out_of_the_api(client: Client) -> None:
    assert "Disallow: /api/" in client.get("/robots.txt").content.decode().splitlines()


def test_every_page_leads_to_the_docs(client: Client) -> None:
    assert 'href="/api/v1/docs/"' in client.get("/about").content.decode()


# --- For programs --------------------------------------------------------------------------------
def test_the_root_leads_to_what_there_is(client: Client) -> None:
    told = client.get(ROOT).json()

    assert told["documentation"] == "http://testserver/api/v1/docs/"
    assert told["addresses"]["users/me"] == "http://testserver/api/v1/users/me/"


@pytest.mark.parametrize("path", [*MAIN, "docs/", "schema/"])
def test_what_the_root_leads_to_is_there(path: str) -> None:
    assert getattr(resolve(f"{ROOT}{path}").func, "cls", None) is not NotHere


def test_the_description_is_openapi(client: Client) -> None:
    answer = client.get(f"{ROOT}schema/")

    assert answer["Content-Type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.1")


def test_the_description_is_not_sent_twice(client: Client) -> None:
    etag = client.get(f"{ROOT}schema/")["ETag"]

    assert client.get(f"{ROOT}schema/", headers={"If-None-Match": etag}).status_code == 304


def test_the_committed_description_is_of_this_code(tmp_path: Path) -> None:
    """If not: `make schema`."""
    file = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(file))

    committed, told = json.loads(SCHEMA.read_text()), json.loads(file.read_text())
    changed = {
        path
        for path in committed["paths"].keys() | told["paths"].keys()
        if committed["paths"].get(path) != told["paths"].get(path)
    }
    assert sorted(changed) == []
    assert committed["components"] == told["components"]


# --- For who watches over it ---------------------------------------------------------------------
HEALTH = f"{ROOT}health/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["", *(f"{name}/" for name in health.CHECKS)])
def test_a_site_that_is_well_says_so(client: Client, name: str) -> None:
    answer = client.get(f"{HEALTH}{name}")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["", "database/"])
def test_a_site_without_its_database_says_what_is_wrong(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def database() -> None:
        raise OperationalError("password authentication failed for me")

    for check in ("migrations", "redis", "tmdb"):
        monkeypatch.setattr(health, check, lambda: None)
        getattr(health, check).__name__ = check
    monkeypatch.setattr(health, "database", database)
    monkeypatch.setitem(health.CHECKS, "database", (database,))

    answer = client.get(f"{HEALTH}{name}")

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert answer.json()["checks"]["database"]["error"] == "OperationalError"
    assert "password" not in answer.content.decode()


def test_there_is_no_other_health(client: Client) -> None:
    assert kind(client.get(f"{HEALTH}wealth/")) == (404, "not-found")


# --- Usage ---------------------------------------------------------------------------------------
USAGE = f"{ROOT}usage/"


@pytest.fixture
def admin(client: Client) -> User:
    admin = make_user(is_staff=True, is_superuser=True)
    client.force_login(admin)
    return admin


def used(client: Client) -> dict[tuple[str, str, str], int]:
    answer = client.get(f"{USAGE}?days=1")
    assert answer.status_code == 200, answer.content
    [today] = answer.json()["results"]
    return {(one["endpoint"], one["client"], one["status"]): one["count"] for one in today["uses"]}


def test_the_staff_see_what_is_asked_for_and_by_what(client: Client, admin: User) -> None:
    before = used(client)
    Client().get(f"{ROOT}problems/duplicate/")
    Client().get(f"{ROOT}problems/nothing/")
    _token, value = issuing.issue(make_user(), name="x", reach=("profile",), expires_at=None)
    Client().get(f"{ROOT}users/me/", headers={"Authorization": f"Bearer {value}"})

    now = used(client)

    more = {name: count - before.get(name, 0) for name, count in now.items()}
    assert {name: count for name, count in more.items() if count} == {
        ("api:usage", "browser", "2xx"): 1,
        ("api:problem", "anonymous", "2xx"): 1,
        ("api:problem", "anonymous", "4xx"): 1,
        ("api:me", "token", "2xx"): 1,
    }


def test_a_week_is_told_day_by_day(client: Client, admin: User) -> None:
    told = client.get(USAGE).json()["results"]

    today = timezone.now().date()
    assert [day["date"] for day in told] == [
        (today - timedelta(days=n)).isoformat() for n in range(7)
    ]


@pytest.mark.parametrize("days", ["0", "8", "x"])
def test_no_more_is_known_than_a_week(client: Client, admin: User, days: str) -> None:
    assert list(codes(client.get(f"{USAGE}?days={days}"))) == ["days"]


@pytest.mark.parametrize("values", [{}, {"is_staff": True}])
def test_nobody_else_sees_it(client: Client, values: dict[str, bool]) -> None:
    client.force_login(make_user(**values))

    assert client.get(USAGE).status_code == 403


# --- To take along -------------------------------------------------------------------------------
@pytest.fixture
def ann() -> User:
    return make_user(username="ann", password=PASSWORD)


def test_who_has_just_signed_in_takes_everything_along(ann: User) -> None:
    headers = {"Authorization": f"Bearer {enter()['access_token']}"}

    answer: Any = Client().get(EXPORT, headers=headers)

    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "profile.json" in packed.namelist()


def test_who_asks_for_a_zip_by_its_name_gets_it(ann: User) -> None:
    headers = {"Authorization": f"Bearer {enter()['access_token']}", "Accept": "application/zip"}

    assert Client().get(EXPORT, headers=headers).status_code == 200
    assert kind(Client().get(EXPORT, headers={"Accept": "application/zip"}))[0] == 401


def test_who_has_signed_in_a_while_ago_does_so_again(ann: User) -> None:
    headers = {"Authorization": f"Bearer {enter()['access_token']}"}

    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        answer = Client().get(EXPORT, headers=headers)

    assert kind(answer) == (403, "reauthentication-required")


def test_no_token_of_limited_reach_takes_everything(ann: User) -> None:
    _token, value = issuing.issue(ann, name="x", reach=("profile", "read"), expires_at=None)

    answer = Client().get(EXPORT, headers={"Authorization": f"Bearer {value}"})

    assert kind(answer) == (403, "insufficient-scope")
