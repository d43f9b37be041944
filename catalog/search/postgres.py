"""PostgreSQL's part: text and trigrams from GIN indexes, beginnings and ends from B-trees."""

from collections.abc import Sequence

from catalog.search.conditions import Condition

WORDS = "array_to_tsvector(string_to_array(form, ' ')) @@ %s::tsquery"
FIRST = "LEFT(joined, %d)"


def begins(letters: str) -> Condition:
    return Condition("joined LIKE %s", [_like(letters)])


def has_words(words: Sequence[str], *, unfinished: bool) -> Condition:
    return Condition(WORDS, [_all_of(words) + (":*" if unfinished else "")])


def has_most_words(words: Sequence[str]) -> Condition:
    """All of them but one."""
    some = (_all_of([*words[:n], *words[n + 1 :]]) for n in range(len(words)))
    return Condition(WORDS, [" | ".join(f"({words})" for words in some)])


def resembles(joined: str) -> Condition:
    """By the trigrams of a part of it: six in ten of them, or the index gives too much to read."""
    return Condition("%s <%% joined", [joined], "similarity(joined, %s) DESC", [joined])


def half_right(joined: str, part: int, slack: int) -> list[Condition]:
    """Its first or its last letters are right, its length about."""
    about = [len(joined) - slack, len(joined) + slack]
    bounds = "AND length BETWEEN %s AND %s"
    return [
        Condition(f"joined LIKE %s {bounds}", [_like(joined[:part]), *about]),
        Condition(f"reverse(joined) LIKE %s {bounds}", [_like(joined[: -part - 1 : -1]), *about]),
    ]


def _like(letters: str) -> str:
    """A name may be all signs."""
    for sign in "\\%_":
        letters = letters.replace(sign, f"\\{sign}")
    return f"{letters}%"


def _all_of(words: Sequence[str]) -> str:
    return " & ".join(f"'{word}'" for word in words)
