"""What members have watched, as pages list it: the last first, day by day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import QueryDict

from accounts.models import User
from catalog.models import Kind, Name, Title
from catalog.models.title import ON_CARDS, VISIBLE, TitleQuerySet
from catalog.spelling import normalise
from cinehub.kit.places import place, place_of
from cinehub.kit.web import clean_words
from lists.models import Precision, Tracking, Viewing
from lists.models.viewings import ViewingQuerySet

PER_PAGE = 30
# What a line says of its title: whether TMDB still has it, too.
SHOWN = (*ON_CARDS, "hidden_at", "status")

Days = list[tuple[date | None, list[Viewing]]]


def titles_for(member: User, language: str) -> TitleQuerySet:
    """Those that TMDB has, and of the others those that the member has to do with."""
    watched = Viewing.objects.filter(user=member, title=OuterRef("pk"))
    tracked = Tracking.objects.filter(user=member, title=OuterRef("pk"))
    kept = VISIBLE | Q(Exists(watched)) | Q(Exists(tracked))
    return Title.objects.in_language(language).filter(kept)


def told(viewings: ViewingQuerySet, language: str) -> ViewingQuerySet:
    """With what a line of the history says, at the same cost for any number of them."""
    titles = Title.objects.for_cards(language).only(*SHOWN)
    return placed(viewings).prefetch_related(Prefetch("title", titles))


def placed(viewings: ViewingQuerySet) -> ViewingQuerySet:
    """With the episode of each, and whether it was the first time."""
    return viewings.annotate(is_again=_again()).select_related("episode__season")


@dataclass(frozen=True)
class Asked:
    """What of a history is to be seen; what makes no sense is not asked for."""

    kind: str = ""
    words: str = ""
    year: int | None = None
    month: int | None = None
    since: date | None = None
    until: date | None = None
    is_again: bool = False
    is_unknown: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        year = _number(query.get("year", ""), 1881, 2999)
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in Kind.values else "",
            words=clean_words(query.get("q", ""), 100),
            year=year,
            month=_number(query.get("month", ""), 1, 12) if year else None,
            since=_date(query.get("from", "")),
            until=_date(query.get("to", "")),
            is_again=query.get("again") == "1",
            is_unknown=query.get("unknown") == "1",
        )

    @property
    def query(self) -> str:
        """All of it, for an address."""
        parts = {
            "kind": self.kind,
            "q": self.words,
            "year": self.year,
            "month": self.month,
            "from": self.since,
            "to": self.until,
            "again": "1" if self.is_again else "",
            "unknown": "1" if self.is_unknown else "",
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def of(self, viewings: ViewingQuerySet) -> ViewingQuerySet:
        wanted = self._when()
        if self.kind:
            wanted &= Q(title__kind=self.kind)
        if self.words:
            wanted &= _named(self.words)
        if self.is_again:
            wanted &= _again()
        return viewings.filter(wanted)

    def _when(self) -> Q:
        if self.is_unknown:
            return Q(precision=Precision.UNKNOWN)
        bounds = {
            "watched_on__year": self.year,
            "watched_on__month": self.month,
            "watched_on__gte": self.since,
            "watched_on__lte": self.until,
        }
        return Q(**{name: value for name, value in bounds.items() if value})


@dataclass(frozen=True)
class Page:
    """So many viewings, day by day, and where the rest begins."""

    days: Days
    rest: str

    @classmethod
    def of(cls, viewings: ViewingQuerySet, after: str) -> Self:
        """`after` is the last one of the page before; nonsense begins from the start."""
        last = place_of(after)
        found = list((viewings.before(*last) if last else viewings).newest()[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        rest = place(shown[-1].watched_at, shown[-1].pk) if found[PER_PAGE:] else ""
        return cls(by_day(shown), rest)


def by_day(viewings: Iterable[Viewing]) -> Days:
    return [(day, list(ones)) for day, ones in groupby(viewings, lambda one: one.watched_on)]


def first_year(viewings: ViewingQuerySet) -> int | None:
    """Since when somebody remembers; the index has them in their order."""
    dated = viewings.exclude(precision=Precision.UNKNOWN).order_by("watched_at", "pk")
    found = dated.values_list("watched_on", flat=True).first()
    return found.year if found else None


def _named(words: str) -> Q:
    """By any of the title's names, however it is written."""
    names = Name.objects.filter(title=OuterRef("title"), form__contains=normalise(words))
    return Q(title__name__icontains=words) | Q(Exists(names))


def _again() -> Q:
    """What had been watched before: films are numbered, of episodes there is an earlier viewing."""
    # The title is for the index.
    whose = {name: OuterRef(name) for name in ("user", "title", "episode")}
    same = Viewing.objects.filter(**whose)
    at = OuterRef("watched_at")
    earlier = same.filter(Q(watched_at__lt=at) | Q(watched_at=at, pk__lt=OuterRef("pk")))
    return Q(rewatch__gt=0) | Q(Exists(earlier))


def _number(words: str, least: int, most: int) -> int | None:
    found = int(words) if re.fullmatch("[0-9]{1,4}", words) else 0
    return found if least <= found <= most else None


def _date(words: str) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
