"""What only the staff does."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from accounts.models import User
from catalog.models import Errand, SyncRun, Title
from cinehub.work.schedule import set_up
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

API = "/api/v1/"
DEEDS = {
    "sync/": ("post", "change_periodictask"),
    "movies/sync/": ("post", "change_title"),
    "tv/sync/": ("post", "change_title"),
    "cache/": ("delete", "change_periodictask"),
}


def _staff(*permissions: str) -> User:
    member = make_user(is_staff=True)
    member.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return member


def _do(client: Client, address: str, **body: Any) -> Any:
    method = DEEDS[address][0]
    return getattr(client, method)(f"{API}{address}", body, content_type="application/json")


@pytest.mark.parametrize("address", DEEDS)
def test_nobody_else_does_it(client: Client, address: str) -> None:
    assert _do(client, address).status_code == 401

    client.force_login(make_user())
    assert _do(client, address).status_code == 403

    client.force_login(_staff("view_syncrun"))
    assert _do(client, address).status_code == 403


def test_who_may_look_may_not_start(client: Client) -> None:
    client.force_login(_staff("view_syncrun"))
    run = SyncRun.objects.create(kind="charts")

    assert client.get(f"{API}sync/").json()["results"][0]["kind"] == "charts"
    assert client.get(f"{API}sync/{run.pk}/").json()["state"] == "running"
    assert _do(client, "sync/", name="Charts").status_code == 403


def test_what_is_on_the_schedule_is_started(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    started: list[PeriodicTask] = []
    monkeypatch.setattr("catalog.api.syncing.run_now", started.append)
    client.force_login(_staff("change_periodictask"))

    answer = _do(client, "sync/", name="Charts")

    assert (answer.status_code, [each.name for each in started]) == (202, ["Charts"])


def test_what_is_not_on_the_schedule_is_refused(client: Client) -> None:
    set_up()
    client.force_login(_staff("change_periodictask"))

    answer = _do(client, "sync/", name="Everything")

    assert answer.status_code == 400
    assert "Charts" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(("room", "kind"), [("movies", "movie"), ("tv", "tv")])
def test_a_title_is_wanted_at_once(client: Client, room: str, kind: str) -> None:
    client.force_login(_staff("change_title"))

    answer = _do(client, f"{room}/sync/", id=603)

    assert answer.status_code == 202
    assert Errand.objects.get().kind == kind


@pytest.mark.parametrize("key", [0, -1, 10**15, "x", None])
def test_what_is_no_id_is_refused(client: Client, key: Any) -> None:
    client.force_login(_staff("change_title"))

    assert _do(client, "movies/sync/", id=key).status_code == 400


def test_without_a_broker_it_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(refs: object) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr("catalog.api.syncing.steering.refresh", refuse)
    client.force_login(_staff("change_title"))

    assert _do(client, "movies/sync/", id=603).status_code == 503


@pytest.mark.usefixtures("keeping")
def test_what_is_kept_is_made_anew(client: Client) -> None:
    make_title(tmdb_id=603, name="Before")
    client.get(f"{API}movies/603/")
    Title.objects.update(name="After")
    staff = Client()
    staff.force_login(_staff("change_periodictask"))

    assert client.get(f"{API}movies/603/").json()["title"] == "Before"
    assert _do(staff, "cache/").status_code == 204
    assert client.get(f"{API}movies/603/").json()["title"] == "After"
