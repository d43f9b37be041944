"""Asking TMDB many questions at once, in the order and at the pace that it bears."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

from catalog.tmdb import Busy, Refused, TMDBError

K = TypeVar("K")
F = TypeVar("F")

# The limiter sets the pace; so many are under way at once that a slow answer doesn't.
THREADS = 16
# So many are asked for ahead of who takes the answers: while a batch is stored, asking goes on.
AHEAD = 8 * THREADS
# So many questions in a row without an answer: TMDB is down, and the rest waits for another run.
GIVE_UP_AFTER = 2 * THREADS


class Stopped(Exception):
    """TMDB does not answer at all, or does not accept the key."""


class Answer(Generic[K, F]):
    __slots__ = ("error", "facts", "key")

    def __init__(self, key: K, facts: F | None, error: TMDBError | None) -> None:
        self.key = key
        self.facts = facts
        self.error = error


def ask_all(keys: Iterable[K], ask: Callable[[K], F]) -> Iterator[Answer[K, F]]:
    """Every answer as it comes, a failure included. Raises Stopped where going on is of no use."""
    todo = iter(keys)
    silent = 0
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="tmdb")
    try:
        asked = {pool.submit(_ask, ask, key) for key in islice(todo, AHEAD)}
        while asked:
            answered, asked = wait(asked, return_when=FIRST_COMPLETED)
            asked |= {pool.submit(_ask, ask, key) for key in islice(todo, len(answered))}
            for answer in map(Future.result, answered):
                silent = silent + 1 if isinstance(answer.error, Busy) else 0
                yield answer
                if silent >= GIVE_UP_AFTER or isinstance(answer.error, Refused):
                    raise Stopped(str(answer.error))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ask(ask: Callable[[K], F], key: K) -> Answer[K, F]:
    try:
        return Answer(key, ask(key), None)
    except TMDBError as error:
        return Answer(key, None, error)
