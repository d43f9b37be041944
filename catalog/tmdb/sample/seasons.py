"""A show's seasons and episodes in TMDB's JSON."""

from collections.abc import Callable, Mapping

from catalog.tmdb.sample import credits, parts, pictures
from catalog.tmdb.sample.asking import Ask, Json, NotFoundError, iso, known
from catalog.tmdb.sample.records import Season, Show
from catalog.tmdb.sample.schedule import Episode, episodes, season_id, seasons


def season(ask: Ask, show_id: int, number: int) -> Json:
    show = known(ask.holdings.shows, show_id)
    found = _season(ask, show, number)
    asked = [part for part in ask.parts if part in SEASON]
    return {**told(ask, show, found), **{part: SEASON[part](ask, show, found) for part in asked}}


def season_part(ask: Ask, show_id: int, number: int, part: str) -> Json:
    show = known(ask.holdings.shows, show_id)
    found = _season(ask, show, number)
    if part not in SEASON:
        raise NotFoundError
    return {"id": season_id(show, found), **SEASON[part](ask, show, found)}


def episode(ask: Ask, show_id: int, number: int, episode_number: int) -> Json:
    show = known(ask.holdings.shows, show_id)
    found = _episode(ask, show, number, episode_number)
    extra: Json = {"crew": [], "guest_stars": []}
    asked = [part for part in ask.parts if part in EPISODE]
    return {
        **brief(ask, found),
        **extra,
        **{part: EPISODE[part](ask, show, found) for part in asked},
    }


def episode_part(ask: Ask, show_id: int, number: int, episode_number: int, part: str) -> Json:
    show = known(ask.holdings.shows, show_id)
    found = _episode(ask, show, number, episode_number)
    if part not in EPISODE:
        raise NotFoundError
    return {"id": found.id, **EPISODE[part](ask, show, found)}


def asked(ask: Ask, show: Show) -> Json:
    """The `season/n` parts of a show's details; a season that is not there is left out."""
    return {
        f"season/{season.number}": told(ask, show, season)
        for season in seasons(show, ask.today)
        if f"season/{season.number}" in ask.parts
    }


def told(ask: Ask, show: Show, season: Season) -> Json:
    made = episodes(show, season, ask.today)
    return {
        "_id": f"sample-tv-{show.id}-season-{season.number}",
        "air_date": _air_date(season, made),
        "episodes": [
            {**brief(ask, one), "show_id": show.id, "crew": [], "guest_stars": []} for one in made
        ],
        "name": season.name,
        "networks": networks(ask, show),
        "overview": ask.english(season.overview),
        "id": season_id(show, season),
        "poster_path": pictures.season_poster(show, season),
        "season_number": season.number,
        "vote_average": 0.0,
    }


def listed(ask: Ask, show: Show, season: Season) -> Json:
    made = episodes(show, season, ask.today)
    return {
        "air_date": _air_date(season, made),
        "episode_count": len(made),
        "id": season_id(show, season),
        "name": season.name,
        "overview": ask.english(season.overview),
        "poster_path": pictures.season_poster(show, season),
        "season_number": season.number,
        "vote_average": 0.0,
    }


def brief(ask: Ask, episode: Episode) -> Json:
    return {
        "air_date": iso(episode.air_date) or None,
        "episode_number": episode.number,
        "episode_type": episode.type,
        "id": episode.id,
        "name": episode.name,
        "overview": ask.english(episode.overview),
        "production_code": "",
        "runtime": episode.runtime,
        "season_number": episode.season,
        "still_path": pictures.address("episode", episode.id, "still"),
        "vote_average": 0.0,
        "vote_count": 0,
    }


def networks(ask: Ask, show: Show) -> list[Json]:
    found = [ask.holdings.networks[one] for one in show.networks if one in ask.holdings.networks]
    return [
        {
            "id": network.id,
            "logo_path": pictures.address("network", network.id, "logo"),
            "name": network.name,
            "origin_country": network.country,
        }
        for network in found
    ]


def _air_date(season: Season, made: tuple[Episode, ...]) -> str | None:
    if season.schedule:
        return season.schedule.start.isoformat()
    return min((iso(one.air_date) for one in made if one.air_date), default=None)


def _season(ask: Ask, show: Show, number: int) -> Season:
    return known({season.number: season for season in seasons(show, ask.today)}, number)


def _episode(ask: Ask, show: Show, number: int, episode_number: int) -> Episode:
    made = episodes(show, _season(ask, show, number), ask.today)
    return known({one.number: one for one in made}, episode_number)


def _season_credits(ask: Ask, show: Show, season: Season) -> Json:
    return credits.season_credits(ask, show)


def _season_images(ask: Ask, show: Show, season: Season) -> Json:
    return {"posters": [parts.image(pictures.season_poster(show, season), "poster", "en")]}


def _episode_credits(ask: Ask, show: Show, episode: Episode) -> Json:
    return {**credits.season_credits(ask, show), "guest_stars": []}


def _episode_images(ask: Ask, show: Show, episode: Episode) -> Json:
    return {"stills": [parts.image(pictures.address("episode", episode.id, "still"), "still")]}


SEASON: Mapping[str, Callable[[Ask, Show, Season], Json]] = {
    "credits": _season_credits,
    "images": _season_images,
}

EPISODE: Mapping[str, Callable[[Ask, Show, Episode], Json]] = {
    "credits": _episode_credits,
    "images": _episode_images,
}
