"""People: as they stand in credits, and with a life of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models import Name, Person
from catalog.sync.ages import PERSON_DAYS, STUB_DAYS
from catalog.sync.names import name_people
from catalog.sync.rows import hold
from catalog.sync.telling import arrived, tell
from catalog.tmdb.shapes import PersonFacts, PersonStub

STUB = tuple(field.name for field in fields(PersonStub))
# What TMDB does not say of the creators of a show.
UNSAID = ("known_for", "popularity", "adult")


def hold_people(stubs: Iterable[PersonStub], now: datetime) -> None:
    """See that everybody who is credited has a row, with the name and portrait of today."""
    people: dict[int, PersonStub] = {}
    for stub in stubs:
        if stub.known_for or stub.tmdb_id not in people:
            people[stub.tmdb_id] = stub
    unsaid = [stub.tmdb_id for stub in people.values() if not stub.known_for]
    held = {row["pk"]: row for row in Person.objects.filter(pk__in=unsaid).values("pk", *UNSAID)}
    rows = (
        {name: held.get(pk, {}).get(name, getattr(stub, name)) for name in STUB}
        | {"fetched_at": now, "refresh_at": now + timedelta(days=STUB_DAYS)}
        for pk, stub in people.items()
    )
    name_people(hold(Person, rows, fields=[name for name in STUB if name != "tmdb_id"]))


def store_people(facts: Sequence[PersonFacts]) -> None:
    now = timezone.now()
    again = now + timedelta(days=PERSON_DAYS)
    ids = [person.tmdb_id for person in facts]
    with transaction.atomic():
        # In order: who stores the same people waits, and locks nobody out.
        for person in sorted(facts, key=lambda person: person.tmdb_id):
            values = asdict(person) | {"also_known_as": list(person.also_known_as)}
            Person.objects.update_or_create(
                tmdb_id=values.pop("tmdb_id"),
                defaults=values | {"fetched_at": now, "refresh_at": again, "hidden_at": None},
            )
        Person.objects.filter(pk__in=ids).update(details_at=Coalesce("details_at", now))
        name_people(ids)
        tell()
        arrived(*(f"person/{pk}" for pk in ids))


def hide_person(tmdb_id: int) -> int:
    with transaction.atomic():
        Name.objects.filter(person=tmdb_id).delete()
        tell()
        now = timezone.now()
        hidden = Person.objects.visible().filter(pk=tmdb_id).update(hidden_at=now)
        Person.objects.filter(pk=tmdb_id).update(fetched_at=now)
        return hidden
