"""A member's own copies of pages: served to nobody else, and never out of date."""

import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cinehub.kit import copies
from lists import keeping
from tests.make import make_user
from tests.own_copies import OTHERS, OWN, UNDONE, World, signed_in, undo

pytestmark = [
    pytest.mark.redis,
    pytest.mark.django_db,
    pytest.mark.usefixtures("keeping"),
]

cache = caches["pages"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Told = Callable[..., Any]


@pytest.fixture(autouse=True)
def nothing_left() -> Any:
    yield
    cache.clear()


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Told:
    """What is done within is committed at its end, and told."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def world(told: Told) -> World:
    with told():
        return World()


def page(client: Client, address: str) -> str:
    """Tokens are masked anew each time."""
    answer = client.get(address)
    return f"{answer.status_code} {TOKEN.sub('', answer.content.decode())}"


def kept(client: Client, world: World) -> dict[str, str]:
    return {address: page(client, address) for address in world.addresses()}


def made_anew(client: Client, world: World, settings: Any) -> dict[str, str]:
    settings.KEEP_PAGES = False
    found = kept(client, world)
    settings.KEEP_PAGES = True
    return found


def copies_there() -> list[bytes]:
    return [zlib.decompress(cache.get(key).body) for key in cache.keys("page:own:*")]


# --- That there are any --------------------------------------------------------------------------
def test_a_page_that_was_asked_for_before_costs_two_questions(world: World) -> None:
    ann = signed_in(world.ann)
    kept(ann, world)

    for address in world.addresses():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ann.get(address)
        # Which session it is, and whose.
        assert len(asked) == 2, (address, [one["sql"] for one in asked])


def test_a_copy_is_as_if_it_were_made_anew(world: World, settings: Any) -> None:
    ann = signed_in(world.ann)
    kept(ann, world)

    assert kept(ann, world) == made_anew(ann, world, settings)


def test_who_follows_very_many_gets_a_titles_page_made_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "MOST_SUBJECTS", 3)

    signed_in(world.ann).get(world.film.get_absolute_url())

    assert copies_there() == []


# --- Whose they are ------------------------------------------------------------------------------
def test_no_member_gets_what_is_another_members(world: World, settings: Any) -> None:
    ann, ben, visitor = signed_in(world.ann), signed_in(world.ben), Client()
    for client in (ann, ben, visitor, ann, ben):
        kept(client, world)

    for client in (ann, ben, visitor):
        assert kept(client, world) == made_anew(client, world, settings)


def test_each_copy_names_its_member_and_no_other(world: World) -> None:
    for member in (world.carl, make_user(username="dora")):
        kept(signed_in(member), world)

    for body in copies_there():
        assert len({b"<span>@carl<" in body, b"<span>@dora<" in body}) == 2


def test_two_sessions_of_one_member_share_copies_and_no_token(world: World) -> None:
    address = world.film.get_absolute_url()
    phone, desk = signed_in(world.ann), signed_in(world.ann)
    phone.get(address)
    # That it is in use is written down with the first page.
    desk.get(world.show.get_absolute_url())

    with CaptureQueriesContext(connection) as asked:
        desk.get(address)

    assert len(asked) == 2
    assert phone.cookies["csrftoken"].value != desk.cookies["csrftoken"].value


def test_for_the_staff_nothing_is_kept(world: World) -> None:
    kept(signed_in(make_user(is_staff=True)), world)

    assert copies_there() == []


# --- What is in none -----------------------------------------------------------------------------
def test_no_token_is_kept(world: World) -> None:
    kept(signed_in(world.ann), world)

    assert len(copies_there()) == len(world.addresses())
    assert not any(b"csrfmiddlewaretoken" in body for body in copies_there())


def test_a_form_of_a_copy_is_taken(world: World) -> None:
    ann = Client(enforce_csrf_checks=True)
    ann.force_login(world.ann)
    ann.get(world.film.get_absolute_url())
    tokens = TOKEN.findall(ann.get(world.film.get_absolute_url()).content.decode())

    where = reverse("reviews:rate", args=[world.film.kind, world.film.ref])
    answers = [
        ann.post(where, {"value": "8", "csrfmiddlewaretoken": token}).status_code
        for token in tokens
    ]

    assert len(tokens) > 2
    assert set(answers) == {303}


def test_a_message_is_shown_once(world: World, told: Told) -> None:
    ann, address = signed_in(world.ann), world.film.get_absolute_url()
    ann.get(address)
    deed = reverse("lists:watchlist", args=[world.film.kind, world.film.ref])
    with told():
        ann.post(deed, {"on": "1", "next": address})

    pages = [ann.get(address).content.decode().count("data-toast=") for _ in range(3)]

    assert pages == [pages[1] + 1, pages[1], pages[1]]


# --- What happens --------------------------------------------------------------------------------
@pytest.mark.parametrize("deed", [*OWN.values(), *OTHERS.values()], ids=[*OWN, *OTHERS])
def test_a_copy_does_not_outlive_what_happens(
    world: World, told: Told, settings: Any, deed: Callable[[World], object]
) -> None:
    ann = signed_in(world.ann)
    before = kept(ann, world)

    with told():
        deed(world)

    after = kept(ann, world)
    assert after == made_anew(ann, world, settings)
    assert after != before


@pytest.mark.parametrize("deed", UNDONE.values(), ids=UNDONE)
def test_a_copy_does_not_outlive_what_is_undone(
    world: World, told: Told, settings: Any, deed: Callable[[World], object]
) -> None:
    ann = signed_in(world.ann)
    with told():
        key = deed(world)
    before = kept(ann, world)

    with told():
        undo(world, key)

    after = kept(ann, world)
    assert after == made_anew(ann, world, settings)
    assert after != before


def test_the_day_an_episode_airs_it_can_be_seen(world: World, settings: Any) -> None:
    ann = signed_in(world.ann)
    before = kept(ann, world)

    with time_machine.travel(timezone.now() + timedelta(days=7)):
        after = kept(ann, world)
        assert after == made_anew(ann, world, settings)

    assert after != before


def test_what_changes_while_a_page_is_made_is_on_the_next_one(
    world: World, told: Told, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, fill = signed_in(world.ann), copies.own.fill

    def meanwhile(*args: Any) -> bytes:
        body = fill(*args)
        with told():
            keeping.put(keeping.watchlist(world.ann), world.film, by=world.ann)
        return body

    monkeypatch.setattr(copies.own, "fill", meanwhile)
    kept(ann, world)
    monkeypatch.undo()
    settings.KEEP_PAGES = True

    assert kept(ann, world) == made_anew(ann, world, settings)
