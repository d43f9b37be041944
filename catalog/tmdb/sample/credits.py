"""Who made a title, and what a person has made."""

from collections.abc import Iterable, Iterator
from typing import Any

from catalog.tmdb.sample import items
from catalog.tmdb.sample.asking import Ask, Json
from catalog.tmdb.sample.holdings import Work
from catalog.tmdb.sample.names import DEPARTMENTS
from catalog.tmdb.sample.records import Cast, Crew, Kind, Person, Show, Title
from catalog.tmdb.sample.schedule import regular


def credits(ask: Ask, title: Title) -> Json:
    return {
        "cast": [_cast(person, row) for person, row in _known(ask, title.cast)],
        "crew": [_crew(person, row) for person, row in _known(ask, title.crew)],
    }


def film_credits(ask: Ask, title: Title) -> Json:
    """A film's cast carries a `cast_id` besides."""
    answer = credits(ask, title)
    for row in answer["cast"]:
        row["cast_id"] = row["order"] + 1
    return answer


def aggregate_credits(ask: Ask, show: Show) -> Json:
    cast: dict[int, Json] = {}
    for person, row in _known(ask, show.cast):
        role = {"character": row.character}
        _add(cast.setdefault(person.id, {**items.person(person), "roles": []}), "roles", row, role)
        cast[person.id].setdefault("order", row.order)
    crew: dict[tuple[int, str], Json] = {}
    for person, row in _known(ask, show.crew):
        key = (person.id, department(row.job))
        member = crew.setdefault(key, {**items.person(person), "jobs": [], "department": key[1]})
        _add(member, "jobs", row, {"job": row.job})
    return {"cast": list(cast.values()), "crew": list(crew.values())}


def season_credits(ask: Ask, show: Show) -> Json:
    """The regulars: the facts count episodes for the whole show, not for a season."""
    number = len(regular(show, ask.today))
    regulars = [row for row in show.cast if row.episodes * 2 >= number]
    cast = [_cast(person, row) for person, row in _known(ask, regulars)]
    return {"cast": cast, "crew": []}


def created_by(ask: Ask, show: Show) -> list[Json]:
    people = [ask.holdings.people[one] for one in show.created_by if one in ask.holdings.people]
    return [
        {
            "id": person.id,
            "credit_id": f"sample-tv-{show.id}-creator-{order}",
            "name": person.name,
            "original_name": person.name,
            "gender": person.gender,
            "profile_path": items.person(person)["profile_path"],
        }
        for order, person in enumerate(people)
    ]


def combined_credits(ask: Ask, person: Person) -> Json:
    works = ask.holdings.works.get(person.id, ())
    cast, crew = _played(ask, works), _worked(ask, works)
    return {"cast": list(cast), "crew": list(crew)}


def movie_credits(ask: Ask, person: Person) -> Json:
    return _of_kind(combined_credits(ask, person), "movie")


def tv_credits(ask: Ask, person: Person) -> Json:
    return _of_kind(combined_credits(ask, person), "tv")


def department(job: str) -> str:
    return DEPARTMENTS.get(job, "Crew")


def _known(ask: Ask, rows: Iterable[Any]) -> Iterator[tuple[Person, Any]]:
    for row in rows:
        if row.person in ask.holdings.people:
            yield ask.holdings.people[row.person], row


def _cast(person: Person, row: Cast) -> Json:
    return {
        **items.person(person),
        "character": row.character,
        "credit_id": row.credit_id,
        "order": row.order,
    }


def _crew(person: Person, row: Crew) -> Json:
    return {
        **items.person(person),
        "credit_id": row.credit_id,
        "department": department(row.job),
        "job": row.job,
    }


def _add(member: Json, key: str, row: Cast | Crew, part: Json) -> None:
    member[key].append({"credit_id": row.credit_id, **part, "episode_count": row.episodes})
    member["total_episode_count"] = member.get("total_episode_count", 0) + row.episodes


def _played(ask: Ask, works: Iterable[Work]) -> Iterator[Json]:
    for work in works:
        if isinstance(work.credit, Cast):
            part = {"character": work.credit.character, "credit_id": work.credit.credit_id}
            order = {"order": work.credit.order} if work.title.kind == "movie" else {}
            yield {**items.mixed(ask, work.title), **part, **order, **_length(work)}


def _worked(ask: Ask, works: Iterable[Work]) -> Iterator[Json]:
    for work in works:
        if isinstance(work.credit, Crew):
            job = work.credit.job
            part = {"credit_id": work.credit.credit_id, "department": department(job), "job": job}
            yield {**items.mixed(ask, work.title), **part, **_length(work)}


def _length(work: Work) -> Json:
    return {"episode_count": work.credit.episodes} if work.title.kind == "tv" else {}


def _of_kind(combined: Json, kind: Kind) -> Json:
    return {
        key: [
            {name: value for name, value in row.items() if name != "media_type"}
            for row in rows
            if row["media_type"] == kind
        ]
        for key, rows in combined.items()
    }
