"""SQLite's part: text and trigrams from two FTS5 tables, beginnings from B-trees."""

from collections.abc import Sequence

from catalog.search.conditions import Condition

WORDS = "id IN (SELECT rowid FROM catalog_name_words WHERE catalog_name_words MATCH %s)"
LETTERS = (
    "id IN (SELECT rowid FROM catalog_name_letters WHERE catalog_name_letters MATCH %s"
    " ORDER BY rank LIMIT 200)"
)
FIRST = "SUBSTR(joined, 1, %d)"
# After every letter of every alphabet.
LAST = "\U0010ffff"


def begins(letters: str) -> Condition:
    return Condition("joined >= %s AND joined < %s", [letters, letters + LAST])


def has_words(words: Sequence[str], *, unfinished: bool) -> Condition:
    return Condition(WORDS, [_all_of(words) + ("*" if unfinished else "")])


def has_most_words(words: Sequence[str]) -> Condition:
    """All of them but one."""
    some = (_all_of([*words[:n], *words[n + 1 :]]) for n in range(len(words)))
    return Condition(WORDS, [" OR ".join(f"({words})" for words in some)])


def resembles(joined: str) -> Condition:
    """By its trigrams: those with the rarest and the most of them."""
    return Condition(LETTERS, [_trigrams(joined)])


def half_right(joined: str, part: int, slack: int) -> list[Condition]:
    """Like `resembles`, which ranks known and unknown together."""
    about = [len(joined) - slack, len(joined) + slack]
    return [Condition(f"{LETTERS} AND length BETWEEN %s AND %s", [_trigrams(joined), *about])]


def _trigrams(joined: str) -> str:
    trigrams = dict.fromkeys(joined[n : n + 3] for n in range(len(joined) - 2))
    return " OR ".join(f'"{trigram}"' for trigram in trigrams)


def _all_of(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words)
