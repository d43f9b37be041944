"""What the catalogue editor can and cannot reach: the whole table."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Errand, SyncRun
from cinehub.work.models import DeadLetter
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

# Everything the admin has: what an editor may do there.
TABLE = {
    "catalog.title": "view change",
    "catalog.person": "view change",
    "catalog.collection": "view change",
    "catalog.genre": "view change",
    "catalog.keyword": "view change",
    "catalog.company": "view change",
    "catalog.network": "view change",
    "catalog.country": "view change",
    "catalog.language": "view change",
    "catalog.provider": "view change",
    "catalog.errand": "view change",
    "catalog.picture": "view change",
    "catalog.syncrun": "view",
    "catalog.changescursor": "view",
    "work.deadletter": "view change",
    "work.claim": "",
    "django_celery_beat.periodictask": "view",
    "django_celery_beat.crontabschedule": "view",
    "django_celery_beat.intervalschedule": "view",
    "django_celery_beat.clockedschedule": "",
    "django_celery_beat.solarschedule": "",
    "accounts.user": "",
    "accounts.invitation": "",
    "auth.group": "",
    "admin.logentry": "",
    "lists.list": "",
    "lists.viewing": "",
    "reviews.report": "",
    "reviews.review": "",
    "reviews.comment": "",
    "reviews.decision": "",
    "reviews.rating": "",
}
# Beside these, what no page lists by itself.
WITHIN_PAGES = {
    "catalog.view_credit",
    "catalog.view_season",
    "catalog.view_chart",
    "catalog.view_picturefile",
    "work.view_measure",
}


def test_the_table_names_everything_the_admin_has() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(TABLE)


def test_the_group_has_exactly_these_permissions(editor: User) -> None:
    granted = {
        f"{app}.{action}_{model}"
        for label, actions in TABLE.items()
        for app, model in [label.split(".")]
        for action in actions.split()
    }

    assert editor.get_all_permissions() == granted | WITHIN_PAGES


@pytest.mark.parametrize("label", TABLE)
def test_a_list_opens_for_whom_it_is_for(as_editor: Client, label: str) -> None:
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")

    expected = 200 if "view" in TABLE[label] else 403
    assert as_editor.get(address).status_code == expected


@pytest.mark.parametrize("label", TABLE)
def test_an_editor_adds_nothing(as_editor: Client, label: str) -> None:
    assert as_editor.get(reverse(f"admin:{label.replace('.', '_')}_add")).status_code == 403


def test_nobody_deletes_a_title(as_editor: Client, as_superuser: Client) -> None:
    address = reverse("admin:catalog_title_delete", args=[make_title().pk])

    assert as_editor.post(address, {"post": "yes"}).status_code == 403
    assert as_superuser.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("action", ["enable_tasks", "disable_tasks", "toggle_tasks", "run_tasks"])
def test_an_editor_sees_schedules_and_cannot_act_on_them(as_editor: Client, action: str) -> None:
    page = as_editor.get(reverse("admin:django_celery_beat_periodictask_changelist"))

    assert action not in page.content.decode()


def test_without_the_role_somebody_from_the_staff_finds_an_empty_admin(client: Client) -> None:
    client.force_login(make_user(is_staff=True))

    page = client.get(reverse("admin:index"))

    assert "You don’t have permission" in page.content.decode()
    assert client.get(reverse("dashboard-part", args=["runs"])).status_code == 403


def test_a_member_is_asked_to_sign_in_as_somebody_else(client: Client) -> None:
    client.force_login(make_user())

    for address in (reverse("admin:index"), reverse("dashboard-part", args=["runs"])):
        assert client.get(address).status_code == 302


def test_who_leaves_the_group_loses_it_all(as_editor: Client, editor: User) -> None:
    editor.groups.remove(Group.objects.get(name="Catalogue editor"))

    assert as_editor.get(reverse("admin:catalog_title_changelist")).status_code == 403


@pytest.mark.parametrize("model", [SyncRun, Errand, DeadLetter])
def test_what_workers_write_has_no_form(as_superuser: Client, model: type) -> None:
    values = {
        SyncRun: {"kind": "charts"},
        Errand: {"kind": "movie", "tmdb_id": 1, "urgency": 0, "due_at": "2026-01-01T00:00Z"},
        DeadLetter: {"task_id": "a", "task": "b", "queue": "bulk"},
    }[model]
    row = model.objects.create(**values)  # type: ignore[attr-defined]
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

    page = as_superuser.get(address)

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert as_superuser.post(address, {}).status_code == 403
