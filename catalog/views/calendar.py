"""What comes out when, by month and day by day."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.about.days import Asked, frame, weeks
from catalog.about.schedule import best_by_day, lines_of, told
from catalog.models import Title
from cinehub.kit.kept import kept
from cinehub.kit.web import reader

# Of every day; the others are on the day's own page.
MOST = 6
# Whole rows of 3, 6 and 7.
PER_PAGE = 42


@require_safe
@kept()
def calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = Asked.read(request.GET, today)
    context = frame(asked, today)
    if asked.day:
        return _day(request, asked.day, asked, context)
    return _month(request, asked, context)


def _month(request: HttpRequest, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    who = reader(request)
    titles = Title.objects.for_cards(who.language)
    days = best_by_day(asked.days, kind=asked.kind, country=who.country, titles=titles, most=MOST)
    shown = [(day, asked.address(day=day.date)) for day in days]
    context |= {"days": shown, "weeks": weeks(asked, who, days)}
    return render(request, "catalog/calendar.html", context)


def _day(request: HttpRequest, day: date, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    who = reader(request)
    lines = lines_of((day, day), kind=asked.kind, country=who.country)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    events = told(page.object_list, Title.objects.for_cards(who.language))
    return render(request, "catalog/calendar/day.html", context | {"page": page, "events": events})
