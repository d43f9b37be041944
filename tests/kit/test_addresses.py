"""Addresses are put together as `reverse` has them, wherever the site is mounted."""

from collections.abc import Iterator

import pytest
from django.urls import reverse, set_script_prefix

from cinehub.kit.addresses import Ref, below

# What a shape is made by stands in its address, too.
REF = Ref(999_999, "999998-the-wire")


@pytest.fixture(params=["/", "/films/"])
def prefix(request: pytest.FixtureRequest) -> Iterator[str]:
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix("/")


@pytest.mark.parametrize("page", ["catalog:episode", "lists:seen-episode"])
def test_what_is_below_an_episodes_show_is_where_it_is(prefix: str, page: str) -> None:
    found = below(page, REF, 2, 11)

    assert found == reverse(page, args=[REF, 2, 11])
    assert found.startswith(f"{prefix}tv/")


@pytest.mark.parametrize("kind", ["movie", "tv"])
def test_what_is_done_with_a_title_is_done_where_it_is(prefix: str, kind: str) -> None:
    assert below("lists:watchlist", REF, kind=kind) == reverse("lists:watchlist", args=[kind, REF])
    assert below("lists:viewings", REF, kind=kind) == reverse("lists:viewings", args=[kind, REF])


def test_a_show_s_state_has_no_number(prefix: str) -> None:
    assert below("lists:state", REF) == reverse("lists:state", args=[REF])
