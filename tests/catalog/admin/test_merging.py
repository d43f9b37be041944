"""Making one title of two, by hand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Title
from tests.make import make_show, make_title

pytestmark = pytest.mark.django_db


def address(title: Title) -> str:
    return reverse("admin:catalog_title_merge", args=[title.pk])


def merged(client: Client, title: Title, into: str, **more: str) -> Any:
    return client.post(address(title), {"into": into} | more, follow=True)


@pytest.mark.parametrize("words", ["{0}", "/movie/{0}-any-name", "tt7654321"])
def test_both_are_shown_before_anything_is_done(as_editor: Client, words: str) -> None:
    gone, stays = make_title(name="Twin"), make_title(name="Alien", imdb_id="tt7654321")

    page = merged(as_editor, gone, words.format(stays.tmdb_id)).content.decode()

    assert "Twin" in page
    assert "Alien" in page
    assert Title.objects.get(pk=gone.pk).merged_into is None


def test_who_is_sure_makes_one_of_two(as_editor: Client) -> None:
    gone, stays = make_title(name="Twin"), make_title(name="Alien")

    page = merged(as_editor, gone, str(stays.tmdb_id), sure="on")

    gone.refresh_from_db()
    assert (gone.merged_into, gone.locked) == (stays, ["hidden_at"])
    assert "Twin (2000) is merged into Alien (2000)." in page.content.decode()


def test_a_title_leads_neither_to_itself_nor_to_what_is_not_there(as_editor: Client) -> None:
    title, show = make_title(), make_show()
    nowhere = {
        str(title.tmdb_id): "That is this title itself.",
        f"/tv/{show.tmdb_id}": "no such title of the same kind",
        "987654": "no such title of the same kind",
        "nonsense": "no such title of the same kind",
        "": "This field is required.",
    }

    for words, said in nowhere.items():
        assert said in merged(as_editor, title, words, sure="on").content.decode()
    assert Title.objects.get(pk=title.pk).merged_into is None


def test_two_that_were_one_are_two_again(as_editor: Client) -> None:
    gone, stays = make_title(), make_title()
    merged(as_editor, gone, str(stays.tmdb_id), sure="on")

    as_editor.post(reverse("admin:catalog_title_unmerge", args=[gone.pk]))

    gone.refresh_from_db()
    assert (gone.merged_into, gone.hidden_at, gone.locked) == (None, None, [])


def test_it_is_for_editors(client: Client) -> None:
    title = make_title()

    assert client.get(address(title)).status_code == 302
    assert client.post(reverse("admin:catalog_title_unmerge", args=[title.pk])).status_code == 302
