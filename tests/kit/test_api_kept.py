"""Answers of the API that are the same for many, kept whole until what they tell has changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, Sparse, Who, usage
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


# --- Who has an answer and is nobody in particular ------------------------------------------------
def known(client: Client, address: str = "/api/one/") -> str:
    """The ETag of an answer that somebody has, has shown once, and will show again."""
    etag: str = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    return etag


@pytest.fixture
def no_view(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing comes as far as an endpoint."""

    def never(*_told: Any, **_more: Any) -> None:
        raise AssertionError("An endpoint was asked")

    with monkeypatch.context() as patch:
        patch.setattr(One, "dispatch", never)
        yield


def test_no_endpoint_is_asked_for_what_is_known(
    client: Client, request: pytest.FixtureRequest
) -> None:
    etag = known(client)
    request.getfixturevalue("no_view")

    answer = client.get("/api/one/", headers={"If-None-Match": f'"else", W/{etag}'})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Authorization" in answer["Vary"]


def test_another_etag_is_answered_in_full(client: Client) -> None:
    known(client)

    answer = client.get("/api/one/", headers={"If-None-Match": '"else"'})

    assert (answer.status_code, answer.json()["name"]) == (200, "first")


def test_what_is_known_is_told_anew_once_it_has_changed(client: Client) -> None:
    etag = known(client)
    held["name"] = "second"
    changed("movie/1")

    answer = client.get("/api/one/", headers={"If-None-Match": etag})

    assert (answer.status_code, answer.json()["name"]) == (200, "second")


def test_what_is_known_in_one_language_is_not_in_another(client: Client) -> None:
    etag = known(client)

    answer = client.get("/api/one/", headers={"If-None-Match": etag, "Accept-Language": "de"})

    assert (answer.status_code, answer.json()["language"]) == (200, "de")


def test_a_mark_is_left_for_no_longer_than_the_answer_is_kept(client: Client) -> None:
    etag = client.get("/api/one/")["ETag"]
    pages = caches["pages"]
    for key in pages.keys("page:*"):
        pages.expire(key, 5)

    client.get("/api/one/", headers={"If-None-Match": etag})

    (mark,) = pages.keys("page:known:*")
    assert 0 < pages.ttl(mark) <= 5


def test_every_way_of_saying_that_it_is_known_counts(client: Client) -> None:
    etag = client.get("/api/one/")["ETag"]

    left = [
        int(client.get("/api/one/", headers={"If-None-Match": etag})["RateLimit-Remaining"])
        for _ in range(3)
    ]

    assert left == [left[0], left[0] - 1, left[0] - 2]


def test_who_comes_too_often_is_told_so_of_what_they_know_too(
    client: Client, settings: Any
) -> None:
    etag = known(client)
    settings.API_LIMITS = settings.API_LIMITS | {"else": 3}
    headers = {"If-None-Match": etag}

    codes = [client.get("/api/one/", headers=headers).status_code for _ in range(5)]

    assert codes[:2] == [304, 304]
    assert codes[-1] == 429


def test_what_is_known_is_counted_among_the_uses(client: Client) -> None:
    etag = known(client)
    before = sum(usage.told(1)[timezone.now().date()].values())

    client.get("/api/one/", headers={"If-None-Match": etag})

    told = usage.told(1)[timezone.now().date()]
    assert sum(told.values()) == before + 1
    assert {(use.limit, use.client) for use in told} >= {("else", usage.ANYBODY)}


@pytest.mark.parametrize("own", ["session", "token"])
def test_who_is_somebody_is_asked_who_they_are(
    client: Client, request: pytest.FixtureRequest, own: str
) -> None:
    etag = known(client)
    member = Client()
    headers = {"If-None-Match": etag}
    if own == "session":
        member.force_login(make_user())
    else:
        headers["Authorization"] = "Bearer nobody"
    request.getfixturevalue("no_view")

    with pytest.raises(AssertionError):
        member.get("/api/one/", headers=headers)


def test_a_known_answer_may_be_read_by_a_page_elsewhere(client: Client, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://else.example"]
    etag = known(client)

    answer = client.get(
        "/api/one/", headers={"If-None-Match": etag, "Origin": "https://else.example"}
    )

    assert answer.status_code == 304
    assert answer["Access-Control-Allow-Origin"] == "https://else.example"
