"""What moderators and administrators can and cannot reach: the whole table."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts import ranks
from accounts.models import User
from tests.make import make_user

pytestmark = pytest.mark.django_db

MEMBERS = "/admin/accounts/user/"

# Everything the admin has: what a moderator may do there, and what an administrator.
TABLE = {
    "catalog.title": ("", "view change"),
    "catalog.person": ("", "view change"),
    "catalog.collection": ("", "view change"),
    "catalog.genre": ("", "view change"),
    "catalog.keyword": ("", "view change"),
    "catalog.company": ("", "view change"),
    "catalog.network": ("", "view change"),
    "catalog.country": ("", "view change"),
    "catalog.language": ("", "view change"),
    "catalog.provider": ("", "view change"),
    "catalog.errand": ("", "view change"),
    "catalog.picture": ("", "view change"),
    "catalog.syncrun": ("", "view"),
    "catalog.changescursor": ("", "view"),
    "work.deadletter": ("", "view change"),
    "work.claim": ("", "view"),
    "django_celery_beat.periodictask": ("", "view change"),
    "django_celery_beat.crontabschedule": ("", "view add change"),
    "django_celery_beat.intervalschedule": ("", "view add change"),
    "django_celery_beat.clockedschedule": ("", ""),
    "django_celery_beat.solarschedule": ("", ""),
    "accounts.user": ("view suspend", "view change suspend"),
    "accounts.invitation": ("", "view add delete"),
    "reviews.report": ("view decide", "view decide"),
    "reviews.review": ("view", "view"),
    "reviews.comment": ("view", "view"),
    "reviews.decision": ("view", "view"),
    "reviews.rating": ("", ""),
    "lists.list": ("", ""),
    "lists.viewing": ("", ""),
    "auth.group": ("", ""),
    "admin.logentry": ("", "view"),
}
WITHIN_PAGES = {
    "catalog.view_credit",
    "catalog.view_season",
    "catalog.view_chart",
    "catalog.view_picturefile",
    "work.view_measure",
}
ROLES = (ranks.MODERATOR, ranks.ADMIN)


def make_staff(*roles: str) -> User:
    user = make_user(is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(member: User) -> str:
    return reverse("admin:accounts_user_change", args=[member.pk])


def act(client: Client, action: str, member: User) -> None:
    client.post(MEMBERS, {"action": action, "_selected_action": [member.pk], "back": "1"})


def give(client: Client, member: User, *roles: str) -> Any:
    chosen = [group.pk for group in Group.objects.filter(name__in=roles)]
    values = {"username": member.username, "display_name": "", "bio": "", "roles": chosen}
    return client.post(page_of(member), values)


# --- The table -----------------------------------------------------------------------------------
def test_the_table_names_everything_the_admin_has() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_exactly_these_permissions(role: str) -> None:
    granted = {
        f"{app}.{action}_{model}"
        for label, may in TABLE.items()
        for app, model in [label.split(".")]
        for action in may[ROLES.index(role)].split()
    }

    within = WITHIN_PAGES if role == ranks.ADMIN else set()
    assert make_staff(role).get_all_permissions() == granted | within


@pytest.mark.parametrize("label", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_a_list_and_its_form_open_for_whom_they_are_for(role: str, label: str) -> None:
    client, may = browser(make_staff(role)), TABLE[label][ROLES.index(role)]
    name = f"admin:{label.replace('.', '_')}"

    assert client.get(reverse(f"{name}_changelist")).status_code == (200 if "view" in may else 403)
    assert client.get(reverse(f"{name}_add")).status_code == (200 if "add" in may else 403)


# --- Moderators ----------------------------------------------------------------------------------
def test_a_moderator_keeps_members_out_and_lets_them_in_again() -> None:
    member, client = make_user(), browser(make_staff(ranks.MODERATOR))

    act(client, "deactivate", member)
    member.refresh_from_db()
    assert not member.is_active

    act(client, "reactivate", member)
    member.refresh_from_db()
    assert member.is_active


@pytest.mark.parametrize("role", [ranks.EDITOR, ranks.MODERATOR, ranks.ADMIN])
def test_a_moderator_leaves_the_staff_alone(role: str) -> None:
    other = make_staff(role)

    act(browser(make_staff(ranks.MODERATOR)), "deactivate", other)

    other.refresh_from_db()
    assert other.is_active


def test_a_moderator_does_not_see_how_members_sign_in() -> None:
    member = make_user(phone="+442079460958", phone_verified=True)
    Authenticator.objects.create(user=member, type="totp", data={})

    page = browser(make_staff(ranks.MODERATOR)).get(page_of(member)).content.decode()

    assert member.username in page
    assert "TOTP" not in page
    assert "2079460958" not in page


# --- Administrators ------------------------------------------------------------------------------
def test_an_administrator_makes_editors_and_moderators_and_unmakes_them() -> None:
    member, client = make_user(), browser(make_staff(ranks.ADMIN))

    give(client, member, ranks.EDITOR, ranks.MODERATOR)
    member.refresh_from_db()
    assert member.is_staff
    assert {group.name for group in member.groups.all()} == {ranks.EDITOR, ranks.MODERATOR}

    give(client, member)
    member.refresh_from_db()
    assert not member.is_staff
    assert not member.groups.exists()


def test_an_administrator_makes_no_other() -> None:
    member, client = make_user(), browser(make_staff(ranks.ADMIN))

    page = client.get(page_of(member)).content.decode()
    answer = give(client, member, ranks.ADMIN)

    assert ranks.EDITOR in page
    assert "superuser" not in page.lower()
    assert answer.status_code == 200
    assert not member.groups.exists()


@pytest.mark.parametrize("is_superuser", [True, False], ids=["superuser", "administrator"])
def test_an_administrator_leaves_superusers_and_their_equals_alone(is_superuser: bool) -> None:
    other = make_staff(ranks.ADMIN)
    User.objects.filter(pk=other.pk).update(is_superuser=is_superuser)
    Authenticator.objects.create(user=other, type="totp", data={})
    client = browser(make_staff(ranks.ADMIN))

    for action in ("deactivate", "end_sessions", "send_reset", "remove_second_factors"):
        act(client, action, other)
    answer = give(client, other)

    other.refresh_from_db()
    assert other.is_active
    assert other.groups.exists()
    assert Authenticator.objects.filter(user=other).exists()
    assert answer.status_code == 403


def test_an_administrator_raises_nobody_by_themselves() -> None:
    admin_user = make_staff(ranks.ADMIN)
    client = browser(admin_user)

    answer = client.post(page_of(admin_user), {"username": "me", "is_superuser": "on"})

    assert answer.status_code == 403
    assert not User.objects.get(pk=admin_user.pk).is_superuser


def test_who_had_a_right_of_their_own_stays_staff_without_a_role() -> None:
    member = make_staff(ranks.EDITOR)
    member.user_permissions.add(Permission.objects.get(codename="view_logentry"))

    give(browser(make_staff(ranks.ADMIN)), member)

    member.refresh_from_db()
    assert member.is_staff


def test_what_was_given_is_written_down(as_superuser: Client) -> None:
    admin_user = make_staff(ranks.ADMIN)
    member = make_user()
    give(browser(admin_user), member, ranks.MODERATOR)

    page = as_superuser.get(page_of(member)).content.decode()

    assert "Changed Roles." in page
    assert str(admin_user) in page


# --- The migration -------------------------------------------------------------------------------
def granted() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.filter(name__in=ROLES)
    }


def test_the_roles_are_made_where_no_permission_is_there_yet() -> None:
    roles = import_module("accounts.migrations.0006_roles")
    before = granted()
    roles.remove(apps, None)
    Permission.objects.all().delete()

    roles.make(apps, None)
    import_module("reviews.migrations.0002_roles").give(apps, None)

    assert granted() == before


def test_what_the_roles_may_do_about_reviews_is_taken_back() -> None:
    import_module("reviews.migrations.0002_roles").take(apps, None)

    assert "decide_report" not in granted()[ranks.MODERATOR] | granted()[ranks.ADMIN]


def test_taken_back_they_are_gone_and_the_editor_stays() -> None:
    import_module("accounts.migrations.0006_roles").remove(apps, None)

    assert [group.name for group in Group.objects.all()] == [ranks.EDITOR]


def test_a_permission_is_made_once(staff: Callable[..., User]) -> None:
    assert Permission.objects.filter(codename="suspend_user").count() == 1
