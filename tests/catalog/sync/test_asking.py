"""Many questions at once: every answer comes, and when going on is of no use, nobody goes on."""

import threading
from collections.abc import Callable, Iterator

import pytest

from catalog.sync.asking import AHEAD, GIVE_UP_AFTER, THREADS, Answer, Stopped, ask_all
from catalog.tmdb import Busy, Down, Garbled, NotFound, Refused, Spent, TMDBError


def fails_with(error: TMDBError) -> Callable[[int], int]:
    def ask(key: int) -> int:
        raise error

    return ask


def collected(asked: Iterator[Answer[int, int]]) -> list[Answer[int, int]]:
    """The answers that came before a stop."""
    answers: list[Answer[int, int]] = []
    with pytest.raises(Stopped):
        answers.extend(asked)
    return answers


def test_every_question_gets_its_answer() -> None:
    answers = {answer.key: answer.facts for answer in ask_all(range(500), lambda key: key * 2)}
    assert answers == {key: key * 2 for key in range(500)}


def test_nothing_asked_is_nothing_answered() -> None:
    assert list(ask_all([], fails_with(Busy()))) == []


@pytest.mark.parametrize("error", [NotFound("x"), Garbled("x")])
def test_a_failure_is_an_answer_and_the_rest_goes_on(error: TMDBError) -> None:
    answers = list(ask_all(range(300), fails_with(error)))
    assert len(answers) == 300
    assert all(answer.error is error and answer.facts is None for answer in answers)


def test_so_many_silences_in_a_row_stop_it() -> None:
    assert len(collected(ask_all(range(5000), fails_with(Busy("down"))))) == GIVE_UP_AFTER


def test_fewer_silences_do_not() -> None:
    answers = list(ask_all(range(GIVE_UP_AFTER - 1), fails_with(Busy("down"))))
    assert len(answers) == GIVE_UP_AFTER - 1


def test_silences_with_answers_between_them_do_not() -> None:
    def ask(key: int) -> int:
        if key % 2:
            raise Busy("hiccup")
        return key

    assert len(list(ask_all(range(500), ask))) == 500


def test_after_a_stop_little_more_is_asked() -> None:
    asked = []

    def ask(key: int) -> int:
        asked.append(key)
        raise Busy("down")

    collected(ask_all(range(100_000), ask))
    assert len(asked) < GIVE_UP_AFTER + AHEAD


@pytest.mark.parametrize("error", [Refused("bad key"), Down("no answer"), Spent("no more")])
def test_what_holds_for_all_of_them_stops_it_at_once_and_is_told(error: TMDBError) -> None:
    answers = collected(ask_all(range(5000), fails_with(error)))
    assert [answer.error for answer in answers] == [error]


def test_questions_are_taken_only_a_little_ahead() -> None:
    taken = []

    def keys() -> Iterator[int]:
        for key in range(10_000):
            taken.append(key)
            yield key

    asked = ask_all(keys(), lambda key: key)
    next(asked)
    assert len(taken) <= AHEAD + THREADS * 8
    asked.close()


def test_so_many_are_asked_at_once_and_not_more() -> None:
    lock = threading.Lock()
    full = threading.Event()
    under_way = [0]
    most = [0]

    def ask(key: int) -> int:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            if under_way[0] == THREADS:
                full.set()
        full.wait(10)
        with lock:
            under_way[0] -= 1
        return key

    list(ask_all(range(THREADS * 3), ask))
    assert most == [THREADS]


def test_no_thread_is_left_behind() -> None:
    collected(ask_all(range(5000), fails_with(Refused("bad key"))))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tmdb")]


def test_a_mistake_of_our_own_is_not_taken_for_tmdbs() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ask_all([0], lambda key: 1 // key))
