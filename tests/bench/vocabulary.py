"""Names whose words are as common and as rare as a real catalogue's.

Of a real catalogue's words few are in very many names and most in hardly any: the hundredth word is
about a hundredth as common as the first (Zipf). Here, too, so that a search reads as much as it
would there. These words are invented, but for those that every other name has.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import connection

from tests.bench.sql import PRIME, random, run


def listed(text: str) -> list[str]:
    return text.split()


USUAL = listed("the of a in and de la to love my on for man der night le with last girl one")
# As many as the 65,000 best known films have, and half as many again.
WORDS = 60_000
# How many of a hundred names have more words than one, two and three.
LONGER = (0.83, 0.55, 0.3)
_SYLLABLES = [
    begin + vowel + end
    for vowel in "aeoiu"
    for end in ("", "n", "r", "s", "l", "t", "nd", "ck")
    for begin in ("", *"rstmlnbdkphvgfcw", "st", "br", "ch", "sh", "tr")
]


@contextmanager
def vocabulary() -> Iterator[None]:
    """While it lasts, the database has the words."""
    run("CREATE TEMPORARY TABLE bench_word (rank integer PRIMARY KEY, word text)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_word VALUES (%s, %s)", list(enumerate(_words(), 1)))
    yield
    run("DROP TABLE bench_word")


def words(salt: int, longer: tuple[float, ...] = LONGER) -> str:
    """SQL for a name of one word and more, by the row's number; see `random`."""
    more = (
        f" || CASE WHEN {random(salt)} < {share} THEN ' ' || {_word(salt + 2 * n)} ELSE '' END"
        for n, share in enumerate(longer, 2)
    )
    return f"{_word(salt + 1, beyond=len(USUAL))}{''.join(more)}"


def _word(salt: int, beyond: int = 1) -> str:
    """Its rank's logarithm is as likely to be one as another: that is Zipf's law."""
    place = f"CAST({random(salt)} + {random(salt + 1)} / {PRIME} AS double precision)"
    rank = f"CAST({beyond} * POWER({WORDS // beyond}, {place}) AS integer)"
    return f"(SELECT word FROM bench_word WHERE rank = {rank})"


def _words() -> list[str]:
    """The most common first, and short; some syllables are common, too."""
    chance = Random(11)
    found = dict.fromkeys(USUAL)
    while len(found) < WORDS:
        count = chance.choice([1, 2, 2, 3] if len(found) > 300 else [1])
        places = (int(chance.random() ** 2 * len(_SYLLABLES)) for _ in range(count))
        found["".join(_SYLLABLES[place] for place in places)] = None
    return [word.title() for word in found]
