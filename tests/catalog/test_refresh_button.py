"""Staff may ask for a fresh copy of a title."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from catalog import tasks
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/movie/603-the-matrix/refresh"


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Mock:
    make_title(tmdb_id=603, name="The Matrix")
    delay = Mock()
    monkeypatch.setattr(tasks.refresh_title, "delay", delay)
    return delay


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user(is_staff=True))
    return client


def test_staff_queue_a_refresh_and_are_back_on_the_page(staff: Client, queued: Mock) -> None:
    answer = staff.post(ADDRESS, follow=True)

    queued.assert_called_once_with(kind="movie", tmdb_id=603)
    assert answer.redirect_chain == [("/movie/603-the-matrix", 302)]
    assert "A fresh copy is on its way" in answer.content.decode()


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_else_may(client: Client, queued: Mock, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make_user())

    assert client.post(ADDRESS).status_code == 403
    queued.assert_not_called()


def test_looking_at_the_address_does_nothing(staff: Client, queued: Mock) -> None:
    assert staff.get(ADDRESS).status_code == 405
    queued.assert_not_called()


def test_a_request_from_another_site_is_refused(queued: Mock) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_staff=True))

    assert client.post(ADDRESS).status_code == 403
    queued.assert_not_called()


def test_a_queue_that_is_away_is_said(staff: Client, queued: Mock) -> None:
    queued.side_effect = OperationalError

    assert "The queue can" in staff.post(ADDRESS, follow=True).content.decode()


def test_what_is_unknown_is_not_found(staff: Client, queued: Mock) -> None:
    assert staff.post("/movie/999999999999999/refresh").status_code == 404


@pytest.mark.parametrize("is_staff", [True, False])
def test_only_staff_see_the_button(client: Client, queued: Any, is_staff: bool) -> None:
    client.force_login(make_user(is_staff=is_staff))

    page = client.get("/movie/603-the-matrix").content.decode()

    assert (f'action="{ADDRESS}"' in page) is is_staff
