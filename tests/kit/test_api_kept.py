"""Answers of the API that are the same for many, kept whole until what they tell has changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, Sparse, Who
from cinehub.kit.kept import changed
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.redis]

held: dict[str, Any] = {}


class Thing(Sparse):
    name = serializers.CharField()
    language = serializers.CharField()


class One(Endpoint):
    who = Who.ANYBODY
    expands = frozenset({"me"})

    def about(self) -> tuple[str, ...] | None:
        return None if self.expanded else ("movie/1",)

    def get(self, request: Request) -> Response:
        held["made"] += 1
        return self.show({"name": held["name"], "language": self.reader.language}, Thing)


urlpatterns = [path("api/one/", One.as_view())]


@pytest.fixture(autouse=True)
def things(settings: Any) -> Iterator[None]:
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    held.update(made=0, name="first")
    yield
    caches["pages"].clear()


def test_what_was_made_for_one_is_there_for_all(client: Client) -> None:
    member = Client()
    member.force_login(make_user())

    answers = [client.get("/api/one/"), client.get("/api/one/"), member.get("/api/one/")]

    assert held["made"] == 1
    assert len({answer.content for answer in answers}) == 1
    assert [answer["Cache-Control"] for answer in answers] == [
        *("public, max-age=60", "public, max-age=60", "private, no-cache")
    ]


def test_it_is_made_anew_once_its_subject_has_changed(client: Client) -> None:
    client.get("/api/one/")
    held["name"] = "second"
    changed("movie/1")

    assert client.get("/api/one/").json()["name"] == "second"


def test_another_language_is_another_answer(client: Client) -> None:
    client.get("/api/one/?language=de")

    assert client.get("/api/one/?language=fr").json()["language"] == "fr"


def test_what_holds_ones_own_is_never_kept(client: Client) -> None:
    for _ in range(2):
        client.get("/api/one/?expand=me")

    assert held["made"] == 2


def test_a_kept_answer_counts_as_any_other(client: Client) -> None:
    left = [int(client.get("/api/one/")["RateLimit-Remaining"]) for _ in range(2)]

    assert left[1] == left[0] - 1


def test_who_has_a_kept_answer_is_not_sent_it_again(client: Client) -> None:
    etag = client.get("/api/one/")["ETag"]

    answer = client.get("/api/one/", headers={"If-None-Match": etag})

    assert (answer.status_code, held["made"]) == (304, 1)
