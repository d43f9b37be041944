"""Which address of TMDB's API is answered by what."""

import re
from collections.abc import Callable
from typing import Any

from catalog.tmdb.sample import answers, charts, offers, reference, search, seasons
from catalog.tmdb.sample.asking import Ask, Json, NotFoundError

KIND = r"(?P<kind>movie|tv)"
NUMBER = r"(?P<number>\d+)"
PART = r"(?P<part>[a-z_]+|watch/providers)"
SEASON = r"tv/(?P<show_id>\d+)/season/(?P<number>\d+)"
EPISODE = SEASON + r"/episode/(?P<episode_number>\d+)"
WHOLE = {"number", "show_id", "episode_number"}

# The first that fits answers, so that a chart goes before the part of a title.
ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    (r"authentication", reference.authentication),
    (r"configuration", reference.configuration),
    (r"configuration/countries", reference.countries),
    (r"configuration/languages", reference.languages),
    (rf"genre/{KIND}/list", reference.genres),
    (rf"certification/{KIND}/list", reference.certifications),
    (r"(?:movie|tv|person)/changes", reference.no_changes),
    (r"watch/providers/regions", offers.regions),
    (rf"watch/providers/{KIND}", offers.providers),
    (r"(?:movie/popular|discover/movie)", charts.popular_films),
    (r"movie/top_rated", charts.top_rated_films),
    (r"movie/now_playing", charts.now_playing),
    (r"movie/upcoming", charts.upcoming),
    (r"(?:tv/popular|discover/tv)", charts.popular_shows),
    (r"tv/top_rated", charts.top_rated_shows),
    (r"tv/airing_today", charts.airing_today),
    (r"tv/on_the_air", charts.on_the_air),
    (r"person/popular", charts.popular_people),
    (r"trending/(?P<kind>movie|tv|all|person)/(?P<window>day|week)", charts.trending),
    (r"search/movie", search.films),
    (r"search/tv", search.shows),
    (r"search/person", search.people),
    (r"search/collection", search.collections),
    (r"search/multi", search.multi),
    (r"find/(?P<external_id>[^/]+)", search.find),
    (rf"movie/{NUMBER}", answers.movie),
    (rf"movie/{NUMBER}/{PART}", answers.movie_part),
    (SEASON, seasons.season),
    (rf"{SEASON}/{PART}", seasons.season_part),
    (EPISODE, seasons.episode),
    (rf"{EPISODE}/{PART}", seasons.episode_part),
    (rf"tv/{NUMBER}", answers.tv),
    (rf"tv/{NUMBER}/{PART}", answers.tv_part),
    (rf"person/{NUMBER}", answers.person),
    (rf"person/{NUMBER}/{PART}", answers.person_part),
    (rf"collection/{NUMBER}", answers.collection),
    (rf"collection/{NUMBER}/{PART}", answers.collection_part),
    (rf"company/{NUMBER}", answers.company),
    (rf"network/{NUMBER}", answers.network),
    (rf"keyword/{NUMBER}", answers.keyword),
)

COMPILED = tuple((re.compile(pattern, re.ASCII), answer) for pattern, answer in ROUTES)


def answer(ask: Ask, path: str) -> Json | list[Json]:
    for pattern, handler in COMPILED:
        match = pattern.fullmatch(path)
        if match:
            named = match.groupdict()
            found: Json | list[Json] = handler(
                ask, **{key: int(text) if key in WHOLE else text for key, text in named.items()}
            )
            return found
    raise NotFoundError
