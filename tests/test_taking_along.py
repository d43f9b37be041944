"""What members take along of every room: enough for another site to find it all again."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.exporting import Section, pack
from accounts.models import User
from catalog.models import Episode, Title
from lists import exporting as of_lists
from lists.models import Collaborator, List, State, Viewing
from lists.watching import When, watch
from reviews import exporting as of_reviews
from reviews import rating, writing
from reviews.models import Comment, Decision, Like, Rating, Report, Review
from tests.lists.held import track, want
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 1, 20, 15, tzinfo=UTC)
HEAT = {"type": "movie", "tmdb_id": 949, "imdb_id": "tt0113277", "called": "Heat", "year": 1995}
DARK = {"type": "tv", "tmdb_id": 70523, "imdb_id": "", "called": "Dark", "year": 2017}


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def ben() -> User:
    return make_user(username="ben")


@pytest.fixture
def heat() -> Title:
    return make_title(tmdb_id=949, name="Heat", imdb_id="tt0113277", year=1995)


@pytest.fixture
def dark() -> Title:
    show = make_show(tmdb_id=70523, name="Dark", year=2017)
    season = make_season(show, number=2)
    make_episode(season, number=4, tmdb_id=1234, name="The Travelers", air_date="2019-06-21")
    return show


def unpacked(found: Iterable[Section]) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(pack(found)) as archive:
        told = {
            name.removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }
        for name, rows in told.items():
            table = archive.read(f"{name}.csv").decode("utf-8-sig")
            assert len(list(csv.DictReader(io.StringIO(table)))) == len(rows)
    return told


# --- Lists ---------------------------------------------------------------------------------------
def test_lists_and_what_is_on_them(ann: User, ben: User, heat: Title) -> None:
    best = List.objects.create(owner=ann, name="Best", slug="best", is_ranked=True, cover=heat)
    best.items.create(title=heat, position=1, note="Of all", added_by=ben, added_at=AT)
    want(ben, heat)

    found = unpacked(of_lists.sections(ann))

    (row,) = found["lists"]
    assert (row["slug"], row["name"], row["is_ranked"]) == ("best", "Best", True)
    assert row["cover_tmdb_id"] == 949
    assert found["list_items"] == [
        {
            "position": 1,
            "note": "Of all",
            "added_at": "2026-05-01T20:15:00Z",
            "is_accepted": True,
            "list_slug": "best",
            **HEAT,
            "added": "ben",
        }
    ]


def test_a_smart_list_takes_its_filter_along(ann: User) -> None:
    best = List.objects.create(owner=ann, name="Best", slug="best")
    List.objects.create(
        owner=ann,
        name="Short",
        slug="short",
        kind=List.Kind.SMART,
        of_kind="movie",
        query="runtime=90",
        scope=List.Scope.LIST,
        source=best,
    )

    row = unpacked(of_lists.sections(ann))["lists"][1]

    assert (row["query"], row["of_kind"], row["source_slug"]) == ("runtime=90", "movie", "best")


def test_lists_of_others_on_which_one_works(ann: User, ben: User) -> None:
    shared = List.objects.create(owner=ben, name="Ours", slug="ours")
    Collaborator.objects.create(list=shared, user=ann, role=Collaborator.Role.EDITOR)

    (row,) = unpacked(of_lists.sections(ann))["shared_lists"]
    assert (row["owner"], row["list_slug"], row["role"]) == ("ben", "ours", "editor")


# --- History -------------------------------------------------------------------------------------
def test_history_with_instants_days_and_what_nobody_remembers(ann: User, heat: Title) -> None:
    for when in (When.instant(AT, ann), When.day(date(2026, 5, 2)), When.unknown()):
        watch(ann, heat, when=when, note="Again", batch=uuid4())

    rows = unpacked(of_lists.sections(ann))["history"]

    told = [(row["precision"], row["at"], row["watched_on"]) for row in rows]
    assert sorted(told) == [
        ("day", None, "2026-05-02"),
        ("instant", "2026-05-01T20:15:00Z", "2026-05-01"),
        ("unknown", None, None),
    ]
    assert {name: rows[0][name] for name in HEAT} == HEAT
    assert rows[0]["note"] == "Again"


def test_an_episode_is_named_by_number_id_and_name(ann: User, dark: Title) -> None:
    watch(ann, dark, episode=Episode.objects.get(), when=When.day(date(2026, 5, 2)))

    (row,) = unpacked(of_lists.sections(ann))["history"]

    assert {name: row[name] for name in DARK} == DARK
    assert (row["season_number"], row["episode_number"]) == (2, 4)
    assert (row["episode_tmdb_id"], row["episode_called"]) == (1234, "The Travelers")


def test_progress_with_what_was_said_of_it(ann: User, dark: Title) -> None:
    track(ann, dark, state=State.PAUSED, rewatch=1, seen=7)

    (row,) = unpacked(of_lists.sections(ann))["progress"]

    assert (row["state"], row["rewatch"], row["seen"]) == ("paused", 1, 7)
    assert {name: row[name] for name in DARK} == DARK


def test_what_tmdb_has_dropped_is_taken_along_too(ann: User, heat: Title) -> None:
    want(ann, heat)
    Title.objects.update(hidden_at=AT)

    assert unpacked(of_lists.sections(ann))["list_items"][0]["called"] == "Heat"


# --- What was said -------------------------------------------------------------------------------
def test_ratings_of_titles_seasons_and_episodes(ann: User, heat: Title, dark: Title) -> None:
    episode = Episode.objects.get()
    rating.rate(ann, title=heat, value=Decimal("8.5"))
    rating.rate(ann, title=dark, season=episode.season, value=Decimal(9))
    rating.rate(ann, title=dark, episode=episode, value=Decimal(10))

    rows = unpacked(of_reviews.sections(ann))["ratings"]

    assert [row["value"] for row in rows] == ["8.5", "9.0", "10.0"]
    assert {name: rows[0][name] for name in HEAT} == HEAT
    assert [row["season_number"] for row in rows] == [None, 2, None]
    assert (rows[2]["episode_season_number"], rows[2]["episode_number"]) == (2, 4)
    assert rows[2]["episode_tmdb_id"] == 1234


def test_reviews_with_what_they_said_before(ann: User, dark: Title) -> None:
    said = {"has_spoilers": True, "covers": Episode.objects.get(), "audience": "public"}
    writing.publish(ann, dark, text="Good.", **said)
    writing.publish(ann, dark, text="*Very* good.", **said)

    found = unpacked(of_reviews.sections(ann))

    (row,) = found["reviews"]
    assert (row["text"], row["has_spoilers"], row["audience"]) == ("*Very* good.", True, "public")
    assert (row["covers_season_number"], row["covers_episode_number"]) == (2, 4)
    assert {name: row[name] for name in DARK} == DARK
    assert [one["text"] for one in found["review_editions"]] == ["Good."]


def test_what_one_said_liked_and_reported_of_others(ann: User, ben: User, heat: Title) -> None:
    review = Review.objects.create(author=ben, title=heat, text="Ben's own words")
    Comment.objects.create(author=ann, review=review, text="So it is.", key=uuid4())
    theirs = Comment.objects.create(author=ben, review=review, text="Ben's again", key=uuid4())
    Like.objects.create(user=ann, review=review)
    Like.objects.create(user=ann, comment=theirs)
    Report.objects.create(reporter=ann, review=review, reason="spam", text="An advert")
    own = Review.objects.create(author=ann, title=heat, text="Mine")
    Decision.objects.create(author=ann, review=own, moderator=ben, deed="hidden", reason="spam")

    found = unpacked(of_reviews.sections(ann))

    (comment,) = found["comments"]
    assert (comment["text"], comment["review_by"], comment["tmdb_id"]) == ("So it is.", "ben", 949)
    assert [row["review_by"] for row in found["likes"]] == ["ben", None]
    assert [row["comment_by"] for row in found["likes"]] == [None, "ben"]
    (report,) = found["reports"]
    assert (report["reason"], report["text"], report["review_by"]) == ("spam", "An advert", "ben")
    (decision,) = found["decisions"]
    assert (decision["deed"], decision["reason"]) == ("hidden", "spam")
    # Their words are theirs.
    assert "Ben's" not in json.dumps(found)


def test_nothing_of_others_is_in_it(ann: User, ben: User, heat: Title, dark: Title) -> None:
    want(ben, heat)
    track(ben, dark)
    watch(ben, heat, when=When.day(date(2026, 5, 2)))
    Rating.objects.create(user=ben, title=heat, value=8)
    review = Review.objects.create(author=ben, title=heat, text="x")
    Like.objects.create(user=ben, review=review)

    found = unpacked([*of_lists.sections(ann), *of_reviews.sections(ann)])

    assert not any(found.values())


# --- The zip -------------------------------------------------------------------------------------
def test_all_rooms_are_in_the_download(client: Client, ann: User, heat: Title) -> None:
    want(ann, heat)
    # Who has no password has nothing to be asked for.
    ann.set_unusable_password()
    ann.save()
    client.force_login(ann)

    sent = client.post("/settings/data/download")

    with zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content))) as archive:  # type: ignore[attr-defined]
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert {"profile.json", "lists.csv", "history.json", "reviews.csv"} < set(names)
        assert json.loads(archive.read("list_items.json"))[0]["called"] == "Heat"


def test_however_much_there_is_each_table_is_read_twice(
    ann: User, heat: Title, django_assert_num_queries: Any
) -> None:
    Viewing.objects.bulk_create(
        Viewing(user=ann, title=heat, watched_at=AT, watched_on=AT.date()) for _ in range(2000)
    )
    rooms = [*of_lists.sections(ann), *of_reviews.sections(ann)]

    with django_assert_num_queries(2 * len(rooms)):
        pack(rooms)
