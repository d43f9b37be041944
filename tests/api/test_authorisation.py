"""Who may do what through the API: every address, all that is done there, and everybody."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from accounts.api.auth import Door
from accounts.models import User
from cinehub.kit.api import Who
from tests.api.world import SCOPES, World, make_token, make_world, methods, routes

pytestmark = pytest.mark.django_db

# What is a member's alone: to anybody else it is not there.
ALONE = {
    *("list", "list-clone", "list-items", "list-item", "list-link", "list-order", "list-people"),
    *("list-person", "list-proposal", "list-proposals", "list-remove", "list-title"),
    *("list-transfer", "member-list", "viewing", "viewing-again", "undo"),
    *("app", "app-secret", "authorization", "token", "auth-session-end"),
    *("me-invitation", "me-resend", "notification-read"),
    *("webhook", "webhook-deliveries", "webhook-replay", "webhook-secret", "webhook-test"),
}
# What is for all to read, and its member's alone to change.
THEIRS = {"review", "comment"}
# Addresses whose keys are those of things that are for all.
PUBLIC = {
    *("review-history", "review-like", "review-likes", "comments", "comment-like"),
    "comment-likes",
}
# First something has to be well said, before it is looked whose it is.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("list-transfer", "post"): {"items": [{"media_type": "movie", "id": 603}]},
}
# Who is about to leave is let in by the site's own cookie, and only to stay.
BY_COOKIE = {"delete me-leave"}


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str

    def __str__(self) -> str:
        return f"{self.status} {self.kind}".strip()


@pytest.fixture
def world(settings: Any) -> World:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
    return make_world()


def session_of(member: User) -> str:
    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def asking(world: World) -> Iterator[tuple[str, URLPattern, Callable[..., Answer]]]:
    """Everything that can be done; what it changes is undone again."""
    for path, route in routes():
        address = world.address(route, path)
        for method in methods(route):

            def ask(
                session: str = "",
                token: str = "",
                address: str = address,
                method: str = method,
                name: str = str(route.name),
            ) -> Answer:
                client = Client(raise_request_exception=False)
                if session:
                    client.cookies[settings.SESSION_COOKIE_NAME] = session
                headers = {"Authorization": f"Bearer {token}"} if token else {}
                body = json.dumps(BODIES.get((name, method), {}) | {"to": world.parts["other"]})
                done = transaction.savepoint()
                try:
                    given = {} if method == "get" else {"data": body}
                    given |= {} if method == "get" else {"content_type": "application/json"}
                    return _told(getattr(client, method)(address, headers=headers, **given))
                finally:
                    transaction.savepoint_rollback(done)

            yield f"{method} {route.name}", route, ask


def _told(answer: Any) -> Answer:
    is_problem = answer.headers.get("Content-Type") == "application/problem+json"
    kind = answer.json()["type"].rstrip("/").rpartition("/")[2] if is_problem else ""
    return Answer(answer.status_code, kind)


def _cls(route: URLPattern) -> Any:
    return route.callback.cls  # type: ignore[attr-defined]


def _said(route: URLPattern, what: str) -> Any:
    """Of the endpoint; an address may say otherwise for itself."""
    return route.callback.view_initkwargs.get(what, getattr(_cls(route), what))  # type: ignore[attr-defined]


def _scope(route: URLPattern, cell: str) -> str:
    return str(_said(route, "reads" if cell.startswith("get ") else "writes"))


def _needs_member(route: URLPattern, cell: str) -> bool:
    who = _said(route, "who")
    return who in (Who.MEMBERS, Who.STAFF) or (who is Who.READERS and not cell.startswith("get "))


def _is_let_in(answer: Answer) -> bool:
    """Somebody may be asked to say again who they are."""
    return answer.status not in (401, 403, 404) or answer.kind == "reauthentication-required"


def test_who_is_not_signed_in_reads_what_is_for_all_and_no_more(world: World) -> None:
    wrong = {}
    for cell, route, ask in asking(world):
        answer = ask()
        fits = answer.status == 401
        if not _needs_member(route, cell):
            # Whose it is still counts.
            is_hidden = route.name in ALONE and answer.status == 404
            fits = is_hidden or answer.status not in (401, 403, 404)
        if not fits:
            wrong[cell] = str(answer)

    assert wrong == {}


def test_a_member_may_do_all_but_what_is_the_staffs(world: World) -> None:
    session, wrong = session_of(world.ann), {}
    for cell, route, ask in asking(world):
        answer = ask(session)
        fits = answer.status == 403 if _said(route, "who") is Who.STAFF else _is_let_in(answer)
        if not fits:
            wrong[cell] = str(answer)

    assert wrong == {}


def test_another_member_finds_nothing_of_what_is_not_theirs(world: World) -> None:
    session, wrong = session_of(world.bob), {}
    for cell, route, ask in asking(world):
        is_change = not cell.startswith("get ")
        if route.name in ALONE or (route.name in THEIRS and is_change):
            answer = ask(session)
            if answer.status != 404:
                wrong[cell] = str(answer)

    assert wrong == {}


def test_it_is_known_of_every_key_whose_it_is() -> None:
    keyed = {
        str(route.name)
        for _path, route in routes()
        if set(route.pattern.converters) & {"pk", "key", "item"}
        and _said(route, "who") is not Who.STAFF
    }

    assert keyed - ALONE - THEIRS - PUBLIC == set()


def test_a_token_without_the_scope_does_nothing_for_its_member(world: World) -> None:
    make_token(world.ann, value="chp_nothing")
    wrong = {}
    for cell, route, ask in asking(world):
        answer = ask(token="chp_nothing")
        is_open = _said(route, "who") is Who.ANYBODY and not cell.startswith("get ")
        fits = answer.status not in (401, 403) if is_open else answer.kind == "insufficient-scope"
        fits = fits or cell in BY_COOKIE
        if not fits:
            wrong[cell] = str(answer)

    assert wrong == {}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_reaches_as_far_as_its_scope(world: World, scope: str) -> None:
    make_token(world.ann, scope, value="chp_one")
    wrong = {}
    for cell, route, ask in asking(world):
        if _said(route, "who") is Who.ANYBODY or route.name == "undo" or cell in BY_COOKIE:
            continue
        answer = ask(token="chp_one")
        asked = "" if _said(route, "who") is Who.STAFF else _scope(route, cell)
        is_kept_out = answer.kind == "insufficient-scope"
        if is_kept_out != (asked != scope):
            wrong[cell] = str(answer)

    assert wrong == {}


def test_the_staff_do_what_is_the_staffs(world: World) -> None:
    session, wrong = session_of(world.boss), {}
    for cell, route, ask in asking(world):
        if _said(route, "who") is Who.STAFF:
            answer = ask(session)
            if not _is_let_in(answer):
                wrong[cell] = str(answer)

    assert wrong == {}


def test_a_token_of_the_staffs_does_nothing_of_the_staffs(world: World) -> None:
    make_token(world.boss, *SCOPES, value="chp_boss")
    wrong = {}
    for cell, route, ask in asking(world):
        if _said(route, "who") is Who.STAFF:
            answer = ask(token="chp_boss")
            if answer.kind != "insufficient-scope":
                wrong[cell] = str(answer)

    assert wrong == {}


def test_nobody_is_let_in_by_a_token_that_is_none(world: World) -> None:
    wrong = {}
    for cell, route, ask in asking(world):
        answer = ask(token="chp_unknown")
        is_door = issubclass(_cls(route), Door) or not _cls(route).authentication_classes
        is_asked = not is_door and cell not in BY_COOKIE
        if is_asked and (answer.status, answer.kind) != (401, "token-invalid"):
            wrong[cell] = str(answer)

    assert wrong == {}
