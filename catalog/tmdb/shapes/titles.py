"""A film or a show, whole."""

from collections.abc import Iterator
from typing import Any

from catalog.tmdb.errors import Garbled
from catalog.tmdb.shapes import credits, parts
from catalog.tmdb.shapes.facts import (
    CertificationFacts,
    CollectionStub,
    EpisodeFacts,
    ReleaseFacts,
    SeasonFacts,
    TitleFacts,
)
from catalog.tmdb.shapes.reading import (
    BIG,
    Json,
    code,
    codes,
    day,
    dicts,
    number,
    part,
    path,
    text,
    unique,
    vote,
    web,
    whole,
    wholes,
)

# A film's rating in a country is the one of its widest release there: cinemas, then what follows.
WIDEST_FIRST = (3, 2, 4, 5, 6, 1)


def movie(data: Json) -> TitleFacts:
    released = _releases(data)
    return TitleFacts(
        kind="movie",
        name=_name(data, "title", "original_title"),
        original_name=text(data, "original_title", 500),
        type="",
        release_date=day(data, "release_date"),
        last_air_date=None,
        runtime=whole(data, "runtime") or None,
        season_count=0,
        episode_count=0,
        budget=whole(data, "budget", BIG),
        revenue=whole(data, "revenue", BIG),
        collection=_collection(part(data, "belongs_to_collection")),
        keywords=parts.terms(part(data, "keywords"), "keywords"),
        networks=(),
        credits=credits.credits(part(data, "credits")),
        release_dates=released,
        certifications=_rated(released),
        seasons=None,
        **_common(data, "movie"),
    )


def tv(data: Json) -> TitleFacts:
    minutes = wholes(data, "episode_run_time")
    seasons = _seasons(data)
    made = credits.creators(data)
    return TitleFacts(
        kind="tv",
        name=_name(data, "name", "original_name"),
        original_name=text(data, "original_name", 500),
        type=text(data, "type", 50),
        release_date=day(data, "first_air_date"),
        last_air_date=day(data, "last_air_date"),
        runtime=minutes[0] if minutes else _usual_runtime(seasons or ()),
        season_count=whole(data, "number_of_seasons"),
        episode_count=whole(data, "number_of_episodes"),
        budget=0,
        revenue=0,
        collection=None,
        keywords=parts.terms(part(data, "keywords"), "results"),
        networks=parts.makers(data, "networks"),
        credits=unique(
            iter(made + credits.aggregate_credits(part(data, "aggregate_credits"))),
            lambda credit: credit.tmdb_id,
        ),
        release_dates=(),
        certifications=_content_ratings(data),
        seasons=seasons,
        **_common(data, "tv"),
    )


def missing_seasons(data: Json) -> list[int]:
    """The seasons that the show has and this answer has not."""
    numbers = (whole(item, "season_number") for item in dicts(data, "seasons"))
    return [n for n in numbers if f"season/{n}" not in data]


def _common(data: Json, kind: str) -> dict[str, Any]:
    tmdb_id = whole(data, "id", BIG)
    ids = part(data, "external_ids")
    return {
        "tmdb_id": tmdb_id,
        "tagline": text(data, "tagline"),
        "overview": text(data, "overview"),
        "homepage": web(data, "homepage"),
        "poster_path": path(data, "poster_path"),
        "backdrop_path": path(data, "backdrop_path"),
        "status": text(data, "status", 50),
        "adult": data.get("adult") is True,
        "popularity": number(data, "popularity"),
        "vote_average": vote(data),
        "vote_count": whole(data, "vote_count"),
        "imdb_id": text(data, "imdb_id", 15) or text(ids, "imdb_id", 15),
        "tvdb_id": whole(ids, "tvdb_id", BIG) or None,
        "wikidata_id": text(ids, "wikidata_id", 20),
        "original_language_id": code(data, "original_language") or None,
        "genres": parts.terms(data, "genres"),
        "companies": parts.makers(data, "production_companies"),
        "countries": parts.countries(_countries(data)),
        "languages": parts.languages(dicts(data, "spoken_languages")),
        "videos": parts.videos(data),
        "images": parts.images(data),
        "offers": parts.offers(data),
        "alternative_titles": parts.alternative_titles(data),
        "translations": parts.translations(data),
        "links": parts.links(data, kind, tmdb_id),
    }


