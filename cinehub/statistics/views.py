"""What a member's history and ratings come to, for whom what they add is for."""

from hashlib import blake2b
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import shows_additions
from accounts.views.profile import seen
from catalog.about.days import first_weekday
from cinehub.kit.web import interface, reader
from cinehub.statistics import telling
from cinehub.statistics.figures import Figures, figures_of, kept
from cinehub.statistics.span import Span
from reviews.scales import scale_of

# Before it there was nothing to watch.
FIRST_YEAR = 1880


@require_safe
def stats(request: HttpRequest, username: str) -> HttpResponse:
    return _shown(request, username, None)


@require_safe
def year(request: HttpRequest, username: str, year: int) -> HttpResponse:
    # For some it is tomorrow's already.
    if not FIRST_YEAR <= year <= timezone.now().year + 1:
        raise Http404
    return _shown(request, username, year)


def _shown(request: HttpRequest, username: str, year: int | None) -> HttpResponse:
    context = seen(request, username)
    member = context["member"]
    if username != member.username:
        return redirect(*(("year", member.username, year) if year else ("stats", member.username)))
    if not shows_additions(member, context["viewer"]):
        return render(request, "statistics/closed.html", context)
    figures = figures_of(member, year)
    context |= {"figures": figures, "year": year, "years": _years(figures)}
    if not figures.is_empty:
        context |= _head(request, figures)
        context |= _drawn(request, context)
    return render(request, f"statistics/{'year' if year else 'stats'}.html", context)


def _years(figures: Figures) -> range:
    """Of the whole history, the latest first."""
    since, until = figures.history.since, figures.history.until
    return range(until.year, since.year - 1, -1) if since and until else range(0)


def _head(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    return {
        "days": {day.on: day.viewings for day in figures.days},
        "weekday": first_weekday(reader(request)),
        "hours": round(figures.minutes / 60),
        "whole_days": round(figures.minutes / 60 / 24, 1),
    }


def _drawn(request: HttpRequest, context: dict[str, Any]) -> dict[str, str]:
    """All charts and posters: drawing them takes longer than all else, and they are the same until
    something of their member's changes, for readers of one language, country and scale."""
    member, figures = context["member"], context["figures"]
    for_whom = (reader(request), interface(request), scale_of(request.user), member.name)
    alike = blake2b(repr(for_whom).encode(), digest_size=12).hexdigest()

    def draw(span: Span) -> dict[str, str]:
        told = context | _told(request, figures)
        parts = ("body", "wall")
        return {part: render_to_string(f"statistics/_{part}.html", told, request) for part in parts}

    return kept(member, figures.year, f"drawn-{alike}", draw)


def _told(request: HttpRequest, figures: Figures) -> dict[str, Any]:
    who = reader(request)
    titles = telling.titles_of(telling.named(figures), who)
    return {
        "wall": [titles[pk] for pk in figures.wall if pk in titles],
        "charts": telling.charts(figures, first_weekday(who), scale_of(request.user)),
        "top_shows": telling.beside(titles, figures.top_shows),
        "top_films": telling.beside(titles, figures.top_films),
        "liked_more": telling.beside(titles, figures.opinions.over),
        "liked_less": telling.beside(titles, figures.opinions.under),
        "ends": telling.ends(titles, figures),
        "actors": telling.people(figures.taste.actors),
        "directors": telling.people(figures.taste.directors),
    }
