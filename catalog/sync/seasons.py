"""Seasons and episodes. What TMDB drops is hidden: members may have seen it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from catalog.models import Episode, EpisodeCredit, Season
from catalog.sync.ages import ask_again
from catalog.sync.rows import Values, replace, write
from catalog.tmdb.shapes import EpisodeFacts, SeasonFacts, TitleFacts

Ref = tuple[str, int]
# A season by its show and number.
SeasonRef = tuple[int, int]
# By its season's key: the episodes that TMDB tells, and when to ask again.
Told = dict[int, tuple[tuple[EpisodeFacts, ...], datetime]]

AGE = ("fetched_at", "refresh_at", "hidden_at")
SEASON = tuple(f.name for f in fields(SeasonFacts) if f.name != "episodes")
EPISODE = tuple(f.name for f in fields(EpisodeFacts) if f.name != "credits")


def store_seasons(facts: Sequence[TitleFacts], ids: dict[Ref, int], now: datetime) -> None:
    shows = {ids[f.kind, f.tmdb_id]: f for f in facts}
    seasons = _write_seasons(shows, now)
    told = {
        seasons[pk, season.number]: (season.episodes, ask_again(f, now))
        for pk, f in shows.items()
        for season in f.seasons or ()
        if season.episodes is not None
    }
    episodes = _write_episodes(told, now)
    _hide_the_rest(shows, seasons, told, now)
    replace(
        EpisodeCredit,
        _credits(episodes),
        parent="episode_id",
        parents=[episode.tmdb_id for episode in episodes],
        key=("episode_id", "tmdb_id"),
    )


def _write_seasons(shows: dict[int, TitleFacts], now: datetime) -> dict[SeasonRef, int]:
    """The keys of all seasons held of these shows."""
    write(
        Season,
        [_season(pk, s, f, now) for pk, f in shows.items() for s in f.seasons or ()],
        key=("title_id", "number"),
        fields=[name for name in (*SEASON, *AGE) if name != "number"],
    )
    held = Season.objects.filter(title__in=shows).values_list("pk", "title", "number")
    return {(title, number): pk for pk, title, number in held}


def _write_episodes(told: Told, now: datetime) -> list[EpisodeFacts]:
    """Each once: what TMDB tells in two seasons belongs to the first of them."""
    once: dict[int, EpisodeFacts] = {}
    rows = []
    for season, (episodes, again) in told.items():
        for episode in episodes:
            if once.setdefault(episode.tmdb_id, episode) is episode:
                rows.append(_episode(season, episode, again, now))
    write(
        Episode,
        rows,
        key=("tmdb_id",),
        fields=[*(name for name in EPISODE if name != "tmdb_id"), *AGE, "season_id"],
    )
    return list(once.values())


def _hide_the_rest(
    shows: dict[int, TitleFacts],
    seasons: dict[SeasonRef, int],
    told: Told,
    now: datetime,
) -> None:
    named = {(pk, season.number) for pk, f in shows.items() for season in f.seasons or ()}
    gone = [pk for ref, pk in seasons.items() if ref not in named]
    kept = [episode.tmdb_id for episodes, _ in told.values() for episode in episodes]
    Season.objects.visible().filter(pk__in=gone).update(hidden_at=now)
    dropped = Episode.objects.visible().filter(season__in=[*told, *gone]).exclude(pk__in=kept)
    dropped.update(hidden_at=now)


def _season(title: int, season: SeasonFacts, show: TitleFacts, now: datetime) -> Values:
    told = {name: getattr(season, name) for name in SEASON}
    return told | _age(ask_again(show, now), now) | {"title_id": title}


def _episode(season: int, episode: EpisodeFacts, again: datetime, now: datetime) -> Values:
    told = {name: getattr(episode, name) for name in EPISODE}
    return told | _age(again, now) | {"season_id": season}


def _age(again: datetime, now: datetime) -> Values:
    return {"fetched_at": now, "refresh_at": again, "hidden_at": None}


def _credits(episodes: Sequence[EpisodeFacts]) -> Iterator[Values]:
    for episode in episodes:
        for credit in episode.credits:
            yield {
                "episode_id": episode.tmdb_id,
                "person_id": credit.person.tmdb_id,
                "tmdb_id": credit.tmdb_id,
                "department": credit.department,
                "job": credit.job,
                "character": credit.character,
                "position": credit.position,
            }
