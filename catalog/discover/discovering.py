"""What a reader is looking for, and what there is of it."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.carded import listed
from catalog.discover.filtering import (
    beginnings,
    expected,
    in_turn,
    is_sooner_sorted,
    narrowed,
)
from catalog.discover.orders import ORDERS, Cursor, Order
from catalog.discover.paging import (
    COUNTED,
    FEW,
    PER_PAGE,
    SAMPLES,
    SORTABLE,
    Count,
    Page,
    PageLink,
    window,
)
from catalog.discover.parsing import one_of, whole
from catalog.discover.reading import Reading, read_values
from catalog.discover.values import (
    LABELS,
    OF_A_REGION,
    STATUSES,
    TYPES,
    Values,
    written,
)
from catalog.models import Offer, Title
from catalog.models.facets import Of, facet
from catalog.models.genres import said
from catalog.models.title import TitleQuerySet
from cinehub.kit.web import Reader

VIEWS = ("grid", "table")
MOST_PAGES = 10**6
COUNT_SECONDS = 300
# In the order of the address, after the filters.
REST = ("kind", "region", "sort", "view")
PLACES = {name: place for place, name in enumerate(LABELS)}
GENRES = ("genre", "without")
CHOSEN = {"offer": dict(Offer.Kind.choices), "status": STATUSES, "type": TYPES}


class Chip(NamedTuple):
    """One value of one filter, and the query string without it."""

    label: str
    value: str
    query: str


@dataclass
class Discover:
    kind: str
    values: Values
    fixed: Values
    region: str
    home: str
    sort: str
    view: str
    number: int
    cursor: Cursor | None
    # Where a page is for films and shows alike, and its address says for which.
    kind_in_query: bool
    names: dict[str, dict[int | str, str]]
    ignored: list[str] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    # The order that an address need not name.
    usual: str = "popularity"

    @classmethod
    def read(
        cls, kind: str, data: QueryDict, reader: Reader, fixed: dict[str, list[Any]] | None = None
    ) -> "Discover":
        """From a query string; `fixed` filters are a page's own and stay out of it."""
        reading = Reading(kind, data)
        own: dict[str, Any] = {name: tuple(keys) for name, keys in (fixed or {}).items()}
        region = next(iter(reading.terms("region")[-1:]), reader.country)
        sort = reading.one("sort", one_of(ORDERS)) or "popularity"
        return cls(
            kind=kind,
            values=read_values(reading, region),
            fixed=Values(**own),
            region=region,
            home=reader.country,
            sort=sort,
            view=reading.one("view", one_of(VIEWS)) or VIEWS[0],
            number=reading.one("page", whole(1, MOST_PAGES)) or 1,
            cursor=reading.one("after", ORDERS[sort].read),
            kind_in_query=bool(fixed) and reading.one("kind", one_of((kind,))) is not None,
            names=reading.names,
            ignored=reading.ignored,
            wrong=reading.wrong,
        )

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    @property
    def note(self) -> str:
        """What the order leaves out, in a sentence; often empty."""
        return self.order.note(self.kind)

    @property
    def results(self) -> TitleQuerySet:
        """All of them, in order."""
        if self._all is not None:
            return self.order.of_few(Title.objects.filter(pk__in=self._all))
        # Many match, so a page is soon full.
        return self.order.of(self.order.placed(in_turn(*self._asked, self.order.column)))

    @cached_property
    def count(self) -> Count:
        if self._few is not None and (self._is_broad or len(self._few) <= FEW):
            return Count(len(self._few))
        if not self._is_broad:
            return Count(FEW, is_exact=False)
        counted = self._narrowed(COUNTED).order_by()[: COUNTED + 1]
        # Many stay about as many, and further pages need not count them again.
        most = cache.get_or_set(_key(counted), counted.count, COUNT_SECONDS) or 0
        return Count(min(most, COUNTED), is_exact=most <= COUNTED)

    def keys(self, number: int, size: int) -> list[int]:
        """Of a page of so many titles, and of one title more where there is another page."""
        start = (number - 1) * size
        of_page = slice(start, start + size + 1)
        keys = self._few
        if keys is None:
            keys = self._foremost(of_page.stop) or self._all
        if keys is not None:
            return keys[of_page]
        return list(self.results.values_list("pk", flat=True)[of_page])

    def keys_after(self, size: int) -> list[int]:
        """The same of the page after the row that the query string names, if it names one."""
        return self.order.after(self.results, self.cursor, size + 1) if self.cursor else []

    def page(self, language: str) -> Page:
        number, titles = self._read_page(language)
        shown = titles[:PER_PAGE]
        return Page(
            titles=shown,
            number=number,
            count=self.count,
            next_query=self._next(number, shown[-1]) if len(titles) > PER_PAGE else None,
            previous_query=self._page_query(number - 1) if self._is_numbered(number - 1) else None,
            numbers=[
                PageLink(each, self._page_query(each), each == number) if each else None
                for each in window(number, self.count.last_page)
            ],
        )

    @cached_property
    def chips(self) -> list[Chip]:
        """What is filtered by, each with the address of the page without it."""
        pairs = list(self.values.pairs())
        return [
            Chip(
                label=str(LABELS[name]),
                value=self._named(name, value),
                query=self._query([*pairs[:n], *pairs[n + 1 :]]),
            )
            for n, (name, value) in enumerate(pairs)
            if name != "genres"
        ]

    def query_for(self, **changes: Any) -> str:
        """The query string with these changed, on the first page; None or an empty list drops."""
        pairs = [(name, value) for name, value in self.values.pairs() if name not in changes]
        for name, value in changes.items():
            if name not in REST:
                given = value if isinstance(value, (list, tuple)) else [value]
                pairs += [(name, written(each)) for each in given if each not in (None, "")]
        return self._query(pairs, **{name: changes[name] for name in REST if name in changes})

    @cached_property
    def _few(self) -> list[int] | None:
        """The keys of all in order, where they are few: they need be found only once."""
        return None if self._are_many else self._all

    @cached_property
    def _all(self) -> list[int] | None:
        """The same, where they are a little more than few but sooner sorted than walked to, too.

        To PostgreSQL a LIMIT promises that walking along the order's index ends soon; when hardly
        anything matches it walks to the end. So it is asked what matches before it hears of order.
        """
        is_sooner = is_sooner_sorted(*self._asked, PER_PAGE)
        if self._are_many and not is_sooner:
            return None
        most = SORTABLE * FEW if is_sooner else FEW
        return self.order.keys(self._narrowed(most), most)

    @cached_property
    def _are_many(self) -> bool:
        """Whether more than few match, as sure as can be who has seen some of them."""
        number = 0 if self._is_broad else expected(*self._asked)
        for least, lot, seen in SAMPLES:
            if number >= least:
                sample = self._narrowed(seen, [facet(Of.LOT, lot)]).order_by()
                return sample[seen - 1 : seen].exists()
        return False

    def _foremost(self, end: int) -> list[int] | None:
        """The first of many, as far as `end`; None where walking leads there as soon."""
        for begun in beginnings(*self._asked, self.order, end, FEW):
            keys = self.order.keys(self._narrowed(FEW, begun), FEW)
            if keys is None or len(keys) >= end:
                return keys
        return None

    def _narrowed(self, most: int, *within: list[int]) -> QuerySet[Any]:
        return self.order.placed(narrowed(*self._asked, within=within, most=most))

    @property
    def _is_broad(self) -> bool:
        """Whether to count on costs little: no more than one filter has to be looked up."""
        asked = [*self.fixed.pairs(), *self.values.pairs()]
        return len({name for name, _value in asked} - {"genres"}) <= 1

    @property
    def _asked(self) -> tuple[str, tuple[Values, Values], str]:
        return self.kind, (self.fixed, self.values), self.region

    def _read_page(self, language: str) -> tuple[int, list[Title]]:
        """The page's number and titles, and one title more where there is another page."""
        number, keys = self._read_keys()
        return number, listed(keys, language)

    def _read_keys(self) -> tuple[int, list[int]]:
        last = self.count.last_page
        if found := self.keys_after(PER_PAGE):
            number = max(2, self.number)
            return (min(number, last) if self.count.is_exact else number), found
        number = min(self.number, last)
        if number < self.number:
            said = _("There is no page %(number)s here; this is the last that has a number.")
            self.ignored.append(said % {"number": self.number})
        return number, self.keys(number, PER_PAGE)

    def _is_numbered(self, number: int) -> bool:
        return 1 <= number <= self.count.last_page

    @cached_property
    def _first(self) -> str:
        """The query string of the first page: all that is asked, but for a place in it."""
        return self._query()

    def _page_query(self, number: int) -> str:
        return self._at(page=number) if number > 1 else self._first

    def _next(self, number: int, last: Title) -> str:
        return self._at(page=number + 1, after=self.order.cursor(last))

    def _at(self, **place: int | Cursor) -> str:
        """Places come last in an address, in this order."""
        return "&".join(filter(None, [self._first, urlencode(place)]))

    def _query(self, pairs: list[tuple[str, str]] | None = None, **rest: object) -> str:
        """In the one order that everything has, so that one state has one address."""
        pairs = list(self.values.pairs()) if pairs is None else pairs
        if [name for name, _value in pairs].count("genre") < 2:
            # Any of one is all of it.
            pairs = [pair for pair in pairs if pair[0] != "genres"]
        state: dict[str, object] = {"kind": self.kind if self.kind_in_query else None}
        state |= {"region": self.region, "sort": self.sort, "view": self.view}
        state |= rest
        of_region = any(name in OF_A_REGION for name, _value in pairs)
        defaults = {"region": None if of_region else self.home, "sort": self.usual}
        defaults |= {"view": VIEWS[0]}
        pairs = pairs + [
            (name, str(value))
            for name, value in state.items()
            if value is not None and value != defaults.get(name)
        ]
        return urlencode(sorted(pairs, key=lambda pair: PLACES[pair[0]]))

    def _named(self, name: str, value: str) -> str:
        """A value as a person says it."""
        if name in CHOSEN:
            return str(CHOSEN[name][value])
        names = {str(key): called for key, called in self.names.get(name, {}).items()}
        called = names.get(value, value)
        return said(called) if name in GENRES else called


def _key(titles: QuerySet[Any]) -> str:
    asked = blake2b(str(titles.query).encode(), digest_size=16)
    return f"discover-count-{asked.hexdigest()}"
