"""One object of a facts file -> one record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalog.tmdb.sample.records import (
    Cast,
    Collection,
    Company,
    Crew,
    Fact,
    Film,
    Kind,
    Person,
    Provider,
    Schedule,
    ScriptedEpisode,
    Season,
    Show,
    Translation,
    day,
)

# A schedule that says nothing about its beginning is counted from a day that never moves.
SCHEDULES_START = date(2000, 1, 1)


def film(fact: Fact) -> Film:
    return Film(
        **_title(fact, "movie"),
        runtime=fact.get("runtime") or 0,
        collection=fact.get("collection"),
        budget=fact.get("budget") or 0,
        revenue=fact.get("revenue") or 0,
    )


def show(fact: Fact) -> Show:
    first = day(fact.get("first_air_date"))
    return Show(
        **_title(fact, "tv"),
        tvdb_id=fact.get("tvdb_id"),
        last_air_date=day(fact.get("last_air_date")),
        type=fact.get("type") or "Scripted",
        networks=tuple(fact.get("networks") or ()),
        created_by=tuple(fact.get("created_by") or ()),
        seasons=tuple(sorted(_seasons(fact, first), key=lambda season: season.number)),
    )


def _title(fact: Fact, kind: Kind) -> dict[str, Any]:
    name = fact.get("title") or fact.get("name") or ""
    original = fact.get("original_title") or fact.get("original_name") or name
    return {
        "kind": kind,
        "id": fact["id"],
        "imdb_id": fact.get("imdb_id"),
        "name": name,
        "original_name": original,
        "original_language": fact.get("original_language") or "en",
        "released": day(fact.get("release_date") or fact.get("first_air_date")),
        "status": fact.get("status") or "",
        "tagline": fact.get("tagline") or "",
        "overview": fact.get("overview") or "",
        "vote_average": float(fact.get("vote_average") or 0),
        "vote_count": fact.get("vote_count") or 0,
        "popularity": float(fact.get("popularity") or 0),
        **_ties(fact, kind),
    }


def _ties(fact: Fact, kind: Kind) -> dict[str, Any]:
    key = f"sample-{kind}-{fact['id']}"
    return {
        "genres": tuple(fact.get("genres") or ()),
        "countries": tuple(fact.get("countries") or ()),
        "spoken": tuple(fact.get("spoken") or ()),
        "companies": tuple(fact.get("companies") or ()),
        "keywords": tuple(fact.get("keywords") or ()),
        "cast": tuple(_cast(fact.get("cast") or (), key)),
        "crew": tuple(_crew(fact.get("crew") or (), key)),
        "certifications": dict(fact.get("certifications") or {}),
        "translations": {
            language: _translation(told)
            for language, told in (fact.get("translations") or {}).items()
        },
        "alternative_titles": tuple(
            (row[0], row[1]) for row in fact.get("alternative_titles") or ()
        ),
    }


def _cast(rows: Iterable[list[Any]], key: str) -> Iterable[Cast]:
    for order, (person, character, *episodes) in enumerate(rows):
        yield Cast(person, character or "", _count(episodes), f"{key}-cast-{order}", order)


def _crew(rows: Iterable[list[Any]], key: str) -> Iterable[Crew]:
    for order, (person, job, *episodes) in enumerate(rows):
        yield Crew(person, job, _count(episodes), f"{key}-crew-{order}")


def _count(episodes: list[int | None]) -> int:
    return (episodes[0] or 0) if episodes else 0


def _translation(told: Fact) -> Translation:
    title = told.get("title") or told.get("name") or ""
    return Translation(title, told.get("overview") or "", told.get("tagline") or "")


def _seasons(fact: Fact, first: date | None) -> Iterable[Season]:
    for season in fact.get("seasons") or ():
        number = season["number"]
        yield Season(
            number=number,
            name=season.get("name") or (f"Season {number}" if number else "Specials"),
            overview=season.get("overview") or "",
            episodes=tuple(_episode(*row) for row in season.get("episodes") or ()),
            schedule=_schedule(season, first) if season.get("schedule") else None,
        )


def _episode(
    name: str, air_date: str | None = None, runtime: int | None = None, overview: str | None = None
) -> ScriptedEpisode:
    return ScriptedEpisode(name, day(air_date), runtime, overview or "")


def _schedule(season: Fact, first: date | None) -> Schedule:
    facts = season["schedule"]
    start = day(facts.get("start")) or _new_year(season.get("name") or "")
    return Schedule(
        weekdays=tuple(sorted(set(facts["weekdays"]))),
        name=facts.get("name") or "",
        runtime=facts.get("runtime"),
        overview=facts.get("overview") or "",
        start=start or first or SCHEDULES_START,
        yearly=start is not None,
    )


def _new_year(name: str) -> date | None:
    """Where a season called `2026` begins."""
    return date(int(name), 1, 1) if len(name) == 4 and name.isdecimal() else None


def person(fact: Fact) -> Person:
    return Person(
        id=fact["id"],
        imdb_id=fact.get("imdb_id"),
        name=fact.get("name") or "",
        also_known_as=tuple(fact.get("also_known_as") or ()),
        gender=fact.get("gender") or 0,
        birthday=day(fact.get("birthday")),
        deathday=day(fact.get("deathday")),
        place_of_birth=fact.get("place_of_birth"),
        department=fact.get("department") or "Acting",
        popularity=float(fact.get("popularity") or 0),
        biography=fact.get("biography") or "",
    )


def collection(fact: Fact) -> Collection:
    return Collection(fact["id"], fact.get("name") or "", fact.get("overview") or "")


def company(fact: Fact) -> Company:
    return Company(fact["id"], fact.get("name") or "", fact.get("country") or "")


def provider(fact: Fact) -> Provider:
    told = Provider(
        id=fact["id"],
        name=fact.get("name") or "",
        priority=fact.get("priority") or 0,
        regions=tuple(fact.get("regions") or ()),
    )
    kinds = tuple(fact.get("kinds") or told.kinds)
    return Provider(told.id, told.name, told.priority, told.regions, kinds)
