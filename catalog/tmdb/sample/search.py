"""Search by name, and find by somebody else's id."""

import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import TypeVar

from catalog.tmdb.sample import items
from catalog.tmdb.sample.asking import Ask, BadParametersError, Json
from catalog.tmdb.sample.charts import popular
from catalog.tmdb.sample.paging import page
from catalog.tmdb.sample.records import Collection, Person, Title

YEARS = ("year", "primary_release_year", "first_air_date_year")
RESULTS = ("movie", "person", "tv", "tv_episode", "tv_season")

Named = TypeVar("Named", bound=Title | Person)


def films(ask: Ask) -> Json:
    return page(ask, _titles(ask, ask.holdings.films.values()), partial(items.film, ask))


def shows(ask: Ask) -> Json:
    return page(ask, _titles(ask, ask.holdings.shows.values()), partial(items.show, ask))


def people(ask: Ask) -> Json:
    return page(ask, _people(ask), partial(items.known_person, ask))


def collections(ask: Ask) -> Json:
    wanted = _wanted(ask)
    found = [one for one in ask.holdings.collections.values() if wanted in folded(one.name)]
    return page(ask, sorted(found, key=_by_name), partial(items.collection, ask))


def multi(ask: Ask) -> Json:
    titles = _titles(ask, ask.holdings.titles())
    found: list[Title | Person] = [*titles, *_people(ask)]
    found.sort(key=lambda record: (-record.popularity, record.kind, record.id))
    return page(ask, found, partial(items.mixed, ask))


def find(ask: Ask, external_id: str) -> Json:
    source = SOURCES.get(ask.params.get("external_source") or "")
    if source is None:
        raise BadParametersError
    found = [items.mixed(ask, record) for record in source(ask, external_id)]
    return {
        f"{kind}_results": [item for item in found if item["media_type"] == kind]
        for kind in RESULTS
    }


def folded(text: str) -> str:
    """Without accents and capitals, so that `amelie` finds Amélie."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _wanted(ask: Ask) -> str:
    query = folded(ask.params.get("query") or "").strip()
    if not query:
        raise BadParametersError
    return query


def _titles(ask: Ask, titles: Iterable[Named]) -> list[Named]:
    wanted = _wanted(ask)
    years = {ask.params[key] for key in YEARS if ask.params.get(key)}
    return popular(
        title
        for title in titles
        if _is_called(title, wanted) and (not years or _year(title) in years)
    )


def _people(ask: Ask) -> list[Person]:
    wanted = _wanted(ask)
    return popular(one for one in ask.holdings.people.values() if _is_called(one, wanted))


def _is_called(record: Title | Person, wanted: str) -> bool:
    return any(wanted in folded(name) for name in _names(record))


def _names(record: Title | Person) -> list[str]:
    if isinstance(record, Person):
        return [record.name, *record.also_known_as]
    others = [name for _, name in record.alternative_titles]
    translated = [told.title for told in record.translations.values()]
    return [record.name, record.original_name, *others, *translated]


def _year(record: Title | Person) -> str:
    return str(record.released.year) if isinstance(record, Title) and record.released else ""


def _of_imdb(ask: Ask, imdb_id: str) -> list[Title | Person]:
    records: list[Title | Person] = [*ask.holdings.titles(), *ask.holdings.people.values()]
    return [record for record in records if record.imdb_id == imdb_id]


def _of_tvdb(ask: Ask, tvdb_id: str) -> list[Title | Person]:
    shows = ask.holdings.shows.values()
    return [show for show in shows if show.tvdb_id and str(show.tvdb_id) == tvdb_id]


def _by_name(collection: Collection) -> tuple[str, int]:
    return (folded(collection.name), collection.id)


SOURCES = {"imdb_id": _of_imdb, "tvdb_id": _of_tvdb}
