"""Errands in the admin: open ones first, and what was given up is tried again."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Errand

pytestmark = pytest.mark.django_db

ERRANDS = "/admin/catalog/errand/"


@pytest.fixture
def errands() -> None:
    now = timezone.now()
    Errand.objects.create(kind="movie", tmdb_id=1, urgency=0, due_at=now)
    Errand.objects.create(kind="movie", tmdb_id=2, urgency=0, due_at=now, given_up_at=now)


def listed(client: Client, query: str) -> Any:
    return client.get(ERRANDS + query).context["cl"]


@pytest.mark.parametrize(("query", "there"), [("", [1]), ("?state=given-up", [2])])
def test_open_errands_are_shown_unless_others_are_asked_for(
    as_editor: Client, errands: None, query: str, there: list[int]
) -> None:
    assert [errand.tmdb_id for errand in listed(as_editor, query).result_list] == there


@pytest.mark.parametrize(("query", "chosen"), [("", "Open"), ("?state=given-up", "Given up")])
def test_one_of_the_states_is_always_chosen_and_there_is_no_all(
    as_editor: Client, errands: None, query: str, chosen: str
) -> None:
    found = listed(as_editor, query)

    choices = list(found.filter_specs[0].choices(found))

    assert [str(choice["display"]) for choice in choices] == ["Open", "Given up"]
    assert [str(choice["display"]) for choice in choices if choice["selected"]] == [chosen]


def test_choosing_a_state_leaves_the_rest_of_the_address_as_it_is(
    as_editor: Client, errands: None
) -> None:
    found = listed(as_editor, "?q=1&state=given-up")

    addresses = [choice["query_string"] for choice in found.filter_specs[0].choices(found)]

    assert addresses == ["?q=1", "?q=1&state=given-up"]


def test_what_was_given_up_is_tried_again(as_editor: Client, errands: None) -> None:
    given_up = Errand.objects.get(tmdb_id=2)

    as_editor.post(
        f"{ERRANDS}?state=given-up", {"action": "retry", "_selected_action": [given_up.pk]}
    )

    given_up.refresh_from_db()
    assert given_up.given_up_at is None
