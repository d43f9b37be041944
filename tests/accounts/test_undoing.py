"""Taking back what was just done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import undoing
from accounts.models import Undo
from accounts.models.undo import KEPT
from accounts.tasks import forget_undos
from tests.make import make_user

pytestmark = pytest.mark.django_db


def test_what_was_offered_can_be_taken_back_with_all_it_takes() -> None:
    ann = make_user()
    key = undoing.offer(ann, "lists.removed", {"titles": [603]})

    undo = undoing.take(ann, key)

    assert undo is not None
    assert (undo.deed, undo.data) == ("lists.removed", {"titles": [603]})


def test_it_is_taken_back_once() -> None:
    ann = make_user()
    key = undoing.offer(ann, "lists.removed", {})
    undoing.take(ann, key)

    assert undoing.take(ann, key) is None


def test_nobody_takes_back_what_another_did() -> None:
    key = undoing.offer(make_user(), "lists.removed", {})

    assert undoing.take(make_user(), key) is None
    assert Undo.objects.filter(pk=key).exists()


def test_what_never_was_cannot_be_taken_back() -> None:
    assert undoing.take(make_user(), uuid4()) is None


def test_after_a_day_it_is_too_late_and_forgotten() -> None:
    ann = make_user()
    key = undoing.offer(ann, "lists.removed", {})
    fresh = undoing.offer(ann, "lists.removed", {})
    Undo.objects.filter(pk=key).update(created_at=timezone.now() - KEPT - timedelta(minutes=1))

    with transaction.atomic():
        assert undoing.take(ann, key) is None
    forget_undos()
    assert Undo.objects.get().pk == fresh
