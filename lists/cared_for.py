"""What members care for: the catalogue is to have it whole, fresh, and with its poster."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.models import Picture, Title
from catalog.models.title import TitleQuerySet
from lists.models import List, ListItem, State, Tracking, Viewing

Ref = tuple[str, int]


def incomplete(most: int) -> list[Ref]:
    """So many of which the catalogue has not all, or nothing new, the most cared for first."""
    never = Q(details_at=None) | Q(refresh_at=None)
    return _first(Title.objects.filter(never | Q(refresh_at__lte=timezone.now())), most)


def without_poster(most: int) -> list[Ref]:
    """So many whose posters nobody has asked for yet."""
    asked = Picture.objects.filter(path=OuterRef("poster_path"))
    return _first(Title.objects.exclude(poster_path="").exclude(Exists(asked)), most)


def _first(titles: TitleQuerySet, most: int) -> list[Ref]:
    found: dict[Ref, None] = {}
    for rows in _by_care():
        # Asked in turn: what many are about to watch is not to wait for all they ever watched.
        if len(found) < most:
            wanted = titles.visible().having(rows).by_popularity()
            found |= dict.fromkeys(wanted.values_list("kind", "tmdb_id")[:most])
    return list(found)[:most]


def _by_care() -> list[QuerySet[Any]]:
    """Rows that name titles: what members are about to watch, then what they keep or have seen."""
    going_on = Tracking.objects.filter(state__in=(State.NONE, State.PLANNED))
    wanted = ListItem.objects.filter(list__kind=List.Kind.WATCHLIST)
    return [going_on, wanted, ListItem.objects.all(), Viewing.objects.all(), Tracking.objects.all()]
