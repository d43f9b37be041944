"""Where an order begins: numbers that few titles have, and among them its first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from catalog.discover.facets import expected, scores
from catalog.discover.orders import Order
from catalog.discover.shares import shares
from catalog.discover.values import Values
from catalog.models.facets import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    NAMES,
    POPULARITIES,
    VOTES,
    WEIGHTED,
    Of,
    facet,
    years,
)

# Each has all that come before; and what is asked for that has to do with the order.
Beginnings = tuple[Iterable[list[int]], list[list[int]]]
STEPS = {
    "popularity": (Of.POPULARITY, len(POPULARITIES)),
    "score": (Of.WEIGHTED, len(WEIGHTED)),
    "name": (Of.NAME, len(NAMES)),
}


# So many times more than a page shows are looked for, and each time again as many times more. To
# walk past no more titles than that is sooner.
AMPLE, WALK = 4, 300


def beginnings(
    kind: str, asked: Sequence[Values], region: str, order: Order, end: int, most: int
) -> Iterator[list[int]]:
    """What has one of these comes first: as many match as reach to `end`, but not more than `most`.

    The fewest first; nothing where none will do, or where walking leads there as soon.
    """
    known, (begins, alike) = shares(), _beginnings(order, asked)
    among = known.of_all(alike) or 1
    matching, least = expected(kind, asked, region), float(AMPLE * end)
    if end * among * expected(kind, (), region) <= WALK * matching:
        return
    for begun in begins:
        number = matching * known.of_any(begun) / among
        if least <= number <= most:
            yield begun
            least = AMPLE * number


def _beginnings(order: Order, asked: Sequence[Values]) -> Beginnings:
    if order.column == "release_date":
        return _dates(order.falling, asked)
    if order.column == "runtime":
        return _runtimes(asked)
    steps, votes = _votes(asked)
    if order.column == "vote_count":
        return steps, votes
    of, number = STEPS[order.column]
    alike = {
        "popularity": votes,
        "score": [*votes, *chain.from_iterable(map(scores, asked))],
        "name": [],
    }
    return ([facet(of, step)] for step in range(1, number + 1)), alike[order.column]


def _dates(falling: bool, asked: Sequence[Values]) -> Beginnings:
    first = max([FIRST_YEAR, *(values.since.first.year for values in asked if values.since)])
    last = min([LAST_YEAR, *(values.until.last.year for values in asked if values.until)])
    is_open = not any(values.since or values.until for values in asked)
    return _from_one_end(falling, first, last), [] if is_open else [[*years(first, last)]]


def _from_one_end(falling: bool, first: int, last: int) -> Iterator[list[int]]:
    for year in reversed(range(first, last + 1)) if falling else range(first, last + 1):
        yield [*(years(year, last) if falling else years(first, year))]


def _runtimes(asked: Sequence[Values]) -> Beginnings:
    least = max([0, *(values.runtime_min or 0 for values in asked)]) // 10
    bounds = [values.runtime_max for values in asked if values.runtime_max is not None]
    tens = [facet(Of.RUNTIME, n) for n in range(least, min([*bounds, LONGEST * 10]) // 10 + 1)]
    return (tens[:n] for n in range(1, len(tens))), [tens] if bounds or least else []


def _votes(asked: Sequence[Values]) -> Beginnings:
    least = max([0, *(values.votes_min or 0 for values in asked)])
    steps = [[facet(Of.VOTES, votes)] for votes in reversed(VOTES) if votes > least]
    return steps, [[facet(Of.VOTES, votes)] for votes in VOTES if votes <= least][-1:]
