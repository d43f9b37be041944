"""On a title's page first: what those whom one follows have to do with it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import Follow, User
from cinehub.feed.circle import followed
from cinehub.kit.copies import MOST_SUBJECTS, depend
from cinehub.kit.own import Told
from cinehub.kit.versions import of_member
from cinehub.kit.written import Given, WrittenRows
from lists.models import List, ListItem, Viewing
from reviews.models import Rating, Review

# So many faces; of all others it is said how many they are.
SHOWN = 12


class Said(NamedTuple):
    """By one's review, or else by one's rating, or else by what one has seen: in this order."""

    friends: list[Any]
    more: int


def on_titles(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `friends`, of titles' keys; a page has one."""
    # Most follow nobody: that is a short question, and the other one is long.
    viewer = request.user
    if not viewer.is_authenticated or not (tied := _tied(viewer)):
        return [""] * len(asked)
    depend(request, *map(of_member, tied))
    return [_on_title(request, pk, _friends(viewer, int(pk))) for (pk,) in asked]


def _tied(viewer: User) -> list[int]:
    """All whom the viewer follows, and may hear nothing of."""
    return [pk for (pk,) in TIED.ask(viewer=viewer.pk)]


def _ties() -> QuerySet[Any, Any]:
    ties = Follow.objects.accepted().filter(follower=Given("viewer")).order_by("pk")
    return ties.values_list("followed")[: MOST_SUBJECTS + 1]


TIED = WrittenRows(_ties)


def _on_title(request: HttpRequest, pk: str, said: Said) -> str:
    context = {"pk": pk, "said": said}
    return render_to_string("feed/_friends_on_title.html", context, request)


def _friends(viewer: User, title: int) -> Said:
    told = _told(viewer, title).filter(
        Q(review__isnull=False) | Q(value__isnull=False) | Q(has_seen=True) | Q(wants=True)
    )
    in_order = told.order_by(
        F("review").desc(nulls_last=True), F("value").desc(nulls_last=True), "-has_seen", "pk"
    )
    found = list(in_order[: SHOWN + 1])
    more = told.count() - SHOWN if found[SHOWN:] else 0
    return Said(found[:SHOWN], more)


def _told(viewer: User, title: int) -> QuerySet[Any, Any]:
    """What each of them shows of it to the viewer."""
    of_user = {"user": OuterRef("pk"), "title": title}
    ratings = Rating.objects.visible_to(viewer).of_titles().filter(**of_user)
    reviews = Review.objects.visible_to(viewer).filter(
        author=OuterRef("pk"), title=title, hidden_at=None
    )
    lists = List.objects.visible_to(viewer).filter(kind=List.Kind.WATCHLIST)
    wanted = ListItem.objects.accepted().filter(
        title=title, list__owner=OuterRef("pk"), list__in=lists.order_by().values("pk")
    )
    return followed(viewer).annotate(
        value=Subquery(ratings.order_by().values("value")[:1]),
        review=Subquery(reviews.order_by().values("pk")[:1]),
        has_seen=Exists(Viewing.objects.visible_to(viewer).filter(**of_user)),
        wants=Exists(wanted),
    )
