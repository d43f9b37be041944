"""The feed, a page at a time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.request import MemberRequest, members_only
from cinehub.feed import sources
from cinehub.feed.circle import Circle, proposed
from cinehub.feed.entries import entries
from cinehub.feed.sources import Place
from cinehub.kit.web import reader
from reviews.mentioning import names_for

PER_PAGE = 30
ALL = "all"
# What may be asked for, and of which kinds it is.
SHOWN = {
    ALL: (_("Everything"), [source.kind for source in sources.SOURCES]),
    "watched": (_("Watched"), [sources.WATCHED]),
    "rated": (_("Ratings"), [sources.RATED]),
    "reviews": (_("Reviews"), [sources.REVIEWED]),
    "lists": (_("Lists"), [sources.MADE, sources.ADDED]),
}


@require_safe
@members_only
@never_cache
@vary_on_headers("HX-Request")
def feed(request: MemberRequest) -> HttpResponse:
    asked, who = request.GET.get("show", ALL), reader(request)
    show = asked if asked in SHOWN else ALL
    after = Place.read(request.GET.get("after", ""))
    circle = Circle.of(request.user)
    kinds = SHOWN[show][1]
    found = sources.places(circle, kinds, adult=who.adult, after=after, number=PER_PAGE + 1)
    told = entries(circle, found[:PER_PAGE], adult=who.adult, language=who.language)
    texts = [one.row.text for one in told if one.kind == sources.REVIEWED]
    context = {
        "entries": told,
        "names": names_for(request.user, texts),
        "shows": [one.row.title_id for one in told if one.kind == sources.REVIEWED],
        "rest": str(found[PER_PAGE - 1]) if found[PER_PAGE:] else "",
        "show": show,
        "choices": {key: name for key, (name, _kinds) in SHOWN.items()},
        "is_alone": not circle.people,
        "proposed": [] if told else proposed(request.user),
    }
    part = "#page" if request.headers.get("HX-Request") else ""
    return render(request, f"feed/feed.html{part}", context)
