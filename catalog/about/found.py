"""What the page of a search shows: tabs, what is clearly meant, and the rest, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.looking import Looked, is_address
from catalog.models import Collection, Genre, Kind, Person, Title
from catalog.models.genres import said
from catalog.search import Match, Query
from catalog.search.ranking import AT_MOST, is_sure
from cinehub.kit.near import near

Thing = Title | Person | Collection
Key = tuple[str, int]

# Whole rows of 3, 6 and 7.
PER_PAGE = 42
# Two rows of titles stand before everybody and everything else that was found.
ON_TOP = 14
# Beside the titles; who wants more of them turns to their tab.
# So many are looked through more quickly than a form.
FEW = 5
IN_A_ROW = {"person": 14, "collection": 7}
OF_TITLES: dict[str, Q] = {"": Q(), Kind.MOVIE: Q(for_movies=True), Kind.TV: Q(for_tv=True)}


HEADINGS = {
    "title": gettext_lazy("Films and TV"),
    "rest": gettext_lazy("More films and TV"),
    "person": gettext_lazy("People"),
    "collection": gettext_lazy("Collections"),
}
TABS = {
    "": gettext_lazy("All"),
    "movie": gettext_lazy("Films"),
    "tv": gettext_lazy("TV"),
    "person": gettext_lazy("People"),
    "collection": gettext_lazy("Collections"),
}


class GenreChoice(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True)
class Tab:
    name: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """Titles, people or collections; `url` has all of them, where these are some."""

    of: str
    things: list[Thing]
    url: str = ""

    @property
    def name(self) -> str:
        return str(HEADINGS[self.of])


def read(data: QueryDict) -> Query:
    """What is asked."""
    query = Query.read(data)
    if query.tab not in OF_TITLES:
        # Neither people nor collections have a genre or a year.
        return replace(query, genre=None, year_from=None, year_to=None)
    if query.genre is not None and all(genre.pk != query.genre for genre in genres(query)):
        ignored = (*query.ignored, _("There is no such genre."))
        return replace(query, genre=None, ignored=ignored)
    return query


def shown(query: Query, data: QueryDict, language: str) -> dict[str, Any]:
    """All that the page says of what was found."""
    top = _clearly_meant(query)
    page = _page(query, top, data.get("page", ""))
    looked = Looked.read(data.get("looked", ""))
    more = looked.things(language) if looked and page.number == 1 else []
    parts = _parts(query, top, page)
    first = [top] if top and page.number == 1 else []
    chosen = [*first, *(match for part in parts.values() for match in part)]
    # What has just come stands where it says so, and nowhere else.
    things = {_key(one): one for one in query.load(chosen, language) if one not in more}
    sections = [_section(query, of, part, things) for of, part in parts.items()]
    return _asked(query, page, data.get("page", "")) | {
        "looked": looked,
        "more": _by_part(more),
        "tabs": _tabs(query),
        "top": next(iter(_by_part([things[_of(m)] for m in first if _of(m) in things])), None),
        "sections": [section for section in sections if section.things],
        "page": page,
        "total": query.counts[query.tab],
        "is_cut": len(query.matches) >= AT_MOST,
    }


def genres(query: Query) -> list[GenreChoice]:
    """Those that may be asked for; a process remembers them."""

    def filed() -> list[tuple[int, str]]:
        return list(Genre.objects.filter(OF_TITLES[query.tab]).values_list("pk", "name"))

    return [GenreChoice(pk, said(name)) for pk, name in near(f"genres-{query.tab}", filed)]


def suggested(query: Query, language: str) -> dict[str, Any]:
    """A few titles, people and collections; what a pasted address is of stands alone."""
    if thing := query.address():
        few: list[Thing] = [thing]
    elif is_enough(query.words):
        few = [thing for things in query.suggestions(language) for thing in things]
    else:
        few = []
    return {
        "query": query,
        "count": len(few),
        "sections": _by_part(few),
        "all": _address(Query(query.words), ""),
    }


def is_enough(words: str) -> bool:
    """To suggest something: one letter is a word in some scripts, and nothing in ours."""
    return len(words) > 1 or (words.isalpha() and not words.isascii())


def _asked(query: Query, page: "Page[Match]", number: str) -> dict[str, Any]:
    """How the question was taken, and may be asked otherwise."""
    is_narrowed = any((query.genre, query.year_from, query.year_to))
    no_such_page = [_("There is no such page; this is page %d.") % page.number]
    return {
        "is_address": is_address(query.words),
        "is_narrowed": is_narrowed,
        "may_narrow": is_narrowed or (query.tab in OF_TITLES and page.paginator.count > FEW),
        "unfiltered": _address(Query(query.words), query.tab),
        "ignored": [
            *query.ignored,
            *(no_such_page if number not in ("", str(page.number)) else ()),
        ],
    }


def _clearly_meant(query: Query) -> Match | None:
    """Stands out from the rest, which hardly can be meant."""
    return query.matches[0] if not query.tab and is_sure(query.matches) else None


def _page(query: Query, top: Match | None, number: str) -> "Page[Match]":
    """Of the tab's matches; with all of them under one another, of the titles."""
    wanted = (query.tab,) if query.tab else OF_TITLES
    rest = [match for match in query.matches if match.of in wanted and match is not top]
    return Paginator(rest, PER_PAGE).get_page(number)


def _parts(query: Query, top: Match | None, page: "Page[Match]") -> dict[str, list[Match]]:
    """By what they are of, those with the best match first."""
    of_page = list(page.object_list)
    if query.tab or page.number > 1:
        return {_part(query.tab or Kind.MOVIE): of_page}
    parts: dict[str, list[Match]] = {}
    # In the order of the best of each.
    for match in query.matches:
        if match is not top:
            parts.setdefault(_part(match.of), []).append(match)
    parts["title"], parts["rest"] = of_page[:ON_TOP], of_page[ON_TOP:]
    return {of: part[: IN_A_ROW.get(of)] for of, part in parts.items()}


def _part(of: str) -> str:
    return "title" if of in OF_TITLES else of


def _section(query: Query, of: str, matches: Sequence[Match], things: dict[Key, Thing]) -> Section:
    found = (things.get(_of(match)) for match in matches)
    is_row = not query.tab and query.counts.get(of, 0) > len(matches)
    return Section(
        of=of,
        things=[thing for thing in found if thing],
        url=_address(query, of) if is_row else "",
    )


def _by_part(things: Sequence[Thing]) -> list[Section]:
    parts = dict.fromkeys(_part(_key(thing)[0]) for thing in things)
    return [Section(of, [one for one in things if _part(_key(one)[0]) == of]) for of in parts]


def _of(match: Match) -> Key:
    return match.of, match.pk


def _key(thing: Thing) -> Key:
    if isinstance(thing, Title):
        return thing.kind, thing.pk
    return ("person" if isinstance(thing, Person) else "collection"), thing.pk


def _tabs(query: Query) -> list[Tab]:
    """Those that have something on them, and the one that is open."""
    return [
        Tab(str(name), query.counts[tab], _address(query, tab), tab == query.tab)
        for tab, name in TABS.items()
        if query.counts[tab] or tab in ("", query.tab)
    ]


def _address(query: Query, tab: str) -> str:
    asked: dict[str, object] = {"q": query.words, "type": tab}
    if tab in OF_TITLES:
        asked |= {"genre": query.genre, "from": query.year_from, "to": query.year_to}
    said = {name: value for name, value in asked.items() if value}
    return f"{reverse('catalog:search')}?{urlencode(said)}"
