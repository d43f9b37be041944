"""What append_to_response adds to the details; each part has an address of its own, too."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from catalog.tmdb.sample import credits, items, pictures, similar
from catalog.tmdb.sample.asking import Ask, Json
from catalog.tmdb.sample.holdings import keyword_id
from catalog.tmdb.sample.names import LANGUAGES
from catalog.tmdb.sample.offers import watch_providers
from catalog.tmdb.sample.paging import page
from catalog.tmdb.sample.pictures import ORIGINAL_WIDTHS, RATIOS, Shape
from catalog.tmdb.sample.records import Collection, Film, Person, Show, Title, Translation

POSTERS = 2
BACKDROPS = 3
IN_CINEMAS = 3


def image(path: str, shape: Shape, language: str | None = None) -> Json:
    width = ORIGINAL_WIDTHS[shape]
    return {
        "aspect_ratio": RATIOS[shape],
        "height": round(width / RATIOS[shape]),
        "iso_3166_1": LANGUAGES[language][0] if language else None,
        "iso_639_1": language,
        "file_path": path,
        "vote_average": 0.0,
        "vote_count": 0,
        "width": width,
    }


def works_images(kind: str, number: int) -> Json:
    posters = [pictures.address(kind, number, "poster", turn + 1) for turn in range(POSTERS)]
    backdrops = [pictures.address(kind, number, "backdrop", turn + 1) for turn in range(BACKDROPS)]
    return {
        "backdrops": [image(path, "backdrop") for path in backdrops],
        "posters": [image(path, "poster", "en") for path in posters],
    }


def title_images(ask: Ask, title: Title) -> Json:
    return {**works_images(title.kind, title.id), "logos": []}


def collection_images(ask: Ask, collection: Collection) -> Json:
    return works_images("collection", collection.id)


def person_images(ask: Ask, person: Person) -> Json:
    return {"profiles": [image(pictures.address("person", person.id, "portrait"), "portrait")]}


def no_videos(ask: Ask, about: object) -> Json:
    return {"results": []}


def no_changes(ask: Ask, about: object) -> Json:
    return {"changes": []}


def release_dates(ask: Ask, film: Film) -> Json:
    regions = dict.fromkeys((*film.countries[:1], *film.certifications))
    return {
        "results": [
            {
                "iso_3166_1": region,
                "release_dates": [_release(film.released, film.certifications.get(region, ""))],
            }
            for region in regions
            if film.released
        ]
    }


def _release(released: date | None, certification: str) -> Json:
    return {
        "certification": certification,
        "descriptors": [],
        "iso_639_1": "",
        "note": "",
        "release_date": f"{released}T00:00:00.000Z",
        "type": IN_CINEMAS,
    }


def content_ratings(ask: Ask, show: Show) -> Json:
    return {
        "results": [
            {"descriptors": [], "iso_3166_1": region, "rating": rating}
            for region, rating in show.certifications.items()
        ]
    }


def keywords(key: str, ask: Ask, title: Title) -> Json:
    return {key: [{"id": keyword_id(name), "name": name} for name in title.keywords]}


def alternative_titles(key: str, ask: Ask, title: Title) -> Json:
    return {
        key: [
            {"iso_3166_1": region, "title": name, "type": ""}
            for region, name in title.alternative_titles
        ]
    }


def external_ids(title: Title) -> Json:
    social = dict.fromkeys(("wikidata_id", "facebook_id", "instagram_id", "twitter_id"))
    if not isinstance(title, Show):
        return {"imdb_id": title.imdb_id, **social}
    return {
        "imdb_id": title.imdb_id,
        "freebase_mid": None,
        "freebase_id": None,
        "tvdb_id": title.tvdb_id,
        "tvrage_id": None,
        **social,
    }


def title_external_ids(ask: Ask, title: Title) -> Json:
    return external_ids(title)


def person_external_ids(ask: Ask, person: Person) -> Json:
    nowhere = (
        "freebase_mid freebase_id imdb_id tvrage_id wikidata_id "
        "facebook_id instagram_id tiktok_id twitter_id youtube_id"
    )
    return {**dict.fromkeys(nowhere.split()), "imdb_id": person.imdb_id}


def translation(language: str, data: Json) -> Json:
    region, english, native = LANGUAGES.get(language, ("", language, language))
    names = {"name": native, "english_name": english}
    return {"iso_3166_1": region, "iso_639_1": language, **names, "data": data}


def title_translations(ask: Ask, title: Title) -> Json:
    # TMDB leaves the name empty where it is the original one.
    name = "" if title.original_language == "en" else title.name
    told = {"en": Translation(name, title.overview, title.tagline), **title.translations}
    rows = [translation(language, _data(title, words)) for language, words in told.items()]
    return {"translations": rows}


def _data(title: Title, words: Translation) -> Json:
    called = {"homepage": "", "overview": words.overview, "tagline": words.tagline}
    if isinstance(title, Film):
        return {**called, "runtime": title.runtime, "title": words.title}
    return {**called, "name": words.title}


def person_translations(ask: Ask, person: Person) -> Json:
    return {"translations": [translation("en", {"biography": person.biography})]}


def collection_translations(ask: Ask, one: Collection) -> Json:
    data = {"title": one.name, "overview": one.overview, "homepage": ""}
    return {"translations": [translation("en", data)]}


def recommendations(ask: Ask, title: Title) -> Json:
    found = similar.near(ask.holdings, title, similar.RECOMMENDED)
    return page(ask, found, partial(items.mixed, ask))


def similar_titles(ask: Ask, title: Title) -> Json:
    found = similar.near(ask.holdings, title, similar.SIMILAR)
    return page(ask, found, partial(items.title, ask))


_TITLE: Mapping[str, Callable[[Ask, Title], Json]] = {
    "changes": no_changes,
    "external_ids": title_external_ids,
    "images": title_images,
    "recommendations": recommendations,
    "similar": similar_titles,
    "translations": title_translations,
    "videos": no_videos,
    "watch/providers": watch_providers,
}

MOVIE: Mapping[str, Callable[[Ask, Film], Json]] = {
    **_TITLE,
    "alternative_titles": partial(alternative_titles, "titles"),
    "credits": credits.film_credits,
    "keywords": partial(keywords, "keywords"),
    "release_dates": release_dates,
}

TV: Mapping[str, Callable[[Ask, Show], Json]] = {
    **_TITLE,
    "aggregate_credits": credits.aggregate_credits,
    "alternative_titles": partial(alternative_titles, "results"),
    "content_ratings": content_ratings,
    "credits": credits.credits,
    "keywords": partial(keywords, "results"),
}

PERSON: Mapping[str, Callable[[Ask, Person], Json]] = {
    "changes": no_changes,
    "combined_credits": credits.combined_credits,
    "external_ids": person_external_ids,
    "images": person_images,
    "movie_credits": credits.movie_credits,
    "translations": person_translations,
    "tv_credits": credits.tv_credits,
}

COLLECTION: Mapping[str, Callable[[Ask, Collection], Json]] = {
    "images": collection_images,
    "translations": collection_translations,
}
