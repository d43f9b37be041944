"""What a member may like: what TMDB puts beside the titles that they liked.

Of what they liked the best and the latest is looked at, however much there is: so it costs the same
for everybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from accounts.models import User
from catalog.models import Kind, Link, Title
from catalog.models.title import fitting
from lists.models import List, ListItem, Tracking, Viewing
from lists.models.tracking import State
from reviews.models import Rating
from reviews.models.ratings import RatingQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])

# So many are recommended; of each of the ways to like something so many titles are looked at.
MOST, LOOKED_AT = 200, 100
LIKED_FROM = Decimal(7)
# How much it says of somebody that they rate a title so high, favour it, or have seen all of it.
SAYS = {Decimal(n) / 2: 0.3 + 0.7 * (n - 14) / 6 for n in range(14, 21)}
FAVOURED, WATCHED = 1.0, 0.25
# A similar one is not as good as a recommended one.
OF_LINK = {Link.Kind.RECOMMENDED: 1.0, Link.Kind.SIMILAR: 0.5}
# So many places further down a link says half as much as the first.
HALF_AFTER = 10
# What nobody likes counts half of what everybody does.
UNLOVED = 0.5
REASONS = 3


@dataclass(frozen=True, slots=True)
class Recommended:
    """By their keys: a title, and those of the member's own that speak for it most."""

    title: int
    because: tuple[int, ...] = ()


class Beside(NamedTuple):
    """A link, and what TMDB's voters think of the title that it leads to."""

    source: int
    title: int
    kind: str
    rank: int
    score: float


def recommended(member: User, *, adult: bool, kind: str = "") -> list[Recommended]:
    """The best first; for whom nothing can be found, what is popular."""
    liked = _liked(member)
    reasons: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for link in _beside(member, liked, adult, kind):
        points = liked[link.source] * _points(link)
        before = reasons[link.title].get(link.source, 0)
        reasons[link.title][link.source] = max(before, points)
    if not reasons:
        return _popular(member, adult, kind)
    best = sorted(reasons, key=lambda title: (-sum(reasons[title].values()), title))
    return [Recommended(title, _strongest(reasons[title])) for title in best[:MOST]]


def _liked(member: User) -> dict[int, float]:
    """Each by its key, with how much it says of them."""
    said = chain(
        ((title, WATCHED) for title in _finished(member)),
        ((title, FAVOURED) for title in _favoured(member)),
        ((title, SAYS[value]) for title, value in _rated(member)),
    )
    found: dict[int, float] = {}
    for title, much in said:
        found[title] = max(much, found.get(title, 0))
    return found


def _rated(member: User) -> Iterable[tuple[int, Decimal]]:
    high = _ratings(member).filter(value__gte=LIKED_FROM).order_by("-value", "-rated_at", "-pk")
    return high.values_list("title", "value")[:LOOKED_AT]


def _favoured(member: User) -> Iterable[int]:
    items = ListItem.objects.accepted().filter(list__owner=member, list__kind=List.Kind.FAVORITES)
    return items.order_by("-added_at", "-pk").values_list("title", flat=True)[:LOOKED_AT]


def _finished(member: User) -> Iterable[int]:
    """Shows to their last episode, and films; but for those that they found no good."""
    disliked = _ratings(member).filter(value__lt=LIKED_FROM).values("title")
    shows = Tracking.objects.filter(user=member, seen__gt=0, left=0).exclude(state=State.DROPPED)
    films = Viewing.objects.filter(user=member, episode=None).newest()
    latest = shows.order_by("-last_watched_at", "-pk")
    for rows in (latest, films):
        good = rows.exclude(title__in=disliked)
        yield from good.values_list("title", flat=True)[:LOOKED_AT]


def _beside(member: User, liked: Mapping[int, float], adult: bool, kind: str) -> Iterable[Beside]:
    links = Link.objects.filter(_wanted(adult, kind, "to__"), title__in=liked)
    found = _unknown(links, member, "to").order_by("pk")
    return (Beside(*row) for row in found.values_list("title", "to", "kind", "rank", "to__score"))


def _popular(member: User, adult: bool, kind: str) -> list[Recommended]:
    """Of films and shows each as many: an index knows them by their kind."""
    titles = _unknown(Title.objects.filter(_wanted(adult, "", "")), member, "pk")
    rows = chain.from_iterable(
        titles.of_kind(each).by_popularity().values_list("popularity", "pk")[:MOST]
        for each in ([kind] if kind else Kind.values)
    )
    best = sorted(rows, key=lambda row: (-row[0], row[1]))
    return [Recommended(pk) for _popularity, pk in best[:MOST]]


def _unknown(rows: Rows, member: User, of: str) -> Rows:
    """Of what they have neither seen nor rated, and do not mean to see."""
    lists = (List.Kind.WATCHLIST, List.Kind.FAVORITES)
    kept = ListItem.objects.filter(list__owner=member, list__kind__in=lists)
    known = [Model.objects.filter(user=member) for Model in (Viewing, Tracking, Rating)]
    for mine in (*known, kept):
        rows = rows.exclude(**{f"{of}__in": mine.order_by().values("title")})
    return rows


def _wanted(adult: bool, kind: str, of: str) -> Q:
    visible = Q(**{f"{of}hidden_at": None}) & fitting(adult=adult, of=of)
    return visible & Q(**{f"{of}kind": kind}) if kind else visible


def _points(link: Beside) -> float:
    place = HALF_AFTER / (HALF_AFTER + link.rank - 1)
    return OF_LINK[Link.Kind(link.kind)] * place * (UNLOVED + (1 - UNLOVED) * link.score / 10)


def _strongest(reasons: Mapping[int, float]) -> tuple[int, ...]:
    return tuple(sorted(reasons, key=lambda title: (-reasons[title], title))[:REASONS])


def _ratings(member: User) -> RatingQuerySet:
    return Rating.objects.filter(user=member).of_titles()
