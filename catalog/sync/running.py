"""Running errands: what is wanted most is asked first, by as many workers as there are slots."""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from catalog.models import Errand, SyncRun, Urgency
from catalog.sync import diary, errands
from catalog.sync.asking import Answer, Stopped, ask_all, unheard
from catalog.sync.diary import Progress, silent
from catalog.sync.errands import Ref
from catalog.sync.runs import BATCH, Subject, collection_subject, person_subject, title_subject
from catalog.tmdb import TMDB, Busy, Down, Lane, NotFound, Refused, Spent, TMDBError, Unanswered
from cinehub.work import live
from cinehub.work.ending import is_ending
from cinehub.work.models import Claim

log = logging.getLogger(__name__)

# So many are taken at once: some seconds' work, and what a killed worker leaves for later.
AT_ONCE = 100
# Nobody has a worker for longer: who has not finished queues for another turn.
SECONDS = 4 * 60
# What is being seen to is said so often, and the slot of who is silent is free again.
RENEW_SECONDS = 10
SLOT_SECONDS = 60

Clients = Callable[[Lane], TMDB]

SUBJECTS: dict[str, Callable[[TMDB], Subject[Any, Any]]] = {
    Errand.Kind.MOVIE: title_subject,
    Errand.Kind.TV: title_subject,
    Errand.Kind.PERSON: person_subject,
    Errand.Kind.COLLECTION: collection_subject,
}


@dataclass
class Tally:
    """What a turn of running brought."""

    done: int = 0
    hidden: int = 0
    failed: int = 0
    # Why TMDB was asked no further, if it was for that.
    stopped: str = ""
    has_more: bool = False


class Slot:
    """One of the few that may run errands at once; it is free again when its owner is silent."""

    def __init__(self) -> None:
        self.owner = uuid.uuid4().hex
        self.name = next(filter(self._take, map("errands {}".format, self._numbers())), "")

    def keep(self) -> None:
        self._take(self.name)

    def leave(self) -> None:
        Claim.objects.leave(self.name, owner=self.owner)

    def _take(self, name: str) -> bool:
        return Claim.objects.take(name, seconds=SLOT_SECONDS, owner=self.owner)

    @staticmethod
    def _numbers() -> range:
        return range(settings.TMDB_RUNNERS)


def run(clients: Clients, progress: Progress = silent, *, seconds: float = SECONDS) -> Tally | None:
    """What is ready, the most urgent first, until there is no more of it or the time is up.

    Nothing where others have all the slots.
    """
    slot = Slot()
    if not slot.name:
        return None
    runner = Runner(clients, progress, slot.keep)
    try:
        runner.run(time.monotonic() + seconds)
    finally:
        slot.leave()
    return runner.tally


def sync_errands(clients: Clients, progress: Progress = silent, *, until_done: bool) -> SyncRun:
    """The same while somebody looks on, turn after turn if they want all of it."""
    with diary.run("errands", progress) as under_way:
        while tally := run(clients, under_way.reach):
            under_way.row.asked += tally.done + tally.failed
            under_way.row.updated += tally.done - tally.hidden
            under_way.row.hidden += tally.hidden
            under_way.row.failed += tally.failed
            if tally.stopped:
                raise Stopped(tally.stopped)
            if tally.has_more:
                under_way.live()
            if not (until_done and tally.has_more):
                break
            under_way.settle()
        else:
            raise diary.UnderWay("errands")
    return under_way.row


def run_now(ref: Ref, clients: Clients) -> Tally:
    """A reader waits for this one. Where somebody is asking already, it is on its way."""
    runner = Runner(clients)
    if not errands.is_taken(ref):
        errands.want([ref], Urgency.READER)
        runner.run_this(ref)
    return runner.tally


