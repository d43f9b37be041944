"""Coming in, as an app does."""

from typing import Any

from django.test import Client

from tests.accounts.coming import PASSWORD

AUTH = "/api/v1/auth/"


def post(path: str, client: Client | None = None, token: str = "", **told: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    asked = client or Client()
    return asked.post(f"{AUTH}{path}", told, content_type="application/json", headers=headers)


def get(path: str, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(f"{AUTH}{path}", headers=headers)


def enter(login: str = "ann", password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    answer = post("login/", Client(**more), login=login, password=password)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def is_in(token: str) -> bool:
    return bool(get("sessions/", token).status_code == 200)


def kind(answer: Any) -> tuple[int, str]:
    """Of a problem: its status, and the end of its type."""
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["status"] == answer.status_code
    return answer.status_code, told["type"].rstrip("/").rpartition("/")[2]


def codes(answer: Any) -> dict[str, list[str]]:
    """What is wrong with which field."""
    assert kind(answer) == (400, "invalid")
    found: dict[str, list[str]] = {}
    for error in answer.json()["errors"]:
        found.setdefault(error["field"], []).append(error["code"])
    return found
