"""Where a request comes from."""

from typing import Any

import pytest
from django.test import RequestFactory

from cinehub.kit.visiting import NOWHERE, address


def seen(told: str = "192.0.2.1", **headers: str) -> str:
    return address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=told))


@pytest.mark.parametrize("told", ["192.0.2.1", "2001:db8::1"])
def test_a_visitor_comes_from_their_address(told: str) -> None:
    assert seen(told) == told


@pytest.mark.parametrize("told", ["", "unix:", "192.0.2.1:80"])
def test_what_is_no_address_counts_as_one(told: str) -> None:
    assert seen(told) == NOWHERE


def test_an_old_address_in_new_clothes_is_the_old_one() -> None:
    assert seen("::ffff:192.0.2.1") == "192.0.2.1"


def test_a_visitor_s_own_word_is_not_taken() -> None:
    assert seen(**{"X-Forwarded-For": "198.51.100.7"}) == "192.0.2.1"


@pytest.mark.parametrize("claimed", ["198.51.100.7", "10.0.0.1, 198.51.100.7", "x,198.51.100.7 "])
def test_behind_a_proxy_its_word_counts(settings: Any, claimed: str) -> None:
    settings.BEHIND_PROXY = True

    assert seen(**{"X-Forwarded-For": claimed}) == "198.51.100.7"


def test_a_proxy_that_says_nothing_is_counted_itself(settings: Any) -> None:
    settings.BEHIND_PROXY = True

    assert seen() == "192.0.2.1"
