"""SQL that PostgreSQL and SQLite both speak."""

from django.db import connection

PRIME = 65521


def cast() -> str:
    return "::timestamptz" if connection.vendor == "postgresql" else ""


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def numbers(name: str, count: int, start: int = 0) -> str:
    end = start + count - 1
    if connection.vendor == "postgresql":
        return f"SELECT {name} FROM generate_series({start}, {end}) AS g({name})"
    return (
        f"WITH RECURSIVE g({name}) AS (SELECT {start} UNION ALL SELECT {name} + 1 FROM g"
        f" WHERE {name} < {end}) SELECT {name} FROM g"
    )


def random(salt: int, column: str = "") -> str:
    """From 0 to 1, by the row's number; `column` makes it another for each of its values."""
    other = f" + {column} * 9176" if column else ""
    number = f"((CAST(i AS bigint){other}) % {PRIME})"
    mixed = (
        f"({number} * {number} % {PRIME} * {salt * 7919 + 31}"
        f" + {number} * {salt * 104729 + 17} + i / {PRIME} * {salt * 613 + 7})"
    )
    return f"(({mixed}) % {PRIME} / {PRIME}.0)"


def one_of(words: list[str], salt: int, *, rare: bool = False) -> str:
    """`rare`: the first is the usual one, and the last is seldom seen."""
    place = f"{random(salt)} * {random(salt + 100)}" if rare else random(salt)
    number = f"CAST({place} * {len(words)} - 0.5 AS integer)"
    cases = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(words))
    return f"(CASE {number} {cases} ELSE '{words[0]}' END)"
