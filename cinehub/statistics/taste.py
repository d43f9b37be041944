"""What somebody watches: of which genres, times, languages and countries, and by whom."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, Subquery

from catalog.models import Credit
from cinehub.statistics.span import Span
from reviews.models import Rating

# So many of each are shown.
MOST = 10
# Who comes later in the cast is hardly seen.
BILLED = 15
PART = Q(department=Credit.ACTING, position__lt=BILLED)
DIRECTED = Q(department="Directing", job="Director")
ON_THE_WALL = 12


class Share(NamedTuple):
    """How many of the titles are filed under it."""

    key: int | str
    name: str
    titles: int


class Face(NamedTuple):
    """In how many of the titles somebody is."""

    person: int
    name: str
    portrait: str
    titles: int


@dataclass(frozen=True, slots=True)
class Taste:
    genres: list[Share]
    countries: list[Share]
    languages: list[Share]
    # The first year of each, and how many titles; in order.
    decades: list[tuple[int, int]]
    actors: list[Face]
    directors: list[Face]


def taste(span: Span) -> Taste:
    languages, decades = _filed(span)
    return Taste(
        genres=_shares(span, "genres"),
        countries=_shares(span, "countries"),
        languages=languages,
        decades=decades,
        actors=_faces(span, PART),
        directors=_faces(span, DIRECTED),
    )


def wall(span: Span) -> list[int]:
    """What of the span hangs on the wall: what they liked best, then what many know."""
    own = Rating.objects.filter(user=span.member, title=OuterRef("pk")).of_titles()
    titles = span.titles.exclude(poster_path="").annotate(own=Subquery(own.values("value")[:1]))
    liked = titles.order_by(F("own").desc(nulls_last=True), "-popularity", "pk")
    return list(liked.values_list("pk", flat=True)[:ON_THE_WALL])


def _shares(span: Span, field: str) -> list[Share]:
    rows = (
        span.titles.filter(**{f"{field}__isnull": False})
        .values_list(field, f"{field}__name")
        .annotate(of=Count("pk"))
        .order_by("-of", f"{field}__name", field)
    )
    return [Share(*row) for row in rows[:MOST]]


def _filed(span: Span) -> tuple[list[Share], list[tuple[int, int]]]:
    """Languages and decades in one question: each title has one of both."""
    rows = (
        span.titles.values_list("original_language", "original_language__name", "year")
        .annotate(of=Count("pk"))
        .order_by()
    )
    languages, decades = Counter[tuple[str, str]](), Counter[int]()
    for code, name, year, titles in rows:
        if code:
            languages[code, name] += titles
        if year:
            decades[year // 10 * 10] += titles
    spoken = [Share(code, name, titles) for (code, name), titles in languages.items()]
    spoken.sort(key=lambda one: (-one.titles, one.name, one.key))
    return spoken[:MOST], sorted(decades.items())


def _faces(span: Span, role: Q) -> list[Face]:
    rows = (
        Credit.objects.filter(role, title__in=span.titles.values("pk"), person__hidden_at=None)
        .values_list("person", "person__name", "person__profile_path")
        .annotate(titles=Count("title", distinct=True))
        .order_by("-titles", "-person__popularity", "person")
    )
    return [Face(*row) for row in rows[:MOST]]
