"""The addresses of everything, for search engines: an index, and chunks by range of primary key.

A chunk is found by its keys and not by counting to it, so that the last of a million titles costs
no more than the first.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.http import require_safe

from catalog.models import Chart, Collection, Genre, Kind, Person, Title
from catalog.templatetags.catalog import site_address

# As many primary keys stand in a chunk at most; the format allows 50,000 addresses.
CHUNK = 5000
AN_HOUR = 3600

Address = tuple[str, datetime | None]


# Which of them there are is read from the indexes of what is visible.
SECTIONS: dict[str, QuerySet[Any]] = {
    "movies": Title.objects.visible().of_kind(Kind.MOVIE),
    "shows": Title.objects.visible().of_kind(Kind.TV),
    "people": Person.objects.visible(),
    "collections": Collection.objects.filter(hidden_at=None),
    "genres": Genre.objects.all(),
}
NEEDED = {
    "movies": ("kind", "tmdb_id", "name", "original_name", "fetched_at", "adult"),
    "shows": ("kind", "tmdb_id", "name", "original_name", "fetched_at", "adult"),
    "people": ("name", "fetched_at", "adult"),
    "collections": ("name", "fetched_at"),
    "genres": ("name", "fetched_at"),
}
PAGES = (
    ("home",),
    ("about",),
    ("catalog:calendar",),
    ("catalog:discover", Kind.MOVIE),
    ("catalog:discover", Kind.TV),
)


# Which chunks there are takes a look at every key, so it is looked at once an hour.
@require_safe
@cache_page(AN_HOUR)
@cache_control(public=True, max_age=AN_HOUR)
def index(request: HttpRequest) -> HttpResponse:
    chunks = [_chunk_address("pages", 0)]
    for section, things in SECTIONS.items():
        numbers = things.order_by().values_list(F("pk") / CHUNK, flat=True).distinct()
        chunks += [_chunk_address(section, number) for number in sorted(numbers)]
    return _xml("sitemapindex", (_entry("sitemap", url) for url in chunks))


# Not kept here: each is asked for about once a day.
@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def chunk(request: HttpRequest, section: str) -> HttpResponse:
    asked = request.GET.get("p", "0")
    if not re.fullmatch("[0-9]{1,9}", asked):
        raise Http404
    addresses = list(_pages() if section == "pages" else _things(section, int(asked)))
    if not addresses or (section == "pages" and int(asked)):
        raise Http404
    return _xml("urlset", (_entry("url", site_address(url), since) for url, since in addresses))


def _things(section: str, number: int) -> Iterator[Address]:
    if section not in SECTIONS:
        return
    start = number * CHUNK
    in_range = SECTIONS[section].filter(pk__gte=start, pk__lt=start + CHUNK)
    for thing in in_range.order_by("pk").only(*NEEDED[section]):
        if not getattr(thing, "adult", False):
            yield thing.get_absolute_url(), thing.fetched_at


def _pages() -> Iterator[Address]:
    for name, *args in PAGES:
        yield reverse(name, args=args), None
    for chart in Chart.objects.order_by("pk"):
        yield chart.get_absolute_url(), chart.fetched_at


def _chunk_address(section: str, number: int) -> str:
    return f"{site_address(reverse('sitemap-chunk', args=[section]))}?p={number}"


# Not by a template, which takes ten times as long for the thousands of a chunk.
def _entry(tag: str, address: str, since: datetime | None = None) -> str:
    fetched = f"<lastmod>{since:%Y-%m-%d}</lastmod>" if since else ""
    return f"<{tag}><loc>{escape(address)}</loc>{fetched}</{tag}>\n"


def _xml(tag: str, entries: Iterable[str]) -> HttpResponse:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="{space}">\n'
    return HttpResponse(f"{body}{''.join(entries)}</{tag}>\n", content_type="application/xml")
