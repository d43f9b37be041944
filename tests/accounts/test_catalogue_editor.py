"""The role as its migration makes it, and takes it away."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

role = import_module("accounts.migrations.0002_catalogue_editor")

pytestmark = pytest.mark.django_db


def granted() -> set[str]:
    return set(Group.objects.get(name=role.NAME).permissions.values_list("codename", flat=True))


def test_it_is_made_on_a_site_where_no_permission_is_there_yet() -> None:
    before = granted()
    role.remove(apps, None)
    Permission.objects.all().delete()

    role.make(apps, None)

    assert granted() == before
    assert Permission.objects.count() == len(before)


def test_made_again_it_has_what_it_should_and_no_more() -> None:
    before = granted()
    group = Group.objects.get(name=role.NAME)
    group.permissions.add(Permission.objects.get(codename="delete_title"))
    group.permissions.remove(Permission.objects.get(codename="change_title"))

    role.make(apps, None)

    assert granted() == before


def test_taken_back_it_is_gone_and_its_permissions_stay() -> None:
    permissions = Permission.objects.count()

    role.remove(apps, None)

    assert not Group.objects.filter(name=role.NAME).exists()
    assert Permission.objects.count() == permissions
