"""Asking TMDB many questions at once, in the order and at the pace that it bears."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

from catalog.tmdb import Busy, Down, Refused, Spent, TMDBError

K = TypeVar("K")
F = TypeVar("F")

# The limiter sets the pace; so many are under way at once that a slow answer doesn't.
THREADS = 16
# So many are asked for ahead of who takes the answers: while a batch is stored, asking goes on.
AHEAD = 8 * THREADS
# So many questions in a row without an answer: TMDB is down, and the rest waits for another run.
GIVE_UP_AFTER = 2 * THREADS
# While no answer comes, who waits for one is heard so often.
SIGN_SECONDS = 5.0


# After one of these nobody has to be asked any more.
OVER = (Refused, Down, Spent)


class Stopped(Exception):
    """TMDB does not answer at all, does not accept the key, or may not be asked any more today.

    Or whoever looks on has had enough.
    """


class Answer(Generic[K, F]):
    __slots__ = ("error", "facts", "key")

    def __init__(self, key: K, facts: F | None, error: TMDBError | None) -> None:
        self.key = key
        self.facts = facts
        self.error = error


def unheard() -> None:
    """Nobody has to know that this goes on."""


def ask_all(
    keys: Iterable[K], ask: Callable[[K], F], *, live: Callable[[], object] = unheard
) -> Iterator[Answer[K, F]]:
    """Every answer as it comes, a failure included. Raises Stopped where going on is of no use.

    `live` is called every few seconds, whether answers come or not.
    """
    todo = iter(keys)
    silent = 0
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="tmdb")
    try:
        asked = {pool.submit(_ask, ask, key) for key in islice(todo, AHEAD)}
        while asked:
            answered, asked = wait(asked, SIGN_SECONDS, return_when=FIRST_COMPLETED)
            answers, silent, is_over = _heard([future.result() for future in answered], silent)
            if not is_over:
                asked |= {pool.submit(_ask, ask, key) for key in islice(todo, len(answers))}
            yield from answers
            if is_over:
                raise Stopped(str(answers[-1].error))
            live()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _heard(answers: list[Answer[K, F]], silent: int) -> tuple[list[Answer[K, F]], int, bool]:
    """As far as to the one after which going on is of no use, if there is one; and the silences."""
    for number, answer in enumerate(answers, 1):
        silent = silent + 1 if isinstance(answer.error, Busy) else 0
        if silent >= GIVE_UP_AFTER or isinstance(answer.error, OVER):
            return answers[:number], silent, True
    return answers, silent, False


def _ask(ask: Callable[[K], F], key: K) -> Answer[K, F]:
    try:
        return Answer(key, ask(key), None)
    except TMDBError as error:
        return Answer(key, None, error)
