"""A member's page: who they are, what they watch, and what they say of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User, shows_additions
from accounts.views.profile import counted, seen
from catalog.carded import speak
from catalog.models import Title
from catalog.models.title import fitting
from cinehub.kit.web import Reader, reader
from lists.covers import Covered, covers, numbered
from lists.models import List, ListItem, Tracking, Viewing
from reviews import markdown
from reviews.models import Rating, Review

# What of each kind is shown; the rest has pages of its own.
IN_ROW, REVIEWS, LISTS = 12, 3, 6
# Among so many viewings one looks for the last titles: whoever watches a show watches it in a row.
LOOKED_AT = 60
EXCERPT = 280


@dataclass
class Sections:
    favorites: list[Title] = field(default_factory=list)
    watching: list[Tracking] = field(default_factory=list)
    viewings: list[Viewing] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    reviews: list[tuple[Review, str]] = field(default_factory=list)
    lists: list[Covered] = field(default_factory=list)
    # Films, episodes and minutes of this year; nothing for whom additions are not for.
    year: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        rows = (self.favorites, self.watching, self.viewings, self.ratings, self.reviews)
        return any(rows) or bool(self.lists)

    @property
    def hours(self) -> int:
        return round(self.year.get("minutes", 0) / 60)


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    context = seen(request, username)
    member = context["member"]
    if username != member.username:
        return redirect(member)
    if member.is_visible:
        context |= counted(context)
        context["told"] = sections(member, context["viewer"], reader(request))
        context["this_year"] = timezone.localdate().year
    return render(request, "member/profile.html", context)


def sections(member: User, viewer: Any, who: Reader) -> Sections:
    """Of what is for this viewer; in as many questions however much there is."""
    adult = fitting(adult=who.adult)
    told = Sections(
        favorites=_favorites(member, viewer, adult),
        reviews=_reviews(member, viewer, adult),
        lists=_lists(member, viewer, who),
    )
    # These are for the same people: that is asked once, and not of every row.
    if shows_additions(member, viewer):
        told.watching = _watching(member, adult)
        told.viewings = _viewings(member, adult)
        told.ratings = _ratings(member, adult)
        told.year = _year(member)
    speak(list(_titles(told)), who.language)
    return told


def _favorites(member: User, viewer: Any, adult: Q) -> list[Title]:
    lists = List.objects.visible_to(viewer).filter(owner=member, kind=List.Kind.FAVORITES)
    items = ListItem.objects.accepted().filter(adult, list__in=lists.order_by().values("pk"))
    return [item.title for item in items.in_order().select_related("title")[:IN_ROW]]


def _watching(member: User, adult: Q) -> list[Tracking]:
    going_on = Tracking.objects.filter(adult, user=member)
    shows = going_on.up_next(timezone.localdate()).select_related("title", "next_episode__season")
    return list(shows[:IN_ROW])


def _viewings(member: User, adult: Q) -> list[Viewing]:
    """The last one of each title."""
    found: dict[int, Viewing] = {}
    rows = Viewing.objects.filter(adult, user=member).newest()
    for viewing in rows.select_related("title", "episode__season")[:LOOKED_AT]:
        found.setdefault(viewing.title_id, viewing)
    return list(found.values())[:IN_ROW]


def _ratings(member: User, adult: Q) -> list[Rating]:
    ratings = Rating.objects.filter(adult, user=member).of_titles()
    return list(ratings.newest().select_related("title")[:IN_ROW])


def _reviews(member: User, viewer: Any, adult: Q) -> list[tuple[Review, str]]:
    """With how they begin, unless that tells more than somebody may want to know."""
    reviews = Review.objects.visible_to(viewer).filter(adult, author=member)
    found = list(reviews.told_to(viewer).select_related("title").newest()[:REVIEWS])
    for review in found:
        review.author = member
    return [(review, _beginning(review)) for review in found]


def _beginning(review: Review) -> str:
    is_plain = review.title.is_movie and not review.has_spoilers
    return markdown.excerpt(review.text, EXCERPT) if is_plain else ""


def _lists(member: User, viewer: Any, who: Reader) -> list[Covered]:
    lists = List.objects.visible_to(viewer).filter(owner=member).custom()
    found: list[Any] = list(numbered(lists).newest()[:LISTS])
    for each in found:
        each.owner = member
    return covers(found, who)


def _year(member: User) -> dict[str, int]:
    """The days are the member's; the moments are what an index knows."""
    begins = date(timezone.localdate().year, 1, 1)
    about = datetime(begins.year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    viewings = Viewing.objects.filter(user=member, watched_at__gte=about, watched_on__gte=begins)
    return viewings.aggregate(
        films=Count("pk", filter=Q(episode=None)),
        episodes=Count("pk", filter=Q(episode__isnull=False)),
        minutes=Coalesce(Sum(Coalesce("episode__runtime", "title__runtime")), 0),
    )


def _titles(told: Sections) -> Iterable[Title]:
    yield from told.favorites
    rows: Iterable[Any] = (*told.watching, *told.viewings, *told.ratings)
    yield from (row.title for row in rows)
    for review, _text in told.reviews:
        yield review.title
