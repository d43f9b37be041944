"""What stands for a list where many are shown: its first posters, and how many titles it has."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpRequest

from catalog.models import Title
from catalog.models.title import fitting
from cinehub.kit.web import Reader, reader
from lists.models import List, ListItem
from lists.models.lists import ListQuerySet
from lists.shelf import shown

PER_PAGE = 24
POSTERS = 4


@dataclass
class Covered:
    of: List
    # None where a filter says what is on it.
    number: int | None
    posters: list[Title]


def numbered(lists: ListQuerySet) -> ListQuerySet:
    """With how many titles each has, counted for those alone that are shown."""
    counted = ListItem.objects.accepted().filter(list=OuterRef("pk")).order_by().values("list")
    number = Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return lists.annotate(number=Coalesce(number, 0))


def covered(lists: ListQuerySet, request: HttpRequest) -> "Page[Any]":
    """A page of them, the last changed first."""
    in_order = numbered(lists).order_by("-changed_at", "-pk")
    page: Page[Any] = Paginator(in_order, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = covers(list(page.object_list), reader(request))
    return page


def covers(lists: list[Any], who: Reader) -> list[Covered]:
    """Of lists that are `numbered`."""
    posters = _posters(lists, who)
    return [
        Covered(each, None if each.is_smart else each.number, posters[each.pk]) for each in lists
    ]


def _posters(lists: list[List], who: Reader) -> dict[int, list[Title]]:
    """Of each list its cover, or else its first ones."""
    place = Window(RowNumber(), partition_by="list", order_by=[F("position").asc(), F("pk").asc()])
    items = ListItem.objects.accepted().filter(list__in=[each.pk for each in lists])
    pictured = items.exclude(title__poster_path="").filter(fitting(adult=who.adult))
    first = pictured.annotate(place=place).filter(place__lte=POSTERS).order_by("list", "place")
    keys: dict[int, list[int]] = {each.pk: [] for each in lists}
    for list_, title in first.values_list("list", "title"):
        keys[list_].append(title)
    chosen = {each.pk: each.cover_id for each in lists if each.cover_id}
    titles = shown(who.language, {*chosen.values(), *chain.from_iterable(keys.values())})
    for list_, title in chosen.items():
        if (cover := titles.get(title)) and (who.adult or not cover.adult):
            keys[list_] = [title]
    return {list_: [titles[pk] for pk in found if pk in titles] for list_, found in keys.items()}
