"""Lists, and what is not a title."""

from typing import Any

from catalog.tmdb.errors import Garbled
from catalog.tmdb.shapes import credits, parts
from catalog.tmdb.shapes.facts import (
    Changed,
    CollectionFacts,
    CountryFacts,
    Found,
    LanguageFacts,
    Page,
    PersonFacts,
    ProviderFacts,
    Term,
)
from catalog.tmdb.shapes.reading import (
    BIG,
    Json,
    clean,
    day,
    dicts,
    number,
    part,
    path,
    text,
    unique,
    web,
    whole,
)

KINDS = ("movie", "tv")


def page(data: Json, kind: str) -> Page:
    if not isinstance(data.get("results"), list):
        raise Garbled("a list without results")
    stubs = (parts.title_stub(item, kind) for item in dicts(data, "results"))
    titles = unique((s for s in stubs if s.tmdb_id and s.name), lambda stub: stub.tmdb_id)
    number, last = whole(data, "page"), whole(data, "total_pages")
    if not titles and number <= last and data.get("total_results") != 0:
        raise Garbled("a page that says it has titles, and names none")
    return Page(titles=titles, number=number, last=last)


def changed(data: Json) -> Changed:
    if not isinstance(data.get("results"), list):
        raise Garbled("a list of changes without results")
    ids = unique((whole(item, "id", BIG) for item in dicts(data, "results")), lambda pk: pk)
    return Changed(ids=tuple(pk for pk in ids if pk), last=whole(data, "total_pages"))


def found(data: Json, *keys: str) -> Found:
    """From lists that name each item's kind; without what is for adults only."""
    if not any(isinstance(data.get(key), list) for key in keys):
        raise Garbled("a search without results")
    items = [item for key in keys for item in dicts(data, key) if item.get("adult") is not True]
    titles = [
        parts.title_stub(item, kind)
        for item in items
        if (kind := text(item, "media_type")) in KINDS
    ]
    people = [credits.person_stub(item) for item in items if item.get("media_type") == "person"]
    return Found(
        titles=unique((s for s in titles if s.tmdb_id and s.name), lambda s: (s.kind, s.tmdb_id)),
        people=unique((s for s in people if s.tmdb_id and s.name), lambda s: s.tmdb_id),
    )


def person(data: Json) -> PersonFacts:
    stub = credits.person_stub(data)
    if not (stub.tmdb_id and stub.name):
        raise Garbled(f"TMDB gives no name to person {data.get('id')!r}")
    ids = part(data, "external_ids")
    names = data.get("also_known_as")
    return PersonFacts(
        tmdb_id=stub.tmdb_id,
        name=stub.name,
        also_known_as=tuple(
            clean(name)
            for name in (names if isinstance(names, list) else ())
            if isinstance(name, str)
        ),
        gender=stub.gender,
        known_for=stub.known_for,
        biography=text(data, "biography"),
        birthday=day(data, "birthday"),
        deathday=day(data, "deathday"),
        place_of_birth=text(data, "place_of_birth", 255),
        homepage=web(data, "homepage"),
        profile_path=stub.profile_path,
        popularity=number(data, "popularity"),
        adult=stub.adult,
        imdb_id=text(data, "imdb_id", 15) or text(ids, "imdb_id", 15),
        wikidata_id=text(ids, "wikidata_id", 20),
    )


def collection(data: Json) -> CollectionFacts:
    tmdb_id, name = whole(data, "id", BIG), text(data, "name", 255)
    if not (tmdb_id and name):
        raise Garbled(f"TMDB gives no name to collection {data.get('id')!r}")
    stubs = (parts.title_stub(item, "movie") for item in dicts(data, "parts"))
    return CollectionFacts(
        tmdb_id=tmdb_id,
        name=name,
        overview=text(data, "overview"),
        poster_path=path(data, "poster_path"),
        backdrop_path=path(data, "backdrop_path"),
        parts=unique((s for s in stubs if s.tmdb_id and s.name), lambda stub: stub.tmdb_id),
    )


def genres(data: Json) -> tuple[Term, ...]:
    return parts.terms(data, "genres")


def countries(data: list[Any]) -> tuple[CountryFacts, ...]:
    return parts.countries(dicts({"all": data}, "all"))


def languages(data: list[Any]) -> tuple[LanguageFacts, ...]:
    return parts.languages(dicts({"all": data}, "all"))


def providers(data: Json) -> tuple[ProviderFacts, ...]:
    found = (parts.provider(item) for item in dicts(data, "results"))
    return unique((each for each in found if each.tmdb_id and each.name), lambda each: each.tmdb_id)