def _name(data: Json, *keys: str) -> str:
    names = [text(data, key, 500) for key in keys]
    if not any(names):
        raise Garbled(f"TMDB gives no name to {data.get('id')!r}")
    return next(name for name in names if name)


def _countries(data: Json) -> Iterator[Json]:
    """Where it was made: the countries of production, then those of origin."""
    yield from dicts(data, "production_countries")
    for origin in codes(data, "origin_country"):
        yield {"iso_3166_1": origin, "name": origin}


def _collection(data: Json) -> CollectionStub | None:
    tmdb_id = whole(data, "id", BIG)
    name = text(data, "name", 255)
    if not tmdb_id or not name:
        return None
    return CollectionStub(tmdb_id, name, path(data, "poster_path"), path(data, "backdrop_path"))


def _releases(data: Json) -> tuple[ReleaseFacts, ...]:
    found = (
        (code(country, "iso_3166_1"), whole(item, "type", 6), day(item, "release_date"), item)
        for country in dicts(part(data, "release_dates"), "results")
        for item in dicts(country, "release_dates")
    )
    released = (
        ReleaseFacts(country, kind, date, text(item, "note", 255), text(item, "certification", 30))
        for country, kind, date, item in found
        if country and kind and date
    )
    return unique(released, lambda each: (each.country, each.type, each.date, each.note))


def _rated(released: tuple[ReleaseFacts, ...]) -> tuple[CertificationFacts, ...]:
    rated = [each for each in released if each.certification]
    rated.sort(key=lambda each: (each.country, WIDEST_FIRST.index(each.type), each.date, each.note))
    return unique(
        (CertificationFacts(each.country, each.certification) for each in rated),
        lambda each: each.country,
    )


def _content_ratings(data: Json) -> tuple[CertificationFacts, ...]:
    found = (
        CertificationFacts(code(item, "iso_3166_1"), text(item, "rating", 30))
        for item in dicts(part(data, "content_ratings"), "results")
    )
    return unique((each for each in found if each.country and each.code), lambda each: each.country)


def _seasons(data: Json) -> tuple[SeasonFacts, ...] | None:
    if not isinstance(data.get("seasons"), list):
        return None
    found = (
        _season(item, part(data, f"season/{whole(item, 'season_number')}"))
        for item in dicts(data, "seasons")
    )
    return unique((season for season in found if season.tmdb_id), lambda season: season.number)


def _season(headline: Json, whole_season: Json) -> SeasonFacts:
    episodes = None
    if isinstance(whole_season.get("episodes"), list):
        read = (_episode(item) for item in dicts(whole_season, "episodes"))
        episodes = unique((each for each in read if each.tmdb_id), lambda each: each.tmdb_id)
    return SeasonFacts(
        number=whole(headline, "season_number"),
        tmdb_id=whole(headline, "id", BIG),
        name=text(headline, "name", 500),
        overview=text(whole_season, "overview") or text(headline, "overview"),
        poster_path=path(headline, "poster_path"),
        air_date=day(headline, "air_date"),
        episode_count=len(episodes) if episodes else whole(headline, "episode_count"),
        vote_average=vote(headline),
        episodes=episodes,
    )


def _episode(item: Json) -> EpisodeFacts:
    return EpisodeFacts(
        tmdb_id=whole(item, "id", BIG),
        number=whole(item, "episode_number"),
        name=text(item, "name", 500),
        overview=text(item, "overview"),
        still_path=path(item, "still_path"),
        air_date=day(item, "air_date"),
        runtime=whole(item, "runtime") or None,
        type=text(item, "episode_type", 30),
        vote_average=vote(item),
        vote_count=whole(item, "vote_count"),
        credits=credits.credits(item, cast="guest_stars"),
    )


def _usual_runtime(seasons: tuple[SeasonFacts, ...]) -> int | None:
    minutes = [
        episode.runtime
        for season in seasons
        for episode in season.episodes or ()
        if episode.runtime and season.number
    ]
    return sorted(minutes)[len(minutes) // 2] if minutes else None
