"""The details of one film, show, person, collection, company, network or keyword."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from catalog.tmdb.sample import credits, items, names, parts, pictures, schedule, seasons
from catalog.tmdb.sample.asking import Ask, Json, NotFoundError, iso, known
from catalog.tmdb.sample.records import Film, Person, Show, Title

ON_AIR = {"Returning Series", "In Production", "Planned"}
# Lists have no id of their own, unlike the other parts.
WITHOUT_ID = {"changes", "recommendations", "similar"}


def movie(ask: Ask, number: int) -> Json:
    film = known(ask.holdings.films, number)
    return {**_film(ask, film), **_added(parts.MOVIE, ask, film)}


def movie_part(ask: Ask, number: int, part: str) -> Json:
    return _part(parts.MOVIE, ask, known(ask.holdings.films, number), part)


def tv(ask: Ask, number: int) -> Json:
    show = known(ask.holdings.shows, number)
    return {**_show(ask, show), **_added(parts.TV, ask, show), **seasons.asked(ask, show)}


def tv_part(ask: Ask, number: int, part: str) -> Json:
    return _part(parts.TV, ask, known(ask.holdings.shows, number), part)


def person(ask: Ask, number: int) -> Json:
    one = known(ask.holdings.people, number)
    return {**_person(ask, one), **_added(parts.PERSON, ask, one)}


def person_part(ask: Ask, number: int, part: str) -> Json:
    return _part(parts.PERSON, ask, known(ask.holdings.people, number), part)


def collection(ask: Ask, number: int) -> Json:
    one = known(ask.holdings.collections, number)
    told = {key: value for key, value in items.collection(ask, one).items() if key != "adult"}
    films = [items.mixed(ask, film) for film in ask.holdings.parts(number)]
    return {**told, "parts": films, **_added(parts.COLLECTION, ask, one)}


def collection_part(ask: Ask, number: int, part: str) -> Json:
    return _part(parts.COLLECTION, ask, known(ask.holdings.collections, number), part)


def company(ask: Ask, number: int) -> Json:
    one = known(ask.holdings.companies, number)
    return {
        "description": "",
        "headquarters": "",
        "homepage": "",
        "id": one.id,
        "logo_path": pictures.address("company", one.id, "logo"),
        "name": one.name,
        "origin_country": one.country,
        "parent_company": None,
    }


def network(ask: Ask, number: int) -> Json:
    one = known(ask.holdings.networks, number)
    return {
        "headquarters": "",
        "homepage": "",
        "id": one.id,
        "logo_path": pictures.address("network", one.id, "logo"),
        "name": one.name,
        "origin_country": one.country,
    }


def keyword(ask: Ask, number: int) -> Json:
    return {"id": number, "name": known(ask.holdings.keywords, number)}


def _added(table: Mapping[str, Any], ask: Ask, about: Any) -> Json:
    return {part: table[part](ask, about) for part in ask.parts if part in table}


def _part(table: Mapping[str, Any], ask: Ask, about: Any, part: str) -> Json:
    if part not in table:
        raise NotFoundError
    number = {} if part in WITHOUT_ID else {"id": about.id}
    return {**number, **table[part](ask, about)}


def _film(ask: Ask, film: Film) -> Json:
    listed = items.film(ask, film)
    del listed["genre_ids"]
    return {
        **listed,
        **_title(ask, film, names.MOVIE_GENRES),
        "belongs_to_collection": _collection(ask, film),
        "budget": film.budget,
        "imdb_id": film.imdb_id,
        "origin_country": list(film.countries[:1]),
        "revenue": film.revenue,
        "runtime": film.runtime,
        "status": film.status or _film_status(ask, film),
    }


def _title(ask: Ask, title: Title, genres: Mapping[int, str]) -> Json:
    return {
        "genres": [{"id": genre, "name": genres.get(genre, "")} for genre in title.genres],
        "homepage": "",
        "production_companies": _companies(ask, title),
        "production_countries": [names.country(code) for code in title.countries],
        "spoken_languages": [names.language(code) for code in title.spoken],
        "tagline": items.told(ask, title).tagline,
    }


def _film_status(ask: Ask, film: Film) -> str:
    out = film.released is not None and film.released <= ask.today
    return "Released" if out else "Post Production"


def _collection(ask: Ask, film: Film) -> Json | None:
    one = ask.holdings.collections.get(film.collection or 0)
    if one is None:
        return None
    told = items.collection(ask, one)
    return {key: told[key] for key in ("id", "name", "poster_path", "backdrop_path")}


def _companies(ask: Ask, title: Title) -> list[Json]:
    made = [one for one in title.companies if one in ask.holdings.companies]
    rows = [company(ask, one) for one in made]
    return [
        {key: row[key] for key in ("id", "logo_path", "name", "origin_country")} for row in rows
    ]


def _show(ask: Ask, show: Show) -> Json:
    listed = items.show(ask, show)
    del listed["genre_ids"]
    running = schedule.seasons(show, ask.today)
    return {
        **listed,
        **_title(ask, show, names.TV_GENRES),
        **_airing(ask, show),
        "created_by": credits.created_by(ask, show),
        "in_production": show.status in ON_AIR,
        "languages": list(show.spoken),
        "networks": seasons.networks(ask, show),
        "seasons": [seasons.listed(ask, show, season) for season in running],
        "status": show.status or "Ended",
        "type": show.type,
    }


def _airing(ask: Ask, show: Show) -> Json:
    regular = [season for season in schedule.seasons(show, ask.today) if season.number]
    made = [one for season in regular for one in schedule.episodes(show, season, ask.today)]
    last = schedule.last_to_air(show, ask.today)
    following = schedule.next_to_air(show, ask.today)
    runtimes = Counter(one.runtime for one in made if one.runtime)
    last_aired = show.last_air_date or (last.air_date if last else None)
    return {
        "episode_run_time": [runtime for runtime, _ in runtimes.most_common(1)],
        "last_air_date": iso(last_aired) or None,
        "last_episode_to_air": _episode(ask, show, last),
        "next_episode_to_air": _episode(ask, show, following),
        "number_of_episodes": len(made),
        "number_of_seasons": len(regular),
    }


def _episode(ask: Ask, show: Show, episode: schedule.Episode | None) -> Json | None:
    return {**seasons.brief(ask, episode), "show_id": show.id} if episode else None


def _person(ask: Ask, one: Person) -> Json:
    listed = items.person(one)
    del listed["original_name"]
    return {
        **listed,
        "also_known_as": list(one.also_known_as),
        "biography": ask.english(one.biography),
        "birthday": iso(one.birthday) or None,
        "deathday": iso(one.deathday) or None,
        "homepage": None,
        "imdb_id": one.imdb_id,
        "place_of_birth": one.place_of_birth,
    }
