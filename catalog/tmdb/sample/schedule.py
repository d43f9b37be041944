"""Seasons and their episodes: those the facts list, and those a schedule makes around today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from catalog.tmdb.sample.records import Schedule, ScriptedEpisode, Season, Show

AROUND = timedelta(days=21)
SHOW_ROOM = 100_000
SEASON_ROOM = 1_000
# Scheduled ids count days in the upper half of a show's room, where no listed episode reaches.
SCHEDULED_FROM = 50_000
DAY_ZERO = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Episode:
    id: int
    season: int
    number: int
    name: str
    overview: str
    air_date: date | None
    runtime: int | None
    type: str = "standard"


def season_id(show: Show, season: Season) -> int:
    return show.id * SEASON_ROOM + season.number


def seasons(show: Show, today: date) -> tuple[Season, ...]:
    """A yearly one as it is called today, and at the turn of its year as both that meet."""
    found = [running for season in show.seasons for running in _running(season, today)]
    return tuple(sorted(found, key=lambda season: season.number))


def season_by_number(show: Show, number: int) -> Season | None:
    """Any season there was or will be, whatever today is."""
    for season in show.seasons:
        if season.number == number:
            return season
        if season.schedule and season.schedule.yearly:
            return _turned(season, season.schedule, number - season.number)
    return None


def show_of_episode(episode_id: int) -> int:
    return episode_id // SHOW_ROOM


def episodes(show: Show, season: Season, today: date) -> tuple[Episode, ...]:
    if season.schedule:
        return tuple(_scheduled(show, season, season.schedule, today))
    return tuple(_scripted(show, season))


def episode_by_id(show: Show, episode_id: int, today: date) -> Episode | None:
    rest = episode_id % SHOW_ROOM
    aired = DAY_ZERO + timedelta(days=rest - SCHEDULED_FROM)
    asked = aired if rest >= SCHEDULED_FROM else today
    made = (one for season in seasons(show, asked) for one in episodes(show, season, asked))
    return next((one for one in made if one.id == episode_id), None)


def regular(show: Show, today: date) -> tuple[Episode, ...]:
    """Every dated episode outside the specials, in the order of airing."""
    aired = [
        episode
        for season in seasons(show, today)
        if season.number
        for episode in episodes(show, season, today)
        if episode.air_date
    ]
    return tuple(sorted(aired, key=lambda episode: (str(episode.air_date), episode.id)))


def last_to_air(show: Show, today: date) -> Episode | None:
    past = [episode for episode in regular(show, today) if _by(episode, today)]
    return past[-1] if past else None


def next_to_air(show: Show, today: date) -> Episode | None:
    coming = (episode for episode in regular(show, today) if not _by(episode, today))
    return next(coming, None)


def airs_between(show: Show, first: date, last: date, today: date) -> bool:
    return any(
        episode.air_date and first <= episode.air_date <= last for episode in regular(show, today)
    )


def number_on(plan: Schedule, day: date) -> int:
    """Which programme this day's is, the first one after `start` being number 1."""
    weeks, rest = divmod((day - plan.start).days + 1, 7)
    first = plan.start.weekday()
    begun = sum((first + offset) % 7 in plan.weekdays for offset in range(rest))
    return weeks * len(plan.weekdays) + begun


def _by(episode: Episode, today: date) -> bool:
    return episode.air_date is not None and episode.air_date <= today


def _running(season: Season, today: date) -> Iterator[Season]:
    plan = season.schedule
    if not (plan and plan.yearly):
        yield season
        return
    for turn in sorted({_turn(plan, today - AROUND), _turn(plan, today + AROUND)}):
        yield _turned(season, plan, turn)


def _turn(plan: Schedule, day: date) -> int:
    """How many years after its first season a yearly programme's day lies."""
    before = (day.month, day.day) < (plan.start.month, plan.start.day)
    return day.year - plan.start.year - before


def _turned(season: Season, plan: Schedule, turn: int) -> Season:
    start = plan.start.replace(year=plan.start.year + turn)
    number = season.number + turn
    called, becomes = season.number, number
    if str(plan.start.year) in season.name:
        called, becomes = plan.start.year, start.year
    name = season.name.replace(str(called), str(becomes))
    return replace(season, number=number, name=name, schedule=replace(plan, start=start))


def _scripted(show: Show, season: Season) -> Iterator[Episode]:
    followed = 0 < season.number < show.seasons[-1].number
    for number, told in enumerate(season.episodes, start=1):
        closing = number == len(season.episodes)
        # The facts may hold only the first episodes of the last season they list.
        final = closing and (followed or told.air_date == show.last_air_date)
        yield _told(show, season, number, told, "finale" if final else "standard")


def _told(show: Show, season: Season, number: int, told: ScriptedEpisode, type_: str) -> Episode:
    return Episode(
        id=show.id * SHOW_ROOM + season.number * SEASON_ROOM + number,
        season=season.number,
        number=number,
        name=told.name,
        overview=told.overview,
        air_date=told.air_date,
        runtime=told.runtime,
        type=type_,
    )


def _scheduled(show: Show, season: Season, plan: Schedule, today: date) -> Iterator[Episode]:
    day = max(today - AROUND, plan.start)
    while day <= today + AROUND and not (plan.yearly and _turn(plan, day)):
        if day.weekday() in plan.weekdays:
            yield _on(show, season, plan, day)
        day += timedelta(days=1)


def _on(show: Show, season: Season, plan: Schedule, day: date) -> Episode:
    number = number_on(plan, day)
    return Episode(
        id=show.id * SHOW_ROOM + SCHEDULED_FROM + (day - DAY_ZERO).days,
        season=season.number,
        number=number,
        name=plan.name or f"Episode {number}",
        overview=plan.overview,
        air_date=day,
        runtime=plan.runtime,
    )
