"""Things to test with: plain functions, every argument optional."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from accounts.models import User
from catalog.models import (
    Chart,
    ChartEntry,
    Collection,
    Credit,
    Episode,
    EpisodeCredit,
    Genre,
    Link,
    Offer,
    Person,
    Provider,
    ReleaseDate,
    Season,
    Title,
    Translation,
)
from reviews.models import Comment, Rating, Review

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


def make_release(title: Title, day: str, **values: Any) -> ReleaseDate:
    values = {"country": "US", "type": ReleaseDate.Type.CINEMA} | values
    return ReleaseDate.objects.create(title=title, date=day, **values)


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


def make_episode_credit(
    episode: Episode, person: Person | None = None, **values: Any
) -> EpisodeCredit:
    """A guest star, unless another department is named."""
    n = next(_numbers)
    return EpisodeCredit.objects.create(
        **{
            "episode": episode,
            "person": person or make_person(),
            "tmdb_id": f"credit{n}",
            "department": Credit.ACTING,
        }
        | values
    )


def make_collection(**values: Any) -> Collection:
    n = next(_numbers)
    return Collection.objects.create(**{"tmdb_id": n, "name": f"Collection {n}"} | values)


def make_genre(**values: Any) -> Genre:
    n = next(_numbers)
    return Genre.objects.create(**{"tmdb_id": n, "name": f"Genre {n}"} | values)


def make_chart(*titles: Title, **values: Any) -> Chart:
    chart = Chart.objects.create(**{"name": Chart.Name.POPULAR, "kind": "movie"} | values)
    ChartEntry.objects.bulk_create(
        ChartEntry(chart=chart, title=title, rank=rank) for rank, title in enumerate(titles, 1)
    )
    return chart


def make_translation(title: Title, tag: str, **values: Any) -> Translation:
    """In a language such as de, or pt-BR."""
    language, _, country = tag.partition("-")
    return Translation.objects.create(
        **{"title": title, "language": language, "country": country} | values
    )


def make_offer(title: Title, **values: Any) -> Offer:
    n = next(_numbers)
    provider = Provider.objects.create(tmdb_id=n, name=values.pop("name", f"Provider {n}"))
    values = {"country": "US", "kind": Offer.Kind.FLATRATE, "position": n} | values
    return Offer.objects.create(title=title, provider=provider, **values)


def make_link(title: Title, to: Title, **values: Any) -> Link:
    values = {"kind": Link.Kind.RECOMMENDED, "rank": title.links.count() + 1} | values
    return Link.objects.create(title=title, to=to, **values)


def make_rating(member: User, title: Title, value: object = 8, **values: Any) -> Rating:
    return Rating.objects.create(user=member, title=title, value=Decimal(str(value)), **values)


def make_review(author: User, title: Title | None = None, **values: Any) -> Review:
    values = {"text": "It stays with you."} | values
    return Review.objects.create(author=author, title=title or make_title(), **values)


def make_comment(review: Review, author: User | None = None, **values: Any) -> Comment:
    values = {"text": "Just so.", "key": uuid4()} | values
    return Comment.objects.create(review=review, author=author or make_user(), **values)


def tmdb_movie(tmdb_id: int = 603, **values: Any) -> dict[str, Any]:
    """TMDB's answer about a film."""
    return {
        "id": tmdb_id,
        "title": "The Matrix",
        "original_title": "The Matrix",
        "original_language": "en",
        "overview": "A hacker learns the truth.",
        "release_date": "1999-03-31",
        "runtime": 136,
        "status": "Released",
        "popularity": 80.5,
        "vote_average": 8.2,
        "vote_count": 26000,
        "genres": [{"id": 28, "name": "Action"}],
        "credits": {
            "cast": [
                {"id": 6384, "name": "Keanu Reeves", "character": "Neo", "credit_id": "c1"},
            ],
            "crew": [
                {
                    "id": 9340,
                    "name": "Lana Wachowski",
                    "department": "Directing",
                    "job": "Director",
                    "credit_id": "c2",
                },
            ],
        },
    } | values


def tmdb_show(tmdb_id: int = 1396, **values: Any) -> dict[str, Any]:
    """TMDB's answer about a show of one season."""
    season = {"id": 3572, "season_number": 1, "name": "Season 1", "air_date": "2008-01-20"}
    pilot = {"id": 62085, "episode_number": 1, "name": "Pilot", "air_date": "2008-01-20"}
    return {
        "id": tmdb_id,
        "name": "Breaking Bad",
        "original_name": "Breaking Bad",
        "original_language": "en",
        "overview": "A chemistry teacher cooks.",
        "first_air_date": "2008-01-20",
        "last_air_date": "2013-09-29",
        "number_of_seasons": 1,
        "number_of_episodes": 1,
        "vote_average": 8.9,
        "vote_count": 15000,
        "seasons": [season],
        "season/1": season | {"episodes": [pilot]},
    } | values
