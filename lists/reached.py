"""How far somebody has got with shows: what is told of later episodes may be kept from them."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, Max, OuterRef, Q, Subquery

from accounts.models import User
from catalog.models import Title
from lists.models import Tracking, Viewing

# Seasons have fewer episodes.
_SEASON = 1_000_000


class Place(NamedTuple):
    """The furthest episode that was watched; and whether none is left that has aired."""

    season: int
    number: int
    is_all: bool = False


NOWHERE = Place(0, 0)


def furthest(member: User, title: Title) -> tuple[int, int] | None:
    """Season and number of the last episode that they have watched, specials apart."""
    place = reached(member, [title.pk]).get(title.pk, NOWHERE)
    return place[:2] if place.season else None


def reached(member: User, titles: Iterable[int]) -> dict[int, Place]:
    """By the keys of those shows that they track, in one question. Who watches one anew has seen
    all of it."""
    watched = Viewing.objects.filter(user=member, title=OuterRef("title"))
    places = watched.filter(episode__season__number__gt=0).order_by().values("title")
    last = Max(F("episode__season__number") * _SEASON + F("episode__number"))
    rows = (
        Tracking.objects.filter(user=member, title__in=titles)
        .annotate(
            last=Subquery(places.annotate(last=last).values("last")),
            is_all=Q(rewatch__gt=0) | Q(seen__gt=0, left=0),
        )
        .values_list("title", "last", "is_all")
    )
    return {title: _place(last or 0, is_all) for title, last, is_all in rows}


def _place(last: int, is_all: bool) -> Place:
    season, number = divmod(last, _SEASON)
    return Place(season, number, is_all)
