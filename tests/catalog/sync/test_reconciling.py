"""Reconciling: what does not fit is found, told and mended; what fits is left alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import ChartEntry, Errand, Name, SyncRun, Title, Urgency
from catalog.sync.errands import want
from catalog.sync.index import index_titles
from catalog.sync.names import name_collections, name_people
from catalog.sync.reconciling import reconcile
from tests.make import (
    make_chart,
    make_collection,
    make_credit,
    make_episode,
    make_person,
    make_season,
    make_title,
)

pytestmark = pytest.mark.django_db


def title(**values: object) -> Title:
    made = make_title(**values)
    index_titles([made.pk])
    return made


def found() -> dict[str, int]:
    return dict(reconcile())


def mended() -> None:
    dict(reconcile(mend=True))
    assert found() == {}


def test_where_everything_fits_nothing_is_found() -> None:
    show = title(kind="tv", season_count=1)
    make_episode(make_season(show))
    make_chart(title(), title())
    title(hidden_at=timezone.now(), refresh_at=None)
    title(name="…", original_name="…")
    make_credit(show, person := make_person())
    name_people([person.pk])
    name_collections([make_collection().pk])
    want([("movie", 99)], Urgency.AGE)
    assert found() == {}


def test_a_chart_with_a_gap_is_closed() -> None:
    chart = make_chart(title(), title(), title())
    ChartEntry.objects.filter(rank=2).delete()
    assert found() == {"charts with gaps in their ranks": 1}
    mended()
    assert list(chart.entries.order_by("rank").values_list("rank", flat=True)) == [1, 2]


def test_a_show_without_its_seasons_is_asked_about() -> None:
    show = title(kind="tv", season_count=2)
    assert found() == {"shows without seasons that should have some": 1}
    dict(reconcile(mend=True))
    assert Errand.objects.get().tmdb_id == show.tmdb_id


def test_an_episode_and_a_credit_that_are_there_twice_are_told() -> None:
    show = title(kind="tv")
    season = make_season(show)
    for _ in range(2):
        make_episode(season, number=1)
    person = make_person()
    name_people([person.pk])
    for _ in range(2):
        make_credit(show, person, character="Neo")
    assert found() == {"shows with an episode twice": 1, "titles with a credit twice": 1}


def test_names_that_are_missing_or_left_over_are_mended() -> None:
    title()
    Name.objects.all().delete()
    make_person()
    make_collection()
    hidden = title()
    Title.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    told = found()
    told.pop("titles that discover has wrong", None)
    assert told == {
        "titles that the search does not know": 1,
        "people whom the search does not know": 1,
        "collections that the search does not know": 1,
        "hidden titles that the search finds": 1,
    }
    mended()


def test_what_leads_elsewhere_leads_there_in_one_step() -> None:
    last = title()
    middle = title(hidden_at=timezone.now(), refresh_at=None, merged_into=last)
    first = title(hidden_at=timezone.now(), refresh_at=None, merged_into=middle)
    shown = title(merged_into=last)
    assert found() == {
        "titles that lead elsewhere in two steps": 1,
        "titles that are shown and lead elsewhere": 1,
    }
    mended()
    assert Title.objects.get(pk=first.pk).merged_into == last
    assert Title.objects.get(pk=shown.pk).merged_into is None


def test_an_errand_for_what_has_become_fresh_otherwise_is_dropped() -> None:
    now = timezone.now()
    for urgency, number in ((Urgency.AGE, 1), (Urgency.CHANGED, 2)):
        want([("movie", number)], urgency, due_at=now - timedelta(hours=1))
        title(tmdb_id=number)
    assert found() == {"errands for what is fresh": 1}
    mended()
    assert Errand.objects.get().tmdb_id == 2


def test_an_errand_and_a_run_that_were_forgotten_are_closed() -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    want([("movie", 1)], Urgency.AGE)
    Errand.objects.update(taken_until=long_ago)
    SyncRun.objects.create(kind="charts", seen_at=long_ago)
    assert len(found()) == 2
    mended()
    assert SyncRun.objects.get().state == SyncRun.State.FAILED


def test_what_is_never_asked_about_again_is() -> None:
    title(refresh_at=None)
    assert found() == {"titles that nobody asks about again": 1}


def test_the_command_says_what_differs_and_fails() -> None:
    make_title()
    with pytest.raises(CommandError, match="1 titles that the search does not know"):
        call_command("reconcile")
    out = StringIO()
    call_command("reconcile", "--mend", stdout=out)
    assert "Mended" in out.getvalue()
    call_command("reconcile", stdout=out)
    assert "Everything fits." in out.getvalue()
