"""Films and shows in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from catalog.models import Errand, Title, Urgency
from catalog.sync.index import index_titles
from tests.make import make_credit, make_season, make_show, make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

LIST = "/admin/catalog/title/"


def named(title: Title) -> Title:
    index_titles([title.pk])
    return title


def form_of(client: Client, title: Title) -> dict[str, Any]:
    """As a browser would send it, nothing changed."""
    page = client.get(reverse("admin:catalog_title_change", args=[title.pk]))
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def save(client: Client, title: Title, sent: dict[str, Any]) -> Any:
    return client.post(reverse("admin:catalog_title_change", args=[title.pk]), sent, follow=True)


def act(client: Client, action: str, *titles: Title, where: str = LIST, **more: str) -> Any:
    chosen = {"action": action, "_selected_action": [title.pk for title in titles]}
    return client.post(where, chosen | more, follow=True)


# --- The list -----------------------------------------------------------------------------------
def test_the_list_begins_with_films_on_the_site(as_editor: Client) -> None:
    make_title(name="Alien")
    make_show(name="Dark")
    make_title(name="Gone", hidden_at="2026-01-01T00:00Z")

    rows = as_editor.get(LIST).context["cl"].result_list

    assert [title.name for title in rows] == ["Alien"]


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("?kind=tv", {"Dark"}),
        ("?kind=nonsense", {"Alien", "Locked", "Bare"}),
        ("?state=hidden", {"Gone"}),
        ("?state=merged", {"Twin"}),
        ("?state=locked", {"Locked"}),
        ("?state=bare", {"Bare"}),
    ],
)
def test_a_filter_shows_what_it_names(as_editor: Client, query: str, there: set[str]) -> None:
    make_show(name="Dark")
    stays = make_title(name="Alien")
    make_title(name="Locked", locked=["name"])
    make_title(name="Bare", details_at=None)
    make_title(name="Gone", hidden_at="2026-01-01T00:00Z")
    make_title(name="Twin", hidden_at="2026-01-01T00:00Z", merged_into=stays)

    rows = as_editor.get(LIST + query).context["cl"].result_list

    assert {title.name for title in rows} == there


@pytest.mark.parametrize("words", ["metropolis", "metropolsi", "tmdb.org/movie/19", "19"])
def test_a_search_finds_by_spelling_address_and_id(as_editor: Client, words: str) -> None:
    named(make_title(name="Metropolis", tmdb_id=19, vote_count=3000))
    named(make_title(name="Sunrise", tmdb_id=631))

    rows = as_editor.get(LIST, {"q": words}).context["cl"].result_list

    assert [title.name for title in rows] == ["Metropolis"]


def test_a_search_finds_shows_too_and_what_is_hidden_by_its_id(as_editor: Client) -> None:
    make_show(tmdb_id=19)
    make_title(tmdb_id=19, hidden_at="2026-01-01T00:00Z")

    rows = as_editor.get(LIST, {"q": "19"}).context["cl"].result_list

    assert {title.kind for title in rows} == {"tv", "movie"}


@pytest.mark.parametrize(
    "query", ["?p=nonsense", "?o=99", "?q=%00", "?kind=1&state=2", "?q=" + "9" * 30]
)
def test_nonsense_in_the_address_breaks_nothing(as_editor: Client, query: str) -> None:
    assert as_editor.get(LIST + query, follow=True).status_code == 200


# --- The form -----------------------------------------------------------------------------------
def test_saving_what_was_not_changed_locks_nothing(as_editor: Client) -> None:
    title = make_title()

    save(as_editor, title, form_of(as_editor, title))

    assert Title.objects.get(pk=title.pk).locked == []


def test_editing_a_value_locks_its_field_and_says_so(as_editor: Client) -> None:
    title = make_title(name="Metropolsi")

    page = save(as_editor, title, form_of(as_editor, title) | {"name": "Metropolis"})

    title.refresh_from_db()
    assert (title.name, title.locked) == ("Metropolis", ["name"])
    assert (
        "Sync leaves these alone from now on, until you unlock them: name." in page.content.decode()
    )


def test_a_field_is_locked_and_unlocked_without_being_edited(as_editor: Client) -> None:
    title = make_title(locked=["tagline"])
    sent = form_of(as_editor, title)
    assert sent.pop("lock_tagline")

    save(as_editor, title, sent | {"lock_overview": "on"})

    assert Title.objects.get(pk=title.pk).locked == ["overview"]


def test_what_an_editor_does_is_in_the_history(as_editor: Client) -> None:
    title = make_title()
    save(as_editor, title, form_of(as_editor, title) | {"name": "Metropolis"})

    history = shown(as_editor, reverse("admin:catalog_title_history", args=[title.pk]))

    assert "Changed Name" in history


def test_of_five_hundred_credits_the_first_twenty_are_shown(as_editor: Client) -> None:
    title = make_title()
    for number in range(25):
        make_credit(title, character=f"Nobody {number:02}", position=number)

    page = shown(as_editor, reverse("admin:catalog_title_change", args=[title.pk]))

    assert page.count('"field-character"') == 20
    assert "Nobody 19" in page
    assert f"/movie/{title.ref}/credits" in page


def test_a_title_is_saved_whose_credits_sync_has_taken_away_meanwhile(as_editor: Client) -> None:
    title = make_title()
    credit = make_credit(title)
    sent = form_of(as_editor, title)
    credit.delete()

    save(as_editor, title, sent | {"name": "Metropolis"})

    assert Title.objects.get(pk=title.pk).name == "Metropolis"


def test_seasons_stand_beside_shows_alone(as_editor: Client) -> None:
    film, show = make_title(), make_show()
    make_season(show, name="The first season")

    of_show = shown(as_editor, reverse("admin:catalog_title_change", args=[show.pk]))
    of_film = shown(as_editor, reverse("admin:catalog_title_change", args=[film.pk]))

    assert "The first season" in of_show
    assert "the first twenty" in of_film
    assert "Seasons, the first" not in of_film


def test_who_may_only_look_sees_no_locks_and_no_buttons(client: Client) -> None:
    viewer = make_user(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_title"))
    client.force_login(viewer)

    page = shown(client, reverse("admin:catalog_title_change", args=[make_title().pk]))

    assert "lock_name" not in page
    assert "Refresh from TMDB" not in page


# --- Actions ------------------------------------------------------------------------------------
def test_a_refresh_is_wanted_as_by_a_reader_and_sent_for(
    as_editor: Client, no_worker: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    title = make_title()

    with django_capture_on_commit_callbacks(execute=True):
        page = act(as_editor, "refresh", title)

    assert Errand.objects.get().urgency == Urgency.READER
    assert [name for name, _ in no_worker] == ["catalog.tasks.titles.run_errands"]
    assert "TMDB is asked about 1." in page.content.decode()


def test_pictures_are_sent_for(
    as_editor: Client, no_worker: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    title = make_title()

    with django_capture_on_commit_callbacks(execute=True):
        act(as_editor, "mirror", title)

    assert no_worker == [
        ("catalog.tasks.pictures.mirror_titles", {"refs": [["movie", title.tmdb_id]]})
    ]


def test_titles_are_hidden_and_shown_again(as_editor: Client) -> None:
    title = make_title()

    assert "1 title is hidden." in act(as_editor, "hide", title).content.decode()
    assert Title.objects.get(pk=title.pk).hidden_at

    page = act(as_editor, "show", title, where=f"{LIST}?state=hidden")
    assert "1 title is shown again." in page.content.decode()
    assert Title.objects.get(pk=title.pk).hidden_at is None


def test_who_acts_from_the_form_goes_back_to_it(as_editor: Client) -> None:
    show = make_show(hidden_at="2026-01-01T00:00Z")

    page = act(as_editor, "show", show, where=f"{LIST}?kind=tv&q={show.tmdb_id}", back="1")

    assert page.redirect_chain[-1][0] == reverse("admin:catalog_title_change", args=[show.pk])
    assert Title.objects.get(pk=show.pk).hidden_at is None


def test_an_action_is_not_for_a_whole_catalogue(as_editor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("catalog.admin.asking.AT_ONCE", 1)

    page = act(as_editor, "hide", make_title(), make_title())

    assert "That is more than 1 at once" in page.content.decode()
    assert not Title.objects.exclude(hidden_at=None).exists()


def test_a_broker_that_is_away_is_said_to_be(as_editor: Client, monkeypatch: Any) -> None:
    def away(*_args: Any, **_options: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("catalog.steering.tasks.mirror_titles.delay_on_commit", away)

    page = act(as_editor, "mirror", make_title())

    assert "No broker takes it: away" in page.content.decode()