class Runner:
    def __init__(
        self, clients: Clients, progress: Progress = silent, sign: Callable[[], object] = unheard
    ) -> None:
        self.clients = clients
        self.progress = progress
        self.sign = sign
        self.tally = Tally()
        self.hand = errands.Hand()
        self.subjects: dict[tuple[str, int], Subject[Any, Any]] = {}
        self.batches: dict[str, list[tuple[Errand, Any]]] = {}
        # TMDB did not answer these; whether that is their own doing, the next answer shows.
        self.unanswered: list[Errand] = []
        self.suspect: Errand | None = None
        self.signed_at = time.monotonic()

    def run(self, until: float) -> None:
        try:
            self._ask(self._stream(until))
            while self.suspect and not self.tally.stopped:
                self._ask([self.suspect])
                self._ask(self._stream(until))
        finally:
            errands.give_back(self.hand, [*self.hand.errands])
        self.tally.has_more = not self.tally.stopped and errands.ready_count() > 0
        if self.tally.done or self.tally.failed:
            live.publish("staff", "errand")

    def run_this(self, ref: Ref) -> None:
        try:
            self._ask(errands.take_this(self.hand, ref))
        finally:
            errands.give_back(self.hand, [*self.hand.errands])

    def _stream(self, until: float) -> Iterator[Errand]:
        """As those before are answered, so that asking never waits for storing.

        It ends before a suspect, which is asked about when no other is under way.
        """
        self.suspect = None
        while time.monotonic() < until and (taken := errands.take(self.hand, AT_ONCE)):
            if errands.is_suspect(taken[0]):
                self.suspect = taken[0]
                return
            for errand in taken:
                if self.tally.stopped or is_ending():
                    return
                yield errand

    def _ask(self, some: Iterable[Errand]) -> None:
        try:
            for answer in ask_all(some, self._question, live=self._live):
                self._hear(answer)
        except Stopped as stopped:
            self.tally.stopped = str(stopped)
        finally:
            for kind in self.batches:
                self._store(kind)

    def _question(self, errand: Errand) -> Any:
        return self._subject(errand).ask(_key(errand))

    def _subject(self, errand: Errand) -> Subject[Any, Any]:
        which = (errand.kind, errand.urgency)
        if which not in self.subjects:
            self.subjects[which] = SUBJECTS[errand.kind](self.clients(Lane(errand.urgency)))
        return self.subjects[which]

    # --- What TMDB says ------------------------------------------------------------------------
    def _hear(self, answer: Answer[Errand, Any]) -> None:
        errand, error = answer.key, answer.error
        if isinstance(error, Down | Spent | Refused):
            self.tally.stopped = str(error)
            errands.give_back(self.hand, [errand.pk])
        elif isinstance(error, Unanswered):
            self.unanswered.append(errand)
        elif isinstance(error, Busy):
            errands.give_back(self.hand, [errand.pk])
        else:
            self._answered()
            self._hear_of(errand, answer.facts, error)

    def _hear_of(self, errand: Errand, facts: Any, error: TMDBError | None) -> None:
        if isinstance(error, NotFound):
            self.tally.hidden += self._subject(errand).hide(_key(errand))
            self._done([errand])
        elif error:
            self._put_off(errand, error)
        else:
            batch = self.batches.setdefault(errand.kind, [])
            batch.append((errand, facts))
            if len(batch) >= BATCH:
                self._store(errand.kind)

    def _answered(self) -> None:
        """TMDB is there: who got no answer before has to thank itself for it."""
        for errand in self.unanswered:
            self._put_off(errand, Unanswered("TMDB answers others, and not this"))
        self.unanswered.clear()

    def _live(self) -> None:
        now = time.monotonic()
        if now - self.signed_at >= RENEW_SECONDS:
            self.signed_at = now
            self.sign()
            errands.renew(self.hand)
            live.publish("staff", "errand")

    # --- What becomes of it --------------------------------------------------------------------
    def _store(self, kind: str) -> None:
        """All in one transaction; where the database refuses that, one by one, to find out whom."""
        batch, self.batches[kind] = self.batches[kind], []
        if not batch:
            return
        store = self._subject(batch[0][0]).store
        try:
            store([facts for _, facts in batch])
        except DatabaseError as error:
            log.warning("A batch of %d is stored one by one: %s", len(batch), error)
            for errand, facts in batch:
                self._store_one(errand, facts)
        else:
            self._done([errand for errand, _ in batch])

    def _store_one(self, errand: Errand, facts: Any) -> None:
        try:
            self._subject(errand).store([facts])
        except DatabaseError as error:
            self._put_off(errand, error)
        else:
            self._done([errand])

    def _done(self, some: list[Errand]) -> None:
        errands.done(self.hand, [errand.pk for errand in some])
        self.tally.done += len(some)
        self.progress(self.tally.done, self.tally.done + len(self.hand.errands))

    def _put_off(self, errand: Errand, error: Exception) -> None:
        log.warning("%s could not be brought up to date: %r", errand, error)
        self.tally.failed += 1
        if errands.put_off(self.hand, errand, error):
            log.error("%s is given up after %d failures", errand, errands.FAILURES_AT_MOST)


def _key(errand: Errand) -> Any:
    """Films and shows are numbered separately, so their subject wants to know which it is."""
    is_title = SUBJECTS[errand.kind] is title_subject
    return (errand.kind, errand.tmdb_id) if is_title else errand.tmdb_id
