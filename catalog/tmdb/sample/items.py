"""Films, shows and people as they stand in TMDB's lists."""

from catalog.tmdb.sample import pictures
from catalog.tmdb.sample.asking import Ask, Json, iso
from catalog.tmdb.sample.holdings import Work
from catalog.tmdb.sample.records import Collection, Film, Person, Show, Title, Translation

KNOWN_FOR = 3


def told(ask: Ask, title: Title) -> Translation:
    """Title, overview and tagline in the asked language; TMDB falls back for titles alone."""
    if ask.language in title.translations:
        translation = title.translations[ask.language]
        name = translation.title or title.original_name
        return Translation(name, translation.overview, translation.tagline)
    if ask.language == "en":
        return Translation(title.name, title.overview, title.tagline)
    return Translation(title.original_name, "", "")


def film(ask: Ask, film: Film) -> Json:
    words = told(ask, film)
    return {
        "adult": False,
        "backdrop_path": pictures.address("movie", film.id, "backdrop"),
        "genre_ids": list(film.genres),
        "id": film.id,
        "title": words.title,
        "original_language": film.original_language,
        "original_title": film.original_name,
        "overview": words.overview,
        "popularity": film.popularity,
        "poster_path": pictures.address("movie", film.id, "poster"),
        "release_date": iso(film.released),
        "softcore": False,
        "video": False,
        "vote_average": film.vote_average,
        "vote_count": film.vote_count,
    }


def show(ask: Ask, show: Show) -> Json:
    words = told(ask, show)
    return {
        "adult": False,
        "backdrop_path": pictures.address("tv", show.id, "backdrop"),
        "genre_ids": list(show.genres),
        "id": show.id,
        "name": words.title,
        "origin_country": list(show.countries[:1]),
        "original_language": show.original_language,
        "original_name": show.original_name,
        "overview": words.overview,
        "popularity": show.popularity,
        "poster_path": pictures.address("tv", show.id, "poster"),
        "first_air_date": iso(show.released),
        "softcore": False,
        "vote_average": show.vote_average,
        "vote_count": show.vote_count,
    }


def title(ask: Ask, title: Title) -> Json:
    if isinstance(title, Film):
        return film(ask, title)
    if isinstance(title, Show):
        return show(ask, title)
    raise TypeError(title)


def mixed(ask: Ask, record: Title | Person) -> Json:
    """As in the lists that hold several kinds, which name each one's."""
    item = known_person(ask, record) if isinstance(record, Person) else title(ask, record)
    return {**item, "media_type": record.kind}


def person(person: Person) -> Json:
    return {
        "adult": False,
        "gender": person.gender,
        "id": person.id,
        "known_for_department": person.department,
        "name": person.name,
        "original_name": person.name,
        "popularity": person.popularity,
        "profile_path": pictures.address("person", person.id, "portrait"),
    }


def known_person(ask: Ask, who: Person) -> Json:
    titles = {(work.title.kind, work.title.id): work.title for work in _works(ask, who)}
    best = sorted(titles.values(), key=lambda title: (-title.popularity, title.kind, title.id))
    return {**person(who), "known_for": [mixed(ask, title) for title in best[:KNOWN_FOR]]}


def _works(ask: Ask, who: Person) -> tuple[Work, ...]:
    return ask.holdings.works.get(who.id, ())


def collection(ask: Ask, collection: Collection) -> Json:
    return {
        "adult": False,
        "backdrop_path": pictures.address("collection", collection.id, "backdrop"),
        "id": collection.id,
        "name": collection.name,
        "original_language": "en",
        "original_name": collection.name,
        "overview": ask.english(collection.overview),
        "poster_path": pictures.address("collection", collection.id, "poster"),
    }
