"""A page outlives a restart of the database."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from cinehub.kit.again import ReadAgain

LOST = OperationalError("server closed the connection unexpectedly")


class View:
    """Fails as often as it is told to, and then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked: list[str] = []

    def __call__(self, request: HttpRequest, name: str) -> HttpResponse:
        self.asked.append(name)
        if self.errors:
            raise self.errors.pop(0)
        return HttpResponse(name)


def after(error: Exception, view: View, method: str = "GET") -> HttpResponse | None:
    """What comes of a request whose view has just failed like this."""
    request = RequestFactory().generic(method, "/movie/603")
    request.resolver_match = ResolverMatch(view, (), {"name": "603"})
    return ReadAgain(lambda _: HttpResponse()).process_exception(request, error)


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_was_read_from_a_lost_connection_is_read_once_more(method: str) -> None:
    view = View()

    response = after(LOST, view, method)

    assert response is not None
    assert response.content == b"603"
    assert view.asked == ["603"]


@pytest.mark.usefixtures("lost")
def test_what_fails_again_is_left_to_the_page_that_says_so() -> None:
    view = View(LOST)

    assert after(LOST, view) is None
    assert len(view.asked) == 1


@pytest.mark.usefixtures("lost")
def test_what_writes_is_not_done_twice() -> None:
    view = View()

    assert after(LOST, view, "POST") is None
    assert not view.asked


@pytest.mark.usefixtures("lost")
def test_a_mistake_of_the_view_is_no_reason_to_ask_it_again() -> None:
    view = View()

    assert after(ValueError("a mistake"), view) is None
    assert not view.asked


@pytest.mark.django_db
def test_a_question_that_the_database_refuses_is_not_asked_again() -> None:
    view = View()

    assert after(OperationalError("canceling statement due to lock timeout"), view) is None
    assert not view.asked


class Cut:
    """The first question finds the connection closed by the server."""

    done = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.done:
            self.done = True
            connection.connection.close()
        return execute(sql, params, many, context)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_page_is_whole_though_its_connection_was_cut(client: Client) -> None:
    cut = Cut()

    with connection.execute_wrapper(cut):
        response = client.get("/")

    assert response.status_code == 200
    assert cut.done
