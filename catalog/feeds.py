"""Charts, and what comes out soon, for those who read feeds: RSS 2.0 and Atom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from catalog.about.schedule import Event, coming_soon
from catalog.models import Chart, Title
from catalog.templatetags.catalog import picture_address, site_address
from cinehub.kit.addresses import Ref
from cinehub.kit.web import reader

ITEMS = 40
# XML has no way to write them.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Item:
    title: Title
    # Stays when the title is renamed; a film has one for each chart and day.
    mark: str
    when: str = ""


@dataclass(frozen=True)
class Told:
    """What a feed tells, and since when it has been so."""

    name: str
    address: str
    feed_address: str
    items: list[Item]
    since: datetime


class Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        """Not the newest item's: a chart changes when titles change places, too."""
        return self.feed["since"]


class Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return self.feed["since"]


class Titles(Feed):
    """Every address is absolute, with the host that the site calls its own."""

    feed_type: type[SyndicationFeed] = Rss
    item_guid_is_permalink = False
    # Nobody knows it before the picture is here, and RSS wants a number.
    item_enclosure_length = 0
    author_name = "CineHub"

    def title(self, told: Told) -> str:
        return f"{told.name} · CineHub"

    def link(self, told: Told) -> str:
        return site_address(told.address)

    def feed_url(self, told: Told) -> str:
        return site_address(told.feed_address)

    def description(self, told: Told) -> str:
        return _("%(name)s on %(site)s") % {"name": told.name, "site": "CineHub"}

    def feed_extra_kwargs(self, told: Told) -> dict[str, Any]:
        return {"since": told.since}

    def items(self, told: Told) -> Iterable[Item]:
        return told.items

    def item_title(self, item: Item) -> str:
        name = item.title.shown_name.name
        return _printable(f"{name} ({item.title.year})" if item.title.year else name)

    def item_description(self, item: Item) -> str:
        words = (item.when, item.title.words.overview)
        return _printable("".join(f"<p>{escape(part)}</p>" for part in words if part))

    def item_link(self, item: Item) -> str:
        return site_address(item.title.get_absolute_url())

    def item_guid(self, item: Item) -> str:
        bare = reverse("title", args=[item.title.kind, Ref(item.title.tmdb_id)])
        return f"{site_address(bare)}#{item.mark}"

    def item_updateddate(self, item: Item) -> datetime:
        """Its words seldom change; whoever has read it should not be told every week."""
        return item.title.details_at or item.title.fetched_at or datetime(2000, 1, 1, tzinfo=UTC)

    def item_enclosure_url(self, item: Item) -> str:
        path = item.title.poster_path
        return picture_address(path, "w342") if path else ""

    def item_enclosure_mime_type(self, item: Item) -> str:
        return "image/webp"


class ChartFeed(Titles):
    def get_object(self, request: HttpRequest, kind: str, slug: str) -> Told:
        chart = get_object_or_404(Chart, kind=kind, name=slug.replace("-", "_"))
        titles = Title.objects.visible().filter(chart_entries__chart=chart)
        in_order = titles.order_by("chart_entries__rank", "pk")[:ITEMS]
        mark = f"{chart.kind}-{chart.slug}"
        return Told(
            name=str(chart),
            address=chart.get_absolute_url(),
            feed_address=request.path,
            items=[Item(t, mark) for t in in_order.in_language(reader(request).language)],
            since=chart.fetched_at or datetime(2000, 1, 1, tzinfo=UTC),
        )


class ComingSoonFeed(Titles):
    def get_object(self, request: HttpRequest) -> Told:
        who, today = reader(request), timezone.localdate()
        titles = Title.objects.in_language(who.language)
        events = coming_soon(today, country=who.country, titles=titles, most=ITEMS)
        midnight = datetime.combine(today, time(), timezone.get_current_timezone())
        return Told(
            name=_("Coming soon"),
            address=reverse("catalog:calendar"),
            feed_address=request.path,
            items=[Item(e.title, e.day.isoformat(), _when(e)) for e in events],
            since=max([midnight, *(e.title.fetched_at for e in events if e.title.fetched_at)]),
        )


class ChartAtom(ChartFeed):
    feed_type = Atom


class ComingSoonAtom(ComingSoonFeed):
    feed_type = Atom


def _when(event: Event) -> str:
    return f"{date_format(event.day)}: {event.words}"


def _printable(words: str) -> str:
    return CONTROL_CHARACTERS.sub("", words)


chart_rss, chart_atom, calendar_rss, calendar_atom = (
    require_safe(conditional_page(feed))
    for feed in (ChartFeed(), ChartAtom(), ComingSoonFeed(), ComingSoonAtom())
)
