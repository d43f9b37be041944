"""Bringing pictures before anybody asks for them, many at once, and what is left of one behind."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import QuerySet

from catalog.mirror import circuit
from catalog.mirror.asking import Unreachable
from catalog.mirror.bringing import Brought, Wanted, bring
from catalog.mirror.keeping import enter, forget, want
from catalog.mirror.shelf import SOURCE
from catalog.mirror.sizes import PLANS, Role, guessed_role
from catalog.models import Picture, PictureFile, Title
from cinehub.work.ending import is_ending

# Rows are written for so many pictures at a time.
BATCH = 25


@dataclass(slots=True)
class Outcome:
    brought: int = 0
    missing: int = 0
    # The host did not answer, or there was no room: they stay wanted.
    failed: int = 0
    bytes: int = 0
    is_cut_short: bool = False


def mirror(
    wanted: Iterable[Wanted], *, until: float | None = None, tick: Callable[[], object] = int
) -> Outcome:
    """Bring these, so many at once; stops in time, when told to end, or when the host is away.

    What was brought by then is written down. `until` is of the monotonic clock.
    """
    outcome = Outcome()
    done: list[Brought] = []
    queue = _while_it_may(iter(wanted), until, outcome)
    with ThreadPoolExecutor(settings.MIRROR_AT_ONCE, thread_name_prefix="mirror") as pool:
        try:
            for brought in _at_once(pool, queue):
                _count(outcome, brought)
                done += [brought] if brought else []
                if len(done) >= BATCH:
                    enter(done)
                    done = []
                tick()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            enter(done)
    return outcome


def finish(path: str, size: str) -> bool:
    """Make this size of a picture, and the others of its role; whether it is the first of it.

    Raises Unreachable.
    """
    held = Picture.objects.held(path)
    if held and held.is_lacking:
        return False
    files = held.files if held else {}
    role, guess = held.role if held else "", guessed_role(size, path)
    planned = PLANS[role or guess].sizes
    sizes = tuple(s for s in dict.fromkeys((*planned, size)) if s not in files)
    source = files.get(SOURCE) if set(sizes) <= set(planned) else None
    if sizes:
        wanted = Wanted(
            path=path,
            role=role,
            sizes=sizes,
            guess=guess,
            source_url=held.source_url if held else "",
            source_digest=source.digest if source else "",
        )
        enter([_bring(wanted)])
    forget(PictureFile.objects.filter(picture__path=path, size=SOURCE))
    return not files


def want_charts() -> None:
    charted = Title.objects.visible().filter(chart_entries__isnull=False)
    _want_of(charted.order_by("pk").distinct())


def want_titles(refs: Iterable[tuple[str, int]]) -> Iterator[Wanted]:
    """What upper rooms care about, (kind, TMDB id); gives those of it that are not here."""
    wanted: dict[str, list[int]] = {}
    for kind, tmdb_id in refs:
        wanted.setdefault(kind, []).append(tmdb_id)
    paths: list[str] = []
    for kind, ids in sorted(wanted.items()):
        titles = Title.objects.visible().filter(kind=kind, tmdb_id__in=ids)
        paths += _want_of(titles.order_by("pk"))
    lacking = Picture.objects.wanted().filter(path__in=paths)
    return (_wanted(picture) for picture in lacking)


def backlog() -> Iterator[Wanted]:
    """What is wanted ahead and not here, oldest first; read in pieces, as it may be long."""
    last = 0
    while rows := list(Picture.objects.wanted().filter(pk__gt=last)[:500]):
        yield from (_wanted(row) for row in rows)
        last = rows[-1].pk


def _wanted(picture: Picture) -> Wanted:
    return Wanted(picture.path, picture.role, source_url=picture.source_url)


def _want_of(titles: QuerySet[Title]) -> list[str]:
    """Their paths."""
    found = titles.values_list("poster_path", "backdrop_path")
    posters = [(poster, Role.POSTER) for poster, _ in found if poster]
    backdrops = [(backdrop, Role.BACKDROP) for _, backdrop in found if backdrop]
    want([*posters, *backdrops])
    return [path for path, _ in (*posters, *backdrops)]


def _while_it_may(
    wanted: Iterator[Wanted], until: float | None, outcome: Outcome
) -> Iterator[Wanted]:
    for each in wanted:
        is_over = until and time.monotonic() > until
        if is_over or is_ending() or not circuit.may_ask():
            outcome.is_cut_short = True
            return
        yield each


def _at_once(pool: ThreadPoolExecutor, wanted: Iterator[Wanted]) -> Iterator[Brought | None]:
    """What comes of each, as it comes: as many as there are threads, and no queue behind them."""
    running: set[Future[Brought]] = {
        pool.submit(bring, each) for each in islice(wanted, settings.MIRROR_AT_ONCE)
    }
    while running:
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            yield _result(future)
            running |= {pool.submit(bring, each) for each in islice(wanted, 1)}


def _result(future: "Future[Brought]") -> Brought | None:
    try:
        brought = future.result()
    except Unreachable:
        circuit.failed()
        return None
    circuit.answered()
    return brought


def _bring(wanted: Wanted) -> Brought:
    if not circuit.may_ask():
        raise Unreachable("the host has not answered for a while")
    try:
        brought = bring(wanted)
    except Unreachable:
        circuit.failed()
        raise
    circuit.answered()
    return brought


def _count(outcome: Outcome, brought: Brought | None) -> None:
    if brought is None or not (brought.files or brought.missing):
        outcome.failed += 1
    elif brought.missing:
        outcome.missing += 1
    else:
        outcome.brought += 1
        outcome.bytes += sum(file.bytes for file in brought.files)
