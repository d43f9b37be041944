"""Whether how long a door takes tells who is a member, and what stops who goes on knocking."""

import logging
import sys
from collections.abc import Callable
from itertools import count
from statistics import median, quantiles
from time import perf_counter

import bcrypt
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client, override_settings

from accounts import mailing
from accounts.models import User
from cinehub import settings as site

KNOCKS = 10_000
WRONG = "a wrong sentence, number 41"
SIGN_IN, RESET, CODE, SIGN_UP = "/sign-in", "/password/reset", "/sign-in/code", "/sign-up"
_numbers = count(1)


def doors(rounds: int) -> None:
    with override_settings(PASSWORD_HASHERS=site.PASSWORD_HASHERS):
        _doors(rounds)


def _doors(rounds: int) -> None:
    members = _members()
    _silence()
    _say(f"median ms of {rounds}, and the middle half")
    for name, knock in members.items():
        _compare(f"sign-in, {name}", knock, lambda: _sign_in("nobody@example.org"), rounds)
    for path in (RESET, CODE):
        known, unknown = _knock(path, "argon2@example.org"), _knock(path, "nobody@example.org")
        _compare(f"{path}, confirmed", known, unknown, rounds)
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory"):
        _compare("sign-up, confirmed first", _sign_up("argon2@example.org"), _sign_up(), rounds)
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="optional"):
        _compare("sign-up, confirmed later", _sign_up("argon2@example.org"), _sign_up(), rounds)
    _knock_on()


def _members() -> dict[str, Callable[[], None]]:
    argon2 = make_password("right")
    kinds = {
        "argon2": {"password": argon2},
        "inactive": {"password": argon2, "is_active": False},
        "no password": {"password": make_password(None)},
        "bcrypt": {"password": "bcrypt$" + bcrypt.hashpw(b"right", bcrypt.gensalt(12)).decode()},
    }
    User.objects.all().delete()
    for name, values in kinds.items():
        name = name.replace(" ", "-")
        member = User.objects.create(username=name, email=f"{name}@example.org", **values)
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return {
        name: lambda name=name: _sign_in(f"{name.replace(' ', '-')}@example.org")  # type: ignore[misc]
        for name in kinds
    }


def _sign_in(login: str) -> None:
    Client().post(SIGN_IN, {"login": login, "password": WRONG})


def _knock(path: str, email: str) -> Callable[[], None]:
    return lambda: _post(path, {"email": email})


def _sign_up(email: str = "") -> Callable[[], None]:
    def knock() -> None:
        n = next(_numbers)
        told = {"email": email or f"new{n}@example.org", "username": f"new{n}"}
        _post(SIGN_UP, told | {"password1": WRONG})

    return knock


def _post(path: str, told: dict[str, str]) -> None:
    assert Client().post(path, told).status_code == 302


def _compare(
    name: str, known: Callable[[], None], unknown: Callable[[], None], rounds: int
) -> None:
    """One after the other, so that what else the machine does strikes both."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for n in range(rounds + 3):
        for is_known in (n % 2 == 0, n % 2 != 0):
            cache.clear()
            started = perf_counter()
            (known if is_known else unknown)()
            if n > 2:
                times[is_known].append((perf_counter() - started) * 1000)
    told = (f"{median(times[k]):7.1f} ({_half(times[k])})" for k in (True, False))
    _say(f"{name:28} member {next(told)}   nobody {next(told)}")


def _half(times: list[float]) -> str:
    low, _, high = quantiles(times, n=4)
    return f"{low:.1f} to {high:.1f}"


def _knock_on() -> None:
    """Wrong passwords, from one address, and against one account from an address each."""
    for name, address in (("one address", lambda n: "10.0.0.1"), ("many", _address)):
        cache.clear()
        client, started = Client(), perf_counter()
        answers = [
            client.post(
                SIGN_IN, {"login": "argon2", "password": str(n)}, REMOTE_ADDR=address(n)
            ).status_code
            for n in range(KNOCKS)
        ]
        let_in = len(answers) - answers.count(429)
        _say(f"{KNOCKS} from {name}: {let_in} looked at, {perf_counter() - started:.0f} s")


def _address(n: int) -> str:
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def _silence() -> None:
    """Nothing is queued, which takes the same time for everybody, and nothing is logged."""
    logging.disable(logging.WARNING)
    mailing.tasks.send_mail.delay = lambda **_: None  # type: ignore[method-assign]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
