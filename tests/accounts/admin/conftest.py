from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from tests.make import make_user


@pytest.fixture
def superuser(db: None) -> User:
    return make_user(username="root", is_staff=True, is_superuser=True)


@pytest.fixture
def as_superuser(superuser: User, client: Client) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def staff(db: None) -> Callable[..., User]:
    """Somebody from the staff with exactly these permissions."""

    def make(*names: str) -> User:
        user = make_user(is_staff=True)
        for name in names:
            app, codename = name.split(".")
            user.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        return user

    return make
