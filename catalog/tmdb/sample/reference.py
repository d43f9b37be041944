"""What hardly ever changes at TMDB: configuration, genres, certifications."""

from collections.abc import Mapping, Sequence

from catalog.tmdb.sample import names
from catalog.tmdb.sample.asking import Ask, Json
from catalog.tmdb.sample.records import Kind

IMAGES = {
    "base_url": "http://image.tmdb.org/t/p/",
    "secure_base_url": "https://image.tmdb.org/t/p/",
    "backdrop_sizes": ["w300", "w780", "w1280", "original"],
    "logo_sizes": ["w45", "w92", "w154", "w185", "w300", "w500", "original"],
    "poster_sizes": ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
    "profile_sizes": ["w45", "w185", "h632", "original"],
    "still_sizes": ["w92", "w185", "w300", "original"],
}

GENRES: Mapping[Kind, Mapping[int, str]] = {"movie": names.MOVIE_GENRES, "tv": names.TV_GENRES}
CERTIFICATIONS: Mapping[Kind, Mapping[str, Sequence[str]]] = {
    "movie": names.MOVIE_CERTIFICATIONS,
    "tv": names.TV_CERTIFICATIONS,
}


def configuration(ask: Ask) -> Json:
    return {"change_keys": [], "images": IMAGES}


def countries(ask: Ask) -> list[Json]:
    rows = sorted(names.COUNTRIES.items(), key=lambda row: row[1])
    return [{"english_name": name, "iso_3166_1": code, "native_name": name} for code, name in rows]


def languages(ask: Ask) -> list[Json]:
    return sorted(map(names.language, names.LANGUAGES), key=lambda row: row["english_name"])


def genres(ask: Ask, kind: Kind) -> Json:
    return {"genres": [{"id": number, "name": name} for number, name in GENRES[kind].items()]}


def certifications(ask: Ask, kind: Kind) -> Json:
    return {
        "certifications": {
            region: [
                {"certification": name, "meaning": "", "order": order}
                for order, name in enumerate(rising)
            ]
            for region, rising in CERTIFICATIONS[kind].items()
        }
    }


def no_changes(ask: Ask) -> Json:
    return {"results": [], "page": ask.page, "total_pages": 1, "total_results": 0}


def authentication(ask: Ask) -> Json:
    return {"success": True, "status_code": 1, "status_message": "Success."}
