"""Members in figures: how many there are, joined within a day, and were here within a day."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts import activity
from accounts.models import User
from cinehub import measuring
from tests.make import make_user

pytestmark = pytest.mark.django_db

EARLIER = timezone.now() - timedelta(hours=3)
LONG_AGO = timezone.now() - timedelta(days=3)


def seen(member: User, at: object, key: str) -> None:
    UserSession.objects.create(user=member, ip="192.0.2.7", session_key=key, last_seen_at=at)


def test_who_is_deactivated_or_leaving_is_not_counted() -> None:
    make_user()
    make_user(is_active=False)
    make_user(leaves_at=timezone.now())

    assert activity.figures()["members.all"] == 1


def test_who_joined_within_a_day_is_new() -> None:
    make_user(date_joined=EARLIER)
    make_user(date_joined=LONG_AGO)

    assert activity.figures()["members.joined"] == 1


def test_whoever_signed_in_or_was_seen_within_a_day_is_counted_once() -> None:
    both = make_user(last_login=EARLIER)
    seen(both, EARLIER, "a")
    make_user(last_login=EARLIER)
    remembered = make_user(last_login=LONG_AGO)
    seen(remembered, EARLIER, "b")
    seen(remembered, EARLIER, "c")
    seen(make_user(last_login=LONG_AGO), LONG_AGO, "d")

    assert activity.figures()["members.active"] == 3


def test_the_figures_are_measured_with_all_others() -> None:
    assert {"members.all", "members.joined", "members.active"} <= {*measuring.figures()}
