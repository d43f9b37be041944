"""Answers in TMDB's shape about things that don't exist: plain dicts, changed at will."""

from typing import Any

Json = dict[str, Any]


def film(tmdb_id: int = 7, **changes: Any) -> Json:
    """A film with something in every part."""
    return {
        "id": tmdb_id,
        "title": f"Harbour {tmdb_id}",
        "original_title": f"Hafen {tmdb_id}",
        "original_language": "de",
        "overview": "A ferry does not come back.",
        "tagline": "Mind the tide.",
        "homepage": "https://harbour.example/",
        "imdb_id": f"tt{tmdb_id:07}",
        "poster_path": "/harbour.jpg",
        "backdrop_path": "/harbour-wide.jpg",
        "status": "Released",
        "adult": False,
        "release_date": "2001-04-05",
        "runtime": 101,
        "budget": 3_000_000_000,
        "revenue": 9_000_000_000,
        "popularity": 12.5,
        "vote_average": 7.25,
        "vote_count": 300,
        "belongs_to_collection": {"id": 31, "name": "The Harbours", "poster_path": "/harbours.jpg"},
        "genres": [{"id": 18, "name": "Drama"}, {"id": 9648, "name": "Mystery"}],
        "production_companies": [
            {"id": 41, "name": "Quay Films", "logo_path": "/quay.png", "origin_country": "DE"}
        ],
        "production_countries": [{"iso_3166_1": "DE", "name": "Germany"}],
        "origin_country": ["DE"],
        "spoken_languages": [{"iso_639_1": "de", "english_name": "German", "name": "Deutsch"}],
        "keywords": {"keywords": [{"id": 51, "name": "ferry"}, {"id": 52, "name": "fog"}]},
        "credits": {
            "cast": [_actor(61, "Ada Kessel", "Captain", 0), _actor(62, "Bo Lind", "Pilot", 1)],
            "crew": [_maker(63, "Cy Marsh", "Directing", "Director")],
        },
        "release_dates": {
            "results": [
                {
                    "iso_3166_1": "DE",
                    "release_dates": [
                        _release(1, "2001-04-01", note="Seafront"),
                        _release(3, "2001-04-05", certification="12"),
                    ],
                }
            ]
        },
    } | (_parts(71, "title", "titles", names={"title": "Port"}) | changes)


def show(tmdb_id: int = 8, **changes: Any) -> Json:
    """A show with a season of two episodes and one special, all in one answer."""
    first = 100 * tmdb_id
    seasons = {
        0: [episode(first + 1, 1, name="Making of")],
        1: [episode(first + 2, 1), episode(first + 3, 2)],
    }
    return {
        "id": tmdb_id,
        "name": f"Nightboat {tmdb_id}",
        "original_name": f"Nachtboot {tmdb_id}",
        "original_language": "de",
        "overview": "The crew of a ferry never sleeps.",
        "tagline": "",
        "homepage": "",
        "poster_path": "/nightboat.jpg",
        "backdrop_path": None,
        "status": "Ended",
        "type": "Scripted",
        "adult": False,
        "first_air_date": "2010-01-01",
        "last_air_date": "2010-01-08",
        "episode_run_time": [45],
        "number_of_seasons": 1,
        "number_of_episodes": 2,
        "popularity": 9.5,
        "vote_average": 8.0,
        "vote_count": 120,
        "created_by": [{"id": 64, "credit_id": "made64", "name": "Dee Nolan", "gender": 1}],
        "networks": [{"id": 42, "name": "Channel Sea", "logo_path": "/sea.png"}],
        "genres": [{"id": 18, "name": "Drama"}],
        "production_companies": [],
        "production_countries": [],
        "origin_country": ["DE"],
        "spoken_languages": [{"iso_639_1": "de", "english_name": "German", "name": "Deutsch"}],
        "keywords": {"results": [{"id": 51, "name": "ferry"}]},
        "aggregate_credits": {
            "cast": [
                {
                    **_somebody(61, "Ada Kessel"),
                    "order": 0,
                    "roles": [
                        {"credit_id": "role1", "character": "Mate", "episode_count": 2},
                        {"credit_id": "role2", "character": "Twin", "episode_count": 1},
                    ],
                }
            ],
            "crew": [
                {
                    **_somebody(63, "Cy Marsh"),
                    "department": "Writing",
                    "jobs": [{"credit_id": "job1", "job": "Writer", "episode_count": 2}],
                }
            ],
        },
        "content_ratings": {"results": [{"iso_3166_1": "DE", "rating": "16"}]},
    } | (
        _parts(72, "name", "results", names={"name": "Night Boat"})
        | with_seasons(seasons, tmdb_id)
        | changes
    )


def with_seasons(seasons: dict[int, list[Json]], tmdb_id: int = 8) -> Json:
    """What a show's answer says of its seasons: their headlines, and each with its episodes."""
    headlines = [
        {
            "id": 1000 * tmdb_id + number,
            "season_number": number,
            "name": f"Season {number}" if number else "Specials",
            "overview": "",
            "poster_path": f"/season-{number}.jpg",
            "air_date": "2010-01-01",
            "episode_count": len(episodes),
            "vote_average": 7.5,
        }
        for number, episodes in seasons.items()
    ]
    whole = {
        f"season/{number}": {"overview": "Storms ahead.", "episodes": episodes}
        for number, episodes in seasons.items()
    }
    return {"seasons": headlines} | whole


