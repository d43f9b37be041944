"""Things to test with: plain functions, every argument optional."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from catalog.models import (
    Chart,
    ChartEntry,
    Credit,
    Episode,
    Genre,
    Person,
    Season,
    Title,
)

_numbers = count(1)


def make_user(**values: Any) -> User:
    n = next(_numbers)
    values = {"username": f"member{n}", "email": f"member{n}@example.org"} | values
    return User.objects.create_user(**values)


def make_title(**values: Any) -> Title:
    """A film that is held in full and fresh."""
    n = next(_numbers)
    now = datetime.now(UTC)
    return Title.objects.create(
        **{
            "kind": "movie",
            "tmdb_id": n,
            "name": f"Film {n}",
            "year": 2000,
            "details_at": now,
            "fetched_at": now,
            "refresh_at": now + timedelta(days=7),
        }
        | values
    )


def make_show(**values: Any) -> Title:
    return make_title(**{"kind": "tv"} | values)


def make_season(title: Title, **values: Any) -> Season:
    n = next(_numbers)
    return Season.objects.create(
        **{"title": title, "tmdb_id": n, "number": 1, "name": "Season 1"} | values
    )


def make_episode(season: Season, **values: Any) -> Episode:
    n = next(_numbers)
    return Episode.objects.create(
        **{"season": season, "tmdb_id": n, "number": n, "name": f"Episode {n}"} | values
    )


def make_person(**values: Any) -> Person:
    n = next(_numbers)
    return Person.objects.create(**{"tmdb_id": n, "name": f"Person {n}"} | values)


def make_credit(title: Title, person: Person | None = None, **values: Any) -> Credit:
    n = next(_numbers)
    return Credit.objects.create(
        **{
            "title": title,
            "person": person or make_person(),
            "tmdb_id": f"credit{n}",
            "department": Credit.ACTING,
            "character": f"Character {n}",
        }
        | values
    )


def make_genre(**values: Any) -> Genre:
    n = next(_numbers)
    return Genre.objects.create(**{"tmdb_id": n, "name": f"Genre {n}"} | values)


def make_chart(*titles: Title, **values: Any) -> Chart:
    chart = Chart.objects.create(**{"name": Chart.Name.POPULAR, "kind": "movie"} | values)
    ChartEntry.objects.bulk_create(
        ChartEntry(chart=chart, title=title, rank=rank) for rank, title in enumerate(titles, 1)
    )
    return chart
