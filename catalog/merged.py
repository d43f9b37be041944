"""Titles of TMDB's that are others by now (`sync.merging`), for rooms that keep what is of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.models import Episode, Season, Title
from catalog.models.title import TitleQuerySet

Keys = dict[int, int]


@dataclass(frozen=True, slots=True)
class Parts:
    """By their keys, which season and which episode of a show is which of another one.

    They are known by their numbers, for TMDB's ids differ. Not all have a counterpart.
    """

    seasons: Keys
    episodes: Keys


def merged() -> TitleQuerySet:
    """Those that lead to one which is there."""
    gone = Title.objects.filter(hidden_at__isnull=False, merged_into__isnull=False)
    return gone.filter(merged_into__hidden_at=None).select_related("merged_into").order_by("pk")


def parts(old: Title, new: Title) -> Parts:
    seasons = Season.objects.filter(title=old).values_list("number", "pk")
    there = dict(Season.objects.visible().filter(title=new).values_list("number", "pk"))
    episodes = _numbered(Episode.objects.filter(season__title=old))
    numbered = _numbered(Episode.objects.listed().filter(season__title=new))
    found = {place: pk for pk, place in numbered.items()}
    return Parts(
        {pk: there[number] for number, pk in seasons if number in there},
        {pk: found[place] for pk, place in episodes.items() if place in found},
    )


def _numbered(episodes: QuerySet[Episode]) -> dict[int, tuple[int, int]]:
    rows = episodes.order_by("pk").values_list("pk", "season__number", "number")
    return {pk: (season, number) for pk, season, number in rows}
