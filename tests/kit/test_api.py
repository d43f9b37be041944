"""What all of the API keeps to."""

import json

import pytest
from django.test import Client

from tests.make import make_user

pytestmark = pytest.mark.django_db

KIND = "/api/v1/problems/duplicate/"


def test_what_is_nowhere_is_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/nowhere/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["type"].endswith("/api/v1/problems/not-found/")
    assert told["instance"] == "/api/v1/nowhere/"
    assert told["request_id"] == answer["X-Request-ID"]


def test_every_answer_says_what_is_left(client: Client) -> None:
    left = [int(client.get(KIND)["RateLimit-Remaining"]) for _ in range(3)]

    assert left == [99, 98, 97]


def test_who_comes_too_often_is_told_when_to_come_back(client: Client, settings: object) -> None:
    settings.API_LIMITS = settings.API_LIMITS | {"else": 2}  # type: ignore[attr-defined]

    answers = [client.get(KIND) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["status"] == 429


def test_an_answer_that_is_known_is_not_sent_again(client: Client) -> None:
    first = client.get(KIND)

    again = client.get(KIND, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_can_not_be_done_here_is_said_so(client: Client, method: str) -> None:
    client.force_login(make_user())

    answer = getattr(client, method)(KIND)

    assert answer.status_code == 405
    assert json.loads(answer.content)["status"] == 405


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client) -> None:
    answer = client.post(f"{KIND.rstrip('/')}?a=1")

    assert answer.status_code == 308
    assert answer["Location"] == f"{KIND}?a=1"


def test_too_large_a_body_is_not_read(client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10  # type: ignore[attr-defined]

    answer = client.post(KIND, {"words": "more than ten"}, content_type="application/json")

    assert answer.status_code == 413
    assert answer.json()["type"].endswith("/too-large/")
