"""Who did what, as TMDB tells it of films, shows and episodes."""

from collections.abc import Iterator

from catalog.tmdb.shapes.facts import CreditFacts, PersonStub
from catalog.tmdb.shapes.reading import (
    BIG,
    Json,
    dicts,
    number,
    path,
    text,
    unique,
    whole,
)

ACTING = "Acting"


def person_stub(item: Json) -> PersonStub:
    return PersonStub(
        tmdb_id=whole(item, "id", BIG),
        name=text(item, "name", 255) or text(item, "original_name", 255),
        gender=whole(item, "gender", 3),
        known_for=text(item, "known_for_department", 50),
        profile_path=path(item, "profile_path"),
        popularity=number(item, "popularity"),
        adult=item.get("adult") is True,
    )


def credits(data: Json, *, cast: str = "cast", crew: str = "crew") -> tuple[CreditFacts, ...]:
    """From `credits`: one job an entry."""
    people = _cast(data, cast), _crew(data, crew)
    return _usable(credit for group in people for credit in group)


def aggregate_credits(data: Json) -> tuple[CreditFacts, ...]:
    """From `aggregate_credits`: an entry has all of a person's roles or jobs in a show."""
    return _usable(_aggregated(data))


def creators(data: Json) -> tuple[CreditFacts, ...]:
    return _usable(
        _credit(item, department="Creator", job="Creator") for item in dicts(data, "created_by")
    )


def _cast(data: Json, key: str) -> Iterator[CreditFacts]:
    for position, item in enumerate(dicts(data, key)):
        yield _credit(
            item,
            department=ACTING,
            character=text(item, "character", 1000),
            position=whole(item, "order") or position,
        )


def _crew(data: Json, key: str) -> Iterator[CreditFacts]:
    for position, item in enumerate(dicts(data, key)):
        yield _credit(
            item,
            department=text(item, "department", 50) or "Crew",
            job=text(item, "job", 150),
            position=position,
        )


def _aggregated(data: Json) -> Iterator[CreditFacts]:
    for position, item in enumerate(dicts(data, "cast")):
        for role in dicts(item, "roles"):
            yield _credit(
                item | {"credit_id": role.get("credit_id")},
                department=ACTING,
                character=text(role, "character", 1000),
                position=whole(item, "order") or position,
                episode_count=whole(role, "episode_count"),
            )
    for position, item in enumerate(dicts(data, "crew")):
        for job in dicts(item, "jobs"):
            yield _credit(
                item | {"credit_id": job.get("credit_id")},
                department=text(item, "department", 50) or "Crew",
                job=text(job, "job", 150),
                position=position,
                episode_count=whole(job, "episode_count"),
            )


def _credit(
    item: Json,
    *,
    department: str,
    job: str = "",
    character: str = "",
    position: int = 0,
    episode_count: int | None = None,
) -> CreditFacts:
    person = person_stub(item)
    return CreditFacts(
        person=person,
        # Without an id of its own a credit is known by who did what.
        tmdb_id=text(item, "credit_id", 60) or f"{person.tmdb_id} {job or character}"[:60],
        department=department,
        job=job,
        character=character,
        position=position,
        episode_count=episode_count,
    )


def _usable(found: Iterator[CreditFacts]) -> tuple[CreditFacts, ...]:
    known = (credit for credit in found if credit.person.tmdb_id and credit.person.name)
    return unique(known, lambda credit: credit.tmdb_id)
