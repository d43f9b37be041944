"""Popular, top rated, in cinemas, on the air, trending, and plain discovery."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TypeVar
from zlib import crc32

from catalog.tmdb.sample import items, schedule
from catalog.tmdb.sample.asking import Ask, Json
from catalog.tmdb.sample.paging import page
from catalog.tmdb.sample.records import Film, Person, Show, Title

IN_CINEMAS = timedelta(days=45)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

Ranked = TypeVar("Ranked", bound=Title | Person)


def popular(records: Iterable[Ranked]) -> list[Ranked]:
    return sorted(records, key=lambda record: (-record.popularity, record.kind, record.id))


def popular_films(ask: Ask) -> Json:
    return _films(ask, popular(ask.holdings.films.values()))


def popular_shows(ask: Ask) -> Json:
    return _shows(ask, popular(ask.holdings.shows.values()))


def popular_people(ask: Ask) -> Json:
    people = popular(ask.holdings.people.values())
    return page(ask, people, partial(items.known_person, ask))


def top_rated_films(ask: Ask) -> Json:
    return _films(ask, sorted(ask.holdings.films.values(), key=_rating))


def top_rated_shows(ask: Ask) -> Json:
    return _shows(ask, sorted(ask.holdings.shows.values(), key=_rating))


def now_playing(ask: Ask) -> Json:
    """Out for a few weeks at most: of so few films, often none."""
    return _dated(ask, _released(ask, ask.today - IN_CINEMAS, ask.today))


def upcoming(ask: Ask) -> Json:
    return _dated(ask, _released(ask, ask.today + DAY, date.max))


def airing_today(ask: Ask) -> Json:
    return _airing(ask, ask.today)


def on_the_air(ask: Ask) -> Json:
    return _airing(ask, ask.today + WEEK)


def trending(ask: Ask, kind: str, window: str) -> Json:
    films = ask.holdings.films.values() if kind in {"movie", "all"} else ()
    shows = ask.holdings.shows.values() if kind in {"tv", "all"} else ()
    people = ask.holdings.people.values() if kind == "person" else ()
    season = str(ask.today) if window == "day" else "-".join(map(str, ask.today.isocalendar()[:2]))
    found: list[Title | Person] = [*films, *shows, *people]
    found.sort(key=lambda record: (-_heat(record, season), record.kind, record.id))
    return page(ask, found, partial(items.mixed, ask))


def _heat(record: Title | Person, season: str) -> float:
    """Popularity, stirred a little: what trends is not the same every day."""
    chance = crc32(f"{record.kind}-{record.id}-{season}".encode()) % 1000 / 1000
    return record.popularity * (0.5 + chance)


def _rating(title: Title) -> tuple[float, int, int]:
    return (-title.vote_average, -title.vote_count, title.id)


def _released(ask: Ask, first: date, last: date) -> list[Film]:
    """Films that come out between two days, the soonest first."""
    dated = [film for film in ask.holdings.films.values() if film.released]
    found = [film for film in dated if film.released and first <= film.released <= last]
    return sorted(found, key=lambda film: (str(film.released), film.id))


def _airing(ask: Ask, until: date) -> Json:
    shows = popular(ask.holdings.shows.values())
    return _shows(
        ask,
        [show for show in shows if schedule.airs_between(show, ask.today, until, ask.today)],
    )


def _dated(ask: Ask, films: Sequence[Film]) -> Json:
    dates = [film.released for film in films if film.released] or [ask.today]
    span = {"maximum": max(dates).isoformat(), "minimum": min(dates).isoformat()}
    return {"dates": span, **_films(ask, films)}


def _films(ask: Ask, films: Sequence[Film]) -> Json:
    return page(ask, films, partial(items.film, ask))


def _shows(ask: Ask, shows: Sequence[Show]) -> Json:
    return page(ask, shows, partial(items.show, ask))
