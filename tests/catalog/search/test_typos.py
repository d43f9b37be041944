"""A thousand names that many know, mistyped: what is meant comes first.

Beside them stand four thousand others, made of the same words.
"""

import random
import string
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from catalog.models import Title
from catalog.search import Query
from catalog.spelling import UNITS
from catalog.sync.names import name_titles
from catalog.sync.titles import weighted_score

pytestmark = pytest.mark.django_db

SEED = 20_260_401
OTHERS = 4000
DIGITS = {str(number): word for word, number in UNITS.items()}
WORDS = {word: digits for digits, word in DIGITS.items()}

Known = list[Title]


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: Any) -> Iterator[Known]:
    """Once for all of these tests, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        known = _made(_well_known())
        _made(_look_alikes([title.name for title in known]))
        ids = list(Title.objects.values_list("pk", flat=True))
        for start in range(0, len(ids), 1000):
            name_titles(ids[start : start + 1000])
        # As a database does by itself, in time.
        connection.cursor().execute("ANALYZE catalog_name")
        yield known
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("edits", "first", "in_ten"), [(0, 0.995, 1), (1, 0.97, 0.99), (2, 0.88, 0.94)]
)
def test_what_is_meant_is_found_all_the_same(
    known: Known, edits: int, first: float, in_ten: float
) -> None:
    dice = random.Random(SEED)
    places = [_place(title, _mistyped(title.name.lower(), edits, dice)) for title in known]

    assert sum(place == 0 for place in places) >= first * len(known)
    assert sum(place < 10 for place in places) >= in_ten * len(known)


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(lambda t: t.name.upper(), id="shouted"),
        pytest.param(lambda t: t.name.replace("'", "’").replace("-", "–"), id="typeset"),
        pytest.param(lambda t: "".join(filter(_is_plain, t.name)), id="without its signs"),
        pytest.param(lambda t: t.name.replace(" ", ""), id="joined"),
        pytest.param(lambda t: _split(t.name), id="split"),
        pytest.param(lambda t: t.name.removeprefix("The "), id="without its article"),
        pytest.param(lambda t: _said(t.name, DIGITS), id="numbers as words"),
        pytest.param(lambda t: _said(t.name, WORDS), id="numbers as digits"),
        pytest.param(lambda t: f"{t.name} {t.year}", id="with its year"),
        pytest.param(lambda t: f"{t.year} {t.name}", id="after its year"),
    ],
)
def test_a_name_is_found_however_it_is_written(
    known: Known, variant: Callable[[Title], str]
) -> None:
    some = random.Random(SEED).sample(known, 100)

    assert sum(_place(title, variant(title)) < 10 for title in some) >= 95


def _well_known() -> Iterator[Title]:
    """The older ones of one name are not among them."""
    lines = Path(__file__).with_name("well_known.txt").read_text("utf-8").splitlines()[1:]
    for number, line in enumerate(lines, 1):
        kind, year, thousands, name = line.split("\t")
        votes = 1000 * int(thousands)
        yield _title(number, name, votes, kind=kind, year=int(year))


def _look_alikes(names: list[str]) -> Iterator[Title]:
    """Names of the same words as these, which fewer have heard of."""
    dice = random.Random(SEED)
    words = [word for name in names for word in name.split()]
    taken = {name.casefold() for name in names}
    made = (" ".join(dice.sample(words, dice.randint(1, 3))) for _ in range(10 * OTHERS))
    new = dict.fromkeys(name for name in made if name.casefold() not in taken and len(name) > 4)
    for number, name in enumerate(islice(new, OTHERS), 10_000):
        yield _title(number, name, dice.randint(0, 300), year=dice.randint(1950, 2025))


def _title(number: int, name: str, votes: int, kind: str = "movie", year: int = 2000) -> Title:
    return Title(
        kind=kind,
        tmdb_id=number,
        name=name,
        year=year,
        vote_count=votes,
        score=weighted_score(7, votes),
    )


def _made(titles: Iterator[Title]) -> Known:
    return Title.objects.bulk_create(titles, batch_size=1000)


def _place(title: Title, words: str) -> int:
    """Where it stands among what is found."""
    found = [(match.of, match.pk) for match in Query(words).matches]
    key = (title.kind, title.pk)
    return found.index(key) if key in found else len(found) + 10


def _mistyped(name: str, edits: int, dice: random.Random) -> str:
    for _ in range(edits):
        before = name
        while name in (before, "") or name.isspace():
            name = dice.choice(EDITS)(before, dice.randrange(len(before)), dice)
    return name


def _insert(name: str, at: int, dice: random.Random) -> str:
    return name[:at] + dice.choice(string.ascii_lowercase) + name[at:]


def _delete(name: str, at: int, dice: random.Random) -> str:
    return name[:at] + name[at + 1 :]


def _swap(name: str, at: int, dice: random.Random) -> str:
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _replace(name: str, at: int, dice: random.Random) -> str:
    return name[:at] + dice.choice(string.ascii_lowercase) + name[at + 1 :]


EDITS = (_insert, _delete, _swap, _replace)


def _is_plain(letter: str) -> bool:
    return letter.isalnum() or letter in " &-/.·"


def _split(name: str) -> str:
    """In its longest word, with a space in the middle."""
    longest = max(name.split(), key=len)
    half = len(longest) // 2
    return name.replace(longest, f"{longest[:half]} {longest[half:]}", 1)


def _said(name: str, numbers: dict[str, str]) -> str:
    return " ".join(numbers.get(word, word) for word in name.lower().split())