def episode(tmdb_id: int, number: int, **changes: Any) -> Json:
    return {
        "id": tmdb_id,
        "episode_number": number,
        "name": f"Watch {number}",
        "overview": "Nobody is on deck.",
        "still_path": "/deck.jpg",
        "air_date": f"2010-01-{number:02}",
        "runtime": 44,
        "episode_type": "standard",
        "vote_average": 7.5,
        "vote_count": 10,
        "guest_stars": [_actor(65, "Eli Storm", "Stowaway", 500, credit=f"guest{tmdb_id}")],
        "crew": [_maker(63, "Cy Marsh", "Directing", "Director", credit=f"crew{tmdb_id}")],
    } | changes


def person(tmdb_id: int = 61, **changes: Any) -> Json:
    return {
        **_somebody(tmdb_id, "Ada Kessel"),
        "also_known_as": ["A. Kessel", "Ада Кессель"],
        "biography": "She grew up on a lightship.",
        "birthday": "1970-02-03",
        "deathday": None,
        "place_of_birth": "Borkum",
        "homepage": "https://ada.example/",
        "imdb_id": "nm0000061",
        "external_ids": {"imdb_id": "nm0000061", "wikidata_id": "Q61"},
    } | changes


def collection(tmdb_id: int = 31, **changes: Any) -> Json:
    return {
        "id": tmdb_id,
        "name": "The Harbours",
        "overview": "Two films by the sea.",
        "poster_path": "/harbours.jpg",
        "backdrop_path": "/harbours-wide.jpg",
        "parts": [listed(7), listed(17)],
    } | changes


def listed(tmdb_id: int, name: str = "title", **changes: Any) -> Json:
    """A film as it stands in a list; a show with name="name"."""
    return {
        "id": tmdb_id,
        name: f"Listed {tmdb_id}",
        f"original_{name}": f"Liste {tmdb_id}",
        "original_language": "de",
        "overview": "Seen from afar.",
        "poster_path": "/listed.jpg",
        "backdrop_path": None,
        "release_date" if name == "title" else "first_air_date": "1999-12-31",
        "genre_ids": [18],
        "popularity": 3.5,
        "vote_average": 6.5,
        "vote_count": 20,
        "adult": False,
    } | changes


def page(*items: Json, last: int = 1, **changes: Any) -> Json:
    return {"page": 1, "results": list(items), "total_pages": last, "total_results": 20} | changes


def _parts(other: int, name: str, names_key: str, *, names: Json) -> Json:
    """What the answers about films and about shows have in common."""
    words = {**names, "overview": "The ferry is late.", "tagline": ""}
    provider = {"provider_name": "Wave", "logo_path": "/wave.png", "display_priority": 3}
    return {
        "images": {
            "posters": [_image("/harbour.jpg", "en")],
            "backdrops": [_image("/harbour-wide.jpg", None)],
            "logos": [_image("/harbour-logo.png", "de")],
        },
        "videos": {
            "results": [
                {
                    "id": f"video{other}",
                    "site": "YouTube",
                    "key": "abc",
                    "name": "Trailer",
                    "type": "Trailer",
                    "iso_639_1": "en",
                    "official": True,
                    "size": 1080,
                    "published_at": "2001-03-01T12:00:00.000Z",
                }
            ]
        },
        "external_ids": {"imdb_id": f"tt{other:07}", "tvdb_id": 5_000_000_000, "wikidata_id": "Q7"},
        "alternative_titles": {names_key: [{"iso_3166_1": "FR", "title": "Le Port", "type": ""}]},
        "translations": {
            "translations": [{"iso_639_1": "en", "iso_3166_1": "GB", "data": words}],
        },
        "recommendations": {"results": [listed(other, name), listed(other + 10, name)]},
        "similar": {"results": [listed(other, name)]},
        "watch/providers": {
            "results": {
                "DE": {
                    "link": "https://watch.example/",
                    "flatrate": [{"provider_id": 81, **provider}],
                    "rent": [{"provider_id": 81, **provider}],
                }
            }
        },
    }


def _somebody(tmdb_id: int, name: str) -> Json:
    return {
        "id": tmdb_id,
        "name": name,
        "original_name": name,
        "gender": 1,
        "known_for_department": "Acting",
        "profile_path": f"/person-{tmdb_id}.jpg",
        "popularity": 4.5,
        "adult": False,
    }


def _actor(tmdb_id: int, name: str, character: str, order: int, credit: str = "") -> Json:
    return {
        **_somebody(tmdb_id, name),
        "character": character,
        "order": order,
        "credit_id": credit or f"cast{tmdb_id}",
    }


def _maker(tmdb_id: int, name: str, department: str, job: str, credit: str = "") -> Json:
    return {
        **_somebody(tmdb_id, name),
        "department": department,
        "job": job,
        "credit_id": credit or f"crew{tmdb_id}",
    }


def _release(kind: int, day: str, *, note: str = "", certification: str = "") -> Json:
    return {
        "type": kind,
        "release_date": f"{day}T00:00:00.000Z",
        "note": note,
        "certification": certification,
    }


def _image(path: str, language: str | None) -> Json:
    return {
        "file_path": path,
        "iso_639_1": language,
        "width": 1000,
        "height": 1500,
        "vote_average": 5.5,
        "vote_count": 4,
    }
