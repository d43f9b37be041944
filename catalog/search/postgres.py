"""PostgreSQL's part: text and trigrams from GIN indexes, beginnings from B-trees."""

from collections.abc import Sequence

from catalog.search.conditions import Condition

WORDS = "array_to_tsvector(string_to_array(form, ' '))"


def begins(letters: str) -> Condition:
    # Letters and digits only: nothing in it is a wildcard.
    return Condition("joined LIKE %s", [f"{letters}%"])


def has_words(words: Sequence[str], *, unfinished: bool) -> Condition:
    return Condition(f"{WORDS} @@ %s::tsquery", [_all_of(words, ":*" if unfinished else "")])


def has_most_words(words: Sequence[str]) -> Condition:
    """All of them but one."""
    some = (_all_of([*words[:n], *words[n + 1 :]], "") for n in range(len(words)))
    return Condition(f"{WORDS} @@ %s::tsquery", [" | ".join(f"({words})" for words in some)])


def resembles(joined: str) -> Condition:
    """By its trigrams: the nearest first."""
    return Condition("joined %% %s", [joined], "similarity(joined, %s) DESC, fame DESC", [joined])


def half_right(joined: str, part: int, slack: int) -> Condition:
    """Its first or its last letters are right, its length about."""
    return Condition(
        "(joined LIKE %s OR reverse(joined) LIKE %s) AND length BETWEEN %s AND %s",
        [
            f"{joined[:part]}%",
            f"{joined[: -part - 1 : -1]}%",
            len(joined) - slack,
            len(joined) + slack,
        ],
    )


def _all_of(words: Sequence[str], ending: str) -> str:
    return " & ".join(f"'{word}'" for word in words) + ending
