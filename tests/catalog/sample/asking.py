"""Asking the sample catalogue in tests."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import requests

from catalog.tmdb.sample import SampleAdapter

TODAY = date(2026, 11, 20)
API = "https://api.themoviedb.org/3"
IMAGES = "https://image.tmdb.org/t/p"
NOT_FOUND = {
    "success": False,
    "status_code": 34,
    "status_message": "The resource you requested could not be found.",
}
MOVIE = (
    "adult backdrop_path genre_ids id title original_language original_title overview popularity "
    "poster_path release_date softcore video vote_average vote_count"
)
TV = (
    "adult backdrop_path genre_ids id name origin_country original_language original_name overview "
    "popularity poster_path first_air_date softcore vote_average vote_count"
)
PERSON = "adult gender id known_for_department name original_name popularity profile_path"
EPISODE = (
    "air_date episode_number episode_type id name overview production_code runtime season_number "
    "still_path vote_average vote_count"
)
MOVIE_PARTS = (
    "credits images videos release_dates external_ids keywords translations alternative_titles "
    "recommendations similar watch/providers"
)
TV_PARTS = (
    "aggregate_credits credits images videos content_ratings external_ids keywords translations "
    "alternative_titles recommendations similar watch/providers season/1"
)
DETAILS = {
    "movie": (
        f"{MOVIE} belongs_to_collection budget genres homepage imdb_id origin_country "
        "production_companies production_countries revenue runtime spoken_languages status tagline"
    ),
    "tv": (
        f"{TV} created_by episode_run_time genres homepage in_production languages last_air_date "
        "last_episode_to_air next_episode_to_air networks number_of_episodes number_of_seasons "
        "production_companies production_countries seasons spoken_languages status tagline type"
    ),
}
LISTS = {
    "movie/popular": MOVIE,
    "movie/top_rated": MOVIE,
    "movie/upcoming": MOVIE,
    "discover/movie": MOVIE,
    "tv/popular": TV,
    "tv/top_rated": TV,
    "tv/on_the_air": TV,
    "discover/tv": TV,
    "person/popular": f"{PERSON} known_for",
    "trending/movie/day": f"{MOVIE} media_type",
    "trending/tv/week": f"{TV} media_type",
    "trending/person/day": f"{PERSON} known_for media_type",
}

Get = Callable[..., Any]


def session_on(adapter: SampleAdapter) -> requests.Session:
    session = requests.Session()
    session.mount("https://", adapter)
    return session


def getter(session: requests.Session) -> Get:
    def get(path: str, status: int = 200, **params: Any) -> Any:
        answer = session.get(f"{API}/{path}", params=params, timeout=5)
        assert answer.status_code == status, path
        assert answer.headers["Content-Type"].startswith("application/json")
        return answer.json()

    return get


def get_from(facts: Path, today: date = TODAY) -> Get:
    return getter(session_on(SampleAdapter(facts, today)))
