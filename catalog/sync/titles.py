"""Films and shows: facts -> rows, many titles in one short transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.models import Genre, Title
from catalog.sync.ages import STUB_DAYS, ask_again
from catalog.sync.art import keep_art
from catalog.sync.index import index_titles
from catalog.sync.locks import HIDING, keep_locked
from catalog.sync.merging import forget_merged, merge_twins
from catalog.sync.names import name_collections
from catalog.sync.parts import store_parts
from catalog.sync.people import hold_people
from catalog.sync.rows import Values, write
from catalog.sync.seasons import store_seasons
from catalog.sync.telling import tell
from catalog.sync.terms import store_terms
from catalog.tmdb.shapes import PersonStub, TitleFacts, TitleStub

# The average that a title without votes is taken to have, and how many votes that belief is worth.
PRIOR_AVERAGE, PRIOR_VOTES = 6.2, 300

Ref = tuple[str, int]
PLAIN = [
    f.name for f in fields(TitleFacts) if f.name in {c.attname for c in Title._meta.concrete_fields}
]
STUB = [f.name for f in fields(TitleStub) if f.name in PLAIN]

KEY = ("kind", "tmdb_id")
# What a row has besides.
DERIVED = (
    "collection_id",
    "year",
    "score",
    "fetched_at",
    "refresh_at",
    "details_at",
    "hidden_at",
)
# And one that is known from lists.
FILLED = ("year", "score", "fetched_at")


# An editor keeps it on the site: whether TMDB has it again is asked once in so long.
DROPPED_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Held:
    """What a title's row says before it is written: since when there are details, for one."""

    details_at: datetime | None
    hidden_at: datetime | None
    locked: list[str]


@dataclass(frozen=True, slots=True)
class Stored:
    created: int
    updated: int


def store_titles(facts: Sequence[TitleFacts]) -> Stored:
    """Write these titles whole: after it each says what TMDB says, or none of them has changed."""
    now = timezone.now()
    stubs = [link.to for f in facts for link in f.links]
    with transaction.atomic():
        store_terms(facts, stubs, now)
        hold_people(_everybody(facts), now)
        held = _held(facts)
        ids = _write_titles(facts, stubs, held, now)
        forget_merged([ids[ref] for ref, was in held.items() if was.hidden_at])
        store_parts(facts, ids)
        store_seasons([f for f in facts if f.seasons is not None], ids, now)
        index_titles([ids[f.kind, f.tmdb_id] for f in facts])
        name_collections({f.collection.tmdb_id for f in facts if f.collection})
        merge_twins({f.imdb_id for f in facts})
        tell(*(f"{f.kind}/{f.tmdb_id}" for f in facts))
    with transaction.atomic():
        # By itself: to wait for these while holding the others' rows would lock two runs up.
        _fill(stubs, now)
    known = sum(was.details_at is not None for was in held.values())
    created = len({(f.kind, f.tmdb_id) for f in facts}) - known
    return Stored(created=created, updated=len(facts) - created)


def store_stubs(stubs: Sequence[TitleStub]) -> dict[Ref, int]:
    """See that there is a row for each; what is held already knows better than a list does.

    Unless it is known by name alone.
    """
    now = timezone.now()
    with transaction.atomic():
        store_terms((), stubs, now)
        ids = _write_titles((), stubs, {}, now)
        _fill(stubs, now)
    return ids


def fresh_ids(kind: str, tmdb_ids: Collection[int]) -> set[int]:
    """Those of them that are held in full and need not be asked about yet."""
    held = Title.objects.visible().with_details().filter(kind=kind, tmdb_id__in=tmdb_ids)
    fresh = held.filter(refresh_at__gt=timezone.now())
    return set(fresh.values_list("tmdb_id", flat=True))


def hide_title(kind: str, tmdb_id: int) -> int:
    """TMDB has dropped it. Members' history of it stays, so the row does.

    What it was made one with, if anything, is looked for in the next comparison of the ids.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = Title.objects.filter(kind=kind, tmdb_id=tmdb_id)
        title = rows.select_for_update().first()
        if title is None:
            return 0
        asked = {"fetched_at": now}
        if title.hidden_at or HIDING in title.locked:
            rows.update(**asked, refresh_at=None if title.hidden_at else now + DROPPED_AGAIN)
            return 0
        rows.update(**asked, hidden_at=now, refresh_at=now if title.imdb_id else None)
        index_titles([title.pk])
        tell(f"{kind}/{tmdb_id}")
        merge_twins([title.imdb_id])
        return 1


def weighted_score(average: float, votes: int) -> float:
    """The average as it would be, had everybody's belief in PRIOR_AVERAGE been voted, too."""
    return (average * votes + PRIOR_AVERAGE * PRIOR_VOTES) / (votes + PRIOR_VOTES)


