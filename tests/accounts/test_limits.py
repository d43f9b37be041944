"""Too often is too often: by address, by account, with Redis and without."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.test import Client, override_settings
from redis import Connection

from accounts.models import User
from cinehub.kit import caches as kit
from tests.accounts.coming import sign_in
from tests.accounts.test_doors import ask_code, ask_reset, code_in, is_in, reset

pytestmark = pytest.mark.django_db
# Nothing listens there.
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def redis_is_away() -> Iterator[None]:
    server = {
        "BACKEND": "cinehub.kit.caches.RedisOrHere",
        "LOCATION": NOWHERE,
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1},
    }
    with override_settings(CACHES=settings.CACHES | {"default": server}):
        cache.clear()
        yield
        cache.clear()
    kit._Redis.away_until = 0.0


def address(n: int) -> str:
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def is_refused(answer: Any) -> bool:
    if answer.status_code != 429:
        return False
    assert "One moment, please" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    return True


def test_wrong_passwords_without_end_from_one_address_stop_at_the_limit(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(
        User, "check_password", lambda self, password: bool(checked.append(password))
    )

    refused = [is_refused(sign_in(client, f"member{n % 7}", str(n))) for n in range(60)]
    refused += [is_refused(sign_in(client, "ann", str(n))) for n in range(40)]

    assert not any(refused[:10])
    assert all(refused[10:])
    assert len(checked) == 0


def test_wrong_passwords_without_end_from_many_addresses_stop_at_the_accounts_limit(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(
        User, "check_password", lambda self, password: bool(checked.append(password))
    )
    client = Client()
    # Whichever of the account's names is typed.
    names = ("ann", "ANN", "ann@example.org", "Ann@Example.Org")

    refused = [
        is_refused(sign_in(client, names[n % 4], str(n), REMOTE_ADDR=address(n)))
        for n in range(100)
    ]

    assert not any(refused[:5])
    assert all(refused[5:])
    # By address it is looked up by two names.
    assert len(checked) <= 10


def test_the_owner_of_a_locked_account_gets_in_by_reset(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    for n in range(10):
        sign_in(Client(), "ann", "wrong", REMOTE_ADDR=address(n))
    assert is_refused(sign_in(client, "ann"))

    ask_reset(client)
    reset(client, mailbox[0])

    assert is_in(client)
    assert sign_in(Client(), "ann", "quite another sentence, 43").status_code == 302


def test_the_owner_of_a_locked_account_gets_in_by_a_code(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    for n in range(10):
        sign_in(Client(), "ann", "wrong", REMOTE_ADDR=address(n))

    ask_code(client)
    client.post("/sign-in/code/confirm", {"code": code_in(mailbox[0])})

    assert is_in(client)


def test_the_right_password_counts_for_nothing(client: Client, ann: User) -> None:
    for _ in range(20):
        assert sign_in(client, "ann").status_code == 302
        client.post("/sign-out")


def test_a_locked_account_looks_like_one_that_is_none(ann: User) -> None:
    known, unknown = (
        [sign_in(Client(), name, "wrong", REMOTE_ADDR=address(n)).status_code for n in range(8)]
        for name in ("ann", "nobody")
    )

    assert known == unknown


@pytest.mark.parametrize(
    ("path", "sent", "most"),
    [
        ("/sign-up", {"email": "nobody"}, 10),
        ("/password/reset", {"email": "ann@example.org"}, 3),
        ("/sign-in/code", {"email": "ann@example.org"}, 3),
    ],
)
def test_every_door_has_its_limit(
    path: str, sent: dict[str, str], most: int, ann: User, mailbox: list[Any]
) -> None:
    refused = [is_refused(Client().post(path, sent)) for _ in range(most + 2)]

    assert refused == [False] * most + [True] * 2


def test_mails_to_one_address_are_limited_wherever_they_are_asked_for(
    ann: User, mailbox: list[Any]
) -> None:
    for n in range(20):
        Client().post("/password/reset", {"email": ann.email}, REMOTE_ADDR=address(n))

    assert len(mailbox) == 3


def test_to_look_at_a_door_is_not_counted(client: Client) -> None:
    assert {client.get("/sign-in").status_code for _ in range(50)} == {200}


# --- Without Redis -------------------------------------------------------------------------------
def test_while_redis_is_away_members_sign_in_and_limits_hold(
    redis_is_away: None, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    connect = Connection.connect
    monkeypatch.setattr(Connection, "connect", lambda self: (asked.append(self), connect(self)))
    monkeypatch.setattr(kit, "AWAY_SECONDS", 3600)
    monkeypatch.setattr(kit._Redis, "away_until", 0.0)

    assert sign_in(Client(), "ann").status_code == 302
    answers = [sign_in(Client(), "ann", "wrong") for _ in range(7)]

    assert [is_refused(answer) for answer in answers] == [False] * 5 + [True] * 2
    assert len(asked) == 1, "Redis is waited for again and again"


def test_what_is_remembered_meanwhile_is_shared_by_all_threads(redis_is_away: None) -> None:
    assert cache.add("turn", 1)
    assert not caches.create_connection("default").add("turn", 1)
    assert cache.get_many(["turn", "nothing"]) == {"turn": 1}
    assert cache.incr("turn") == 2
    cache.delete("turn")
    assert cache.get("turn", "none") == "none"


@pytest.mark.redis
def test_redis_is_asked_while_it_is_there() -> None:
    assert isinstance(caches["default"], kit.RedisOrHere)
    cache.set("word", "kept", 10)

    assert cache.get("word") == "kept"
    assert caches["default"].here.get("word") is None
    assert caches["default"].ttl("word") > 0
