"""What the pages of a title, a season and an episode say to machines, in schema.org's words."""

from typing import Any

from django.conf import settings

from catalog.models import Episode, Person, Season, Title
from catalog.templatetags.catalog import picture_address

Linked = dict[str, Any]


def title(title: Title, told: dict[str, Any]) -> Linked:
    """From what its page tells."""
    kind = "Movie" if title.is_movie else "TVSeries"
    makers = {made.job: made.people for made in told["makers"]}
    return (
        {"@context": "https://schema.org"}
        | _named(title, kind)
        | _known(
            name=title.words.name,
            alternateName=title.original_name if title.original_name != title.words.name else "",
            description=title.words.overview,
            image=title.poster_path and picture_address(title.poster_path, "w500"),
            datePublished=title.release_date,
            duration=title.runtime and f"PT{title.runtime}M",
            numberOfSeasons=title.season_count or None,
            numberOfEpisodes=title.episode_count or None,
            contentRating=told["where"].certification,
            genre=[genre.name for genre in told["terms"]["genres"]],
            actor=[_named(billed.person, "Person") for billed in told["cast"]],
            director=[_named(person, "Person") for person in makers.get("Director", ())],
            creator=[_named(person, "Person") for person in makers.get("Creator", ())],
            aggregateRating=_rating(title),
        )
    )


def season(season: Season, episodes: int) -> Linked:
    told = _part_of_show(season, season.title, "TVSeason")
    return told | _known(
        seasonNumber=season.number,
        numberOfEpisodes=episodes,
        startDate=season.air_date,
        image=season.poster_path and picture_address(season.poster_path, "w500"),
    )


def episode(episode: Episode) -> Linked:
    season = episode.season
    told = _part_of_show(episode, season.title, "TVEpisode")
    return told | _known(
        episodeNumber=episode.number,
        partOfSeason=_named(season, "TVSeason") | {"seasonNumber": season.number},
        datePublished=episode.air_date,
        duration=episode.runtime and f"PT{episode.runtime}M",
        image=episode.still_path and picture_address(episode.still_path, "w1280"),
        aggregateRating=_rating(episode),
    )


def _part_of_show(thing: Season | Episode, show: Title, kind: str) -> Linked:
    series = _named(show, "TVSeries") | {"name": show.words.name}
    told = {"@context": "https://schema.org"} | _named(thing, kind) | {"partOfSeries": series}
    return told | _known(description=thing.overview)


def _named(thing: Title | Season | Episode | Person, kind: str) -> Linked:
    address = f"{settings.SITE_URL}{thing.get_absolute_url()}"
    return {"@type": kind, "name": str(thing), "url": address}


def _rating(thing: Title | Episode) -> Linked | None:
    if not thing.vote_count or not thing.vote_average:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": round(thing.vote_average, 1),
        "ratingCount": thing.vote_count,
        "bestRating": 10,
    }


def _known(**facts: Any) -> Linked:
    """Without what there is nothing to say about; a number may be zero."""
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}
