"""Asking the API, as a script in somebody's browser does."""

from typing import Any

from django.test import Client

API = "/api/v1/"


def ask(client: Client, method: str, path: str, **headers: Any) -> Any:
    return getattr(client, method)(f"{API}{path}", headers=headers)


def get(client: Client, path: str) -> Any:
    """What it answers, if it does."""
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return getattr(client, method)(
        f"{API}{path}", body, content_type="application/json", headers=headers
    )


def kind(answer: Any) -> tuple[int, str]:
    """Of a problem: its status, and the end of its type."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    told = answer.json()
    assert told["status"] == answer.status_code
    return answer.status_code, told["type"].rstrip("/").rpartition("/")[2]


def wrong(answer: Any) -> set[str]:
    """The fields that a 400 names."""
    assert answer.status_code == 400, answer.content
    return {error["field"] for error in answer.json()["errors"]}
