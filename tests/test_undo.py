"""Undo: the button in the toast, whatever was done."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts import undoing
from accounts.models import Undo, User
from cinehub import undo
from tests.make import make_user
from tests.read import text

pytestmark = pytest.mark.django_db
done: list[tuple[User, dict[str, Any]]] = []


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture(autouse=True)
def deed(monkeypatch: pytest.MonkeyPatch) -> None:
    def put_back(member: User, data: dict[str, Any]) -> list[str]:
        done.append((member, data))
        return ["<p data-own='card-603'>as before</p>"]

    done.clear()
    monkeypatch.setitem(undo.DEEDS, "tests.removed", put_back)


def press(client: Client, key: UUID, **headers: str) -> Any:
    return client.post(reverse("undo", args=[key]), headers=headers)


def test_with_script_the_parts_are_as_before(client: Client, ann: User) -> None:
    client.force_login(ann)
    key = undoing.offer(ann, "tests.removed", {"titles": [603]})

    answer = press(client, key, **{"HX-Request": "true"})

    assert "data-own='card-603'" in answer.content.decode()
    assert done == [(ann, {"titles": [603]})]


def test_without_script_the_member_is_sent_back(client: Client, ann: User) -> None:
    client.force_login(ann)
    key = undoing.offer(ann, "tests.removed", {})

    assert press(client, key).status_code == 303
    assert len(done) == 1


def test_pressed_twice_it_is_done_once_and_said(client: Client, ann: User) -> None:
    client.force_login(ann)
    key = undoing.offer(ann, "tests.removed", {})
    press(client, key)

    answer = press(client, key, **{"HX-Request": "true"})

    assert answer.status_code == 422
    assert "too late" in text(answer.content.decode())
    assert len(done) == 1


def test_what_another_member_did_stays(client: Client, ann: User) -> None:
    client.force_login(make_user())
    key = undoing.offer(ann, "tests.removed", {})

    press(client, key)

    assert done == []
    assert Undo.objects.filter(pk=key).exists()


def test_looking_at_the_address_undoes_nothing(client: Client, ann: User) -> None:
    client.force_login(ann)
    key = undoing.offer(ann, "tests.removed", {})

    assert client.get(reverse("undo", args=[key])).status_code == 405
    assert done == []


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    answer = press(client, uuid4())

    assert answer.status_code == 302
    assert "/sign-in" in answer["Location"]


@pytest.mark.django_db(transaction=True)
def test_if_it_fails_it_can_be_tried_again(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(member: User, data: dict[str, Any]) -> list[str]:
        raise RuntimeError

    monkeypatch.setitem(undo.DEEDS, "tests.removed", fail)
    client.force_login(ann)
    client.raise_request_exception = False
    key = undoing.offer(ann, "tests.removed", {})

    assert press(client, key).status_code == 500
    assert Undo.objects.filter(pk=key).exists()
