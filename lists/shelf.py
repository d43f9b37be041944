"""Titles of a list, or of all that somebody has seen, page by page, narrowed and in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import QueryDict

from accounts.models import User
from catalog.carded import tone_of
from catalog.discover import Choices, Count, Discover, Option, PageLink, sorts
from catalog.discover.filtering import among
from catalog.discover.orders import ORDERS
from catalog.discover.paging import window
from catalog.models import Title
from catalog.models.title import ON_CARDS, TitleQuerySet, fitting
from cinehub.kit.web import Reader
from lists.models import List, ListItem, Viewing
from lists.models.lists import ListItemQuerySet
from lists.orders import OF_LISTS, OF_SEEN, OF_TITLES, Orders, options
from lists.question import NOTHING, offered, read, read_smart

PER_PAGE = 42
Viewer = User | AnonymousUser
# Brings titles by their keys, with what is to be told of them.
Titles = Callable[[Iterable[int]], Mapping[int, Title]]


@dataclass
class Row:
    """A title, and how it is on the list; one that is found or seen is on none."""

    title: Title
    item: ListItem | None = None
    rank: int | None = None
    # Who has put it there or proposes it, where that is not the owner, and is there for the viewer.
    by: User | None = None


@dataclass(frozen=True)
class Shelf:
    """The queries are what to put after the question mark."""

    asked: Discover
    sorts: list[Option]
    rows: list[Row]
    count: Count
    number: int
    next_query: str | None
    numbers: list[PageLink | None]

    @property
    def choices(self) -> Choices:
        return offered(self.asked.kind, self.asked.region, self.asked.home)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked.chips or self.asked.kind_in_query)

    @property
    def is_asked(self) -> bool:
        """Where there is nothing at all nobody needs to narrow it."""
        return bool(self.rows) or self.is_narrowed


@dataclass(frozen=True)
class Found:
    """All that somebody asked for, in order; `ready` makes some rows of it what is shown."""

    asked: Discover
    orders: Orders
    rows: QuerySet[Any, Any]
    ready: Callable[[list[Any], Titles], list[Row]]


def of_list(list_: List, viewer: Viewer, data: QueryDict, reader: Reader) -> Shelf:
    if is_of_catalogue(list_):
        return _found(asked_of_catalogue(list_, data, reader), reader.language)
    return _paged(on_list(list_, viewer, data, reader), reader.language)


def of_seen(member: User, data: QueryDict, reader: Reader) -> Shelf:
    return _paged(seen_by(member, data, reader), reader.language)


def is_of_catalogue(list_: List) -> bool:
    """What is on it discover finds, which has pages of its own."""
    return list_.is_smart and list_.scope == List.Scope.CATALOGUE


def asked_of_catalogue(list_: List, data: QueryDict, reader: Reader) -> Discover:
    return read_smart(list_, data, reader, ORDERS)


def on_list(list_: List, viewer: Viewer, data: QueryDict, reader: Reader) -> Found:
    """For all lists but those that choose from the whole catalogue."""
    if list_.is_smart:
        return _chosen(list_, viewer, data, reader)
    asked = read(data, reader, OF_LISTS)
    is_own = viewer.pk is not None and list_.owner_id == viewer.pk
    items = items_of(list_).filter(fitting(adult=is_own or reader.adult))

    def ready(page: list[ListItem], titles: Titles) -> list[Row]:
        ranks = _ranks(list_) if list_.is_ranked else {}
        shown_ones = rows(page, list_, viewer, titles)
        for row, item in zip(shown_ones, page, strict=True):
            row.rank = ranks.get(item.pk)
        return shown_ones

    found = _narrowed_items(items, asked).order_by(*OF_LISTS[asked.sort].by("title__"))
    return Found(asked, OF_LISTS, found, ready)


def seen_by(member: User, data: QueryDict, reader: Reader) -> Found:
    """All that the member has watched anything of, each title once."""
    asked = read(data, reader, OF_SEEN)
    return _of_titles(_seen(member.viewings.all()), asked, OF_SEEN)


def items_of(list_: List) -> ListItemQuerySet:
    """None, of one that is not made before its first use."""
    return ListItem.objects.accepted().filter(list__in=[list_.pk] if list_.pk else [])


def proposals(list_: List, viewer: Viewer, titles: Titles, *, only_own: bool = False) -> list[Row]:
    """What waits for an answer, the first that came first."""
    waiting = ListItem.objects.proposed().filter(list__in=[list_.pk] if list_.pk else [])
    if only_own:
        waiting = waiting.filter(added_by=viewer.pk)
    return rows(list(waiting.order_by("added_at", "pk")[:PER_PAGE]), list_, viewer, titles)


def rows(items: list[ListItem], list_: List, viewer: Viewer, titles: Titles) -> list[Row]:
    """With their titles."""
    found = titles(item.title_id for item in items)
    others = {item.added_by_id for item in items if item.added_by_id} - {list_.owner_id}
    members = User.objects.reachable_by(viewer).in_bulk(others) if others else {}
    return [
        Row(found[item.title_id], item, by=members.get(item.added_by_id or 0)) for item in items
    ]


def shown(language: str, keys: Iterable[int]) -> dict[int, Title]:
    """What cards show of them; also of those that TMDB has dropped, and that they are."""
    titles = Title.objects.in_language(language).only(*ON_CARDS, "hidden_at", "adult")
    toned = titles.annotate(poster_tone=tone_of("poster_path")).filter(pk__in=list(keys))
    return {title.pk: title for title in toned}


def _chosen(list_: List, viewer: Viewer, data: QueryDict, reader: Reader) -> Found:
    """Of a smart list, from what its owner has seen or from another list."""
    fit = fitting(adult=list_.owner_id == viewer.pk or reader.adult, of="")
    if list_.scope == List.Scope.SEEN:
        # What somebody has watched is never for more people than they have said.
        viewings = Viewing.objects.visible_to(viewer).filter(user=list_.owner_id)
        asked = read_smart(list_, data, reader, OF_SEEN)
        return _of_titles(_seen(viewings).filter(fit), asked, OF_SEEN)
    # A list that the viewer may not see is not seen through another one.
    sources = List.objects.visible_to(viewer).filter(pk__in=[list_.source_id])
    items = ListItem.objects.accepted().filter(list__in=sources.values("pk"))
    asked = read_smart(list_, data, reader, OF_TITLES)
    titles = Title.objects.filter(fit, pk__in=items.order_by().values("title"))
    return _of_titles(titles, asked, OF_TITLES)


def _found(asked: Discover, language: str) -> Shelf:
    """All that discover finds."""
    page = asked.page(language)
    return Shelf(
        asked=asked,
        sorts=sorts(),
        rows=[Row(title) for title in page.titles],
        count=page.count,
        number=page.number,
        next_query=page.next_query,
        numbers=page.numbers,
    )


def _seen(viewings: QuerySet[Viewing]) -> TitleQuerySet:
    watched = viewings.order_by().filter(title=OuterRef("pk")).values("title")
    last = watched.annotate(last=Max("watched_at")).values("last")
    titles = Title.objects.filter(pk__in=viewings.order_by().values("title"))
    return titles.annotate(last_watched=Subquery(last))


def _of_titles(titles: TitleQuerySet, asked: Discover, orders: Orders) -> Found:
    if asked.kind:
        titles = titles.of_kind(asked.kind)
    narrowed = among(titles, asked.kind, (asked.fixed, asked.values), asked.region)
    in_order = narrowed.order_by(*orders[asked.sort].by(""))

    def ready(keys: list[int], bring: Titles) -> list[Row]:
        found = bring(keys)
        return [Row(found[key]) for key in keys if key in found]

    return Found(asked, orders, in_order.values_list("pk", flat=True), ready)


def _narrowed_items(items: QuerySet[ListItem], asked: Discover) -> QuerySet[ListItem]:
    if asked.kind:
        items = items.filter(title__kind=asked.kind)
    if asked.values == NOTHING:
        return items
    # Few are on a list, of all that match: one after the other is looked at.
    title = Title.objects.filter(pk=OuterRef("title"))
    matching = among(title, asked.kind, (asked.values,), asked.region)
    return items.filter(title=Subquery(matching.order_by().values("pk")[:1]))


def _paged(found: Found, language: str) -> Shelf:
    """The page that is asked for, or the last one that there is."""
    titles = partial(shown, language)
    asked, number_of_all = found.asked, found.rows.count()
    last = -(-number_of_all // PER_PAGE) or 1
    number = min(asked.number, last)
    first = (number - 1) * PER_PAGE
    return Shelf(
        asked=asked,
        sorts=options(found.orders),
        rows=found.ready(list(found.rows[first : first + PER_PAGE]), titles),
        count=Count(number_of_all),
        number=number,
        next_query=asked.query_for(page=number + 1) if number < last else None,
        numbers=[
            PageLink(each, asked.query_for(page=each if each > 1 else None), each == number)
            if each
            else None
            for each in window(number, last)
        ],
    )


def _ranks(list_: List) -> dict[int, int]:
    """Counted among all that is on the list, whatever is shown of it."""
    keys = items_of(list_).in_order().values_list("pk", flat=True)
    return {key: rank for rank, key in enumerate(keys, 1)}