def _everybody(facts: Sequence[TitleFacts]) -> Iterator[PersonStub]:
    for f in facts:
        yield from (credit.person for credit in f.credits)
        for season in f.seasons or ():
            for episode in season.episodes or ():
                yield from (credit.person for credit in episode.credits)


def _held(facts: Sequence[TitleFacts]) -> dict[Ref, Held]:
    """Those that are here."""
    rows = Title.objects.filter(
        kind__in={f.kind for f in facts}, tmdb_id__in=[f.tmdb_id for f in facts]
    )
    wanted = {(f.kind, f.tmdb_id) for f in facts}
    held = rows.values_list("kind", "tmdb_id", "details_at", "hidden_at", "locked")
    return {(kind, pk): Held(*rest) for kind, pk, *rest in held if (kind, pk) in wanted}


def _write_titles(
    facts: Sequence[TitleFacts],
    stubs: Sequence[TitleStub],
    held: dict[Ref, Held],
    now: datetime,
) -> dict[Ref, int]:
    """First what is new, then what is told in full, each time in order: no deadlock."""
    listed = {(s.kind, s.tmdb_id): s for s in stubs}
    told = {(f.kind, f.tmdb_id): _from_facts(f, held, now) for f in facts}
    keep_art(told)
    keep_locked(told, {ref: was.locked for ref, was in held.items() if was.locked})
    known = ids_of([*listed, *told])
    new = {ref: _from_stub(stub, now) for ref, stub in listed.items() if ref not in known}
    new |= {ref: row for ref, row in told.items() if ref not in known}
    write(Title, new.values(), key=KEY, fields=())
    write(Title, told.values(), key=KEY, fields=[n for n in (*PLAIN, *DERIVED) if n not in KEY])
    ids = known | ids_of(ref for ref in new)
    _file({ids[ref]: listed[ref] for ref in new if ref not in told})
    index_titles([ids[ref] for ref in new if ref not in told])
    return ids


def _fill(stubs: Iterable[TitleStub], now: datetime) -> None:
    """What the exports know by name alone, lists tell more of: they name a language."""
    listed = {(s.kind, s.tmdb_id): s for s in stubs if s.original_language_id}
    bare = ids_of(listed, details_at=None, original_language=None)
    if bare:
        rows = {ref: _from_stub(listed[ref], now) for ref in bare}
        keep_locked(rows, _locked(bare.values()))
        write(Title, rows.values(), key=KEY, fields=[n for n in (*STUB, *FILLED) if n not in KEY])
        _file({pk: listed[ref] for ref, pk in bare.items()})
        index_titles(list(bare.values()))


def _locked(ids: Iterable[int]) -> dict[Ref, list[str]]:
    rows = Title.objects.filter(pk__in=list(ids)).exclude(locked=[])
    return {
        (kind, pk): locked for kind, pk, locked in rows.values_list("kind", "tmdb_id", "locked")
    }


def _file(stubs: dict[int, TitleStub]) -> None:
    """Under the genres that have a name here."""
    wanted = {genre for stub in stubs.values() for genre in stub.genre_ids}
    named = set(Genre.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rows = (
        {"title_id": pk, "genre_id": genre}
        for pk, stub in stubs.items()
        for genre in named.intersection(stub.genre_ids)
    )
    write(Title.genres.through, rows, key=("title_id", "genre_id"), fields=())


def ids_of(refs: Iterable[Ref], **conditions: Any) -> dict[Ref, int]:
    """The primary keys of those that have such a row."""
    wanted: dict[str, list[int]] = {}
    for kind, tmdb_id in refs:
        wanted.setdefault(kind, []).append(tmdb_id)
    return {
        (kind, tmdb_id): pk
        for kind, ids in wanted.items()
        for pk, tmdb_id in Title.objects.filter(
            kind=kind, tmdb_id__in=ids, **conditions
        ).values_list("pk", "tmdb_id")
    }


def _from_facts(facts: TitleFacts, held: dict[Ref, Held], now: datetime) -> Values:
    was = held.get((facts.kind, facts.tmdb_id))
    return {name: getattr(facts, name) for name in PLAIN} | {
        "collection_id": facts.collection.tmdb_id if facts.collection else None,
        "year": facts.release_date.year if facts.release_date else None,
        "score": weighted_score(facts.vote_average, facts.vote_count),
        "fetched_at": now,
        "refresh_at": ask_again(facts, now),
        "details_at": was.details_at if was and was.details_at else now,
        "hidden_at": None,
    }


def _from_stub(stub: TitleStub, now: datetime) -> Values:
    return {name: getattr(stub, name) for name in STUB} | {
        "year": stub.release_date.year if stub.release_date else None,
        "score": weighted_score(stub.vote_average, stub.vote_count),
        "fetched_at": now,
        "refresh_at": now + timedelta(days=STUB_DAYS),
    }
