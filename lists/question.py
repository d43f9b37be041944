"""What of a list somebody asks for: discover's filters, in the query string, as there."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict

from catalog.discover import Choices, Discover, Option, Values, changes_for, choices
from catalog.discover.between import OF_ONE_KIND
from catalog.discover.discovering import MOST_PAGES, VIEWS
from catalog.discover.orders import ORDERS
from catalog.discover.parsing import one_of, whole
from catalog.discover.reading import Reading, read_values
from catalog.models import Kind
from cinehub.kit.web import Reader
from lists.models import List
from lists.models.lists import LONGEST_QUERY

NOTHING = Values()


def read(data: QueryDict, reader: Reader, sorts: Collection[str]) -> Discover:
    """Of films and shows together, unless one of them is asked for; the first order is usual."""
    kind = data.get("kind", "")
    return _read(kind if kind in Kind.values else "", data, reader, sorts)


def read_smart(list_: List, data: QueryDict, reader: Reader, sorts: Collection[str]) -> Discover:
    """What is asked for besides what the list's own filter says."""
    own = QueryDict(list_.query)
    stored = Discover.read(list_.of_kind, own, reader)
    usual = stored.sort if stored.sort in sorts else next(iter(sorts))
    asked = _read(list_.of_kind, data, replace(reader, country=stored.region), sorts, usual)
    return replace(asked, kind_in_query=False, fixed=stored.values)


def kept_query(words: str) -> str | None:
    """For a smart list, without what is of a page and not of the filter; None if it is too long."""
    try:
        asked = QueryDict(words, mutable=True)
    except TooManyFieldsSent:
        return None
    for name in ("page", "after", "kind", "view"):
        asked.pop(name, None)
    query = asked.urlencode()
    # Most letters are longer in an address than as they were typed.
    return query if len(query) <= LONGEST_QUERY else None


def changes(asked: Discover, kind: str) -> dict[str, Any]:
    """To ask the same of films, of shows, or (if it is empty) of both."""
    narrowed = changes_for(asked, kind) if kind else dict.fromkeys(OF_ONE_KIND)
    return narrowed | {"kind": kind or None}


def offered(kind: str, region: str, home: str) -> Choices:
    """What there is to choose from; of both kinds their genres, and no certifications."""
    if kind:
        return choices(kind, region, home)
    films, shows = (choices(each, region, home) for each in Kind.values)
    genres = dict(films.genres) | dict(shows.genres)
    by_name = sorted(genres.items(), key=lambda genre: genre[1])
    return replace(
        films,
        genres=[Option(pk, name) for pk, name in by_name],
        certifications=[],
        ranked_certifications=[],
    )


def _read(
    kind: str, data: QueryDict, reader: Reader, sorts: Collection[str], usual: str = ""
) -> Discover:
    reading = Reading(kind, data)
    region = next(iter(reading.terms("region")[-1:]), reader.country)
    usual = usual or next(iter(sorts))
    sort = reading.one("sort", one_of(sorts)) or usual
    return Discover(
        kind=kind,
        values=read_values(reading, region),
        fixed=NOTHING,
        region=region,
        home=reader.country,
        sort=sort,
        view=reading.one("view", one_of(VIEWS)) or VIEWS[0],
        number=reading.one("page", whole(1, MOST_PAGES)) or 1,
        cursor=reading.one("after", ORDERS[sort].read) if sort in ORDERS else None,
        kind_in_query=bool(kind),
        names=reading.names,
        ignored=reading.ignored,
        wrong=reading.wrong,
        usual=usual,
    )
