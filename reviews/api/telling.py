"""Rows, with all that their shapes tell: the same few questions, however many they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from accounts.models import User
from catalog.api.titles import titles_of
from catalog.models import Title
from cinehub.kit.api import Endpoint
from reviews import markdown, moderating, shield
from reviews.mentioning import names_for
from reviews.models import Comment, Edition, Rating, Review
from reviews.reporting import Said

Viewer = User | AnonymousUser
Row = TypeVar("Row", Rating, Review)
# As on pages, where the thing's own name is above it.
BELOW = 1


@dataclass(frozen=True, slots=True)
class ToldReview:
    review: Review
    title: Title
    html: str
    folded_because: str
    hidden_because: str

    @property
    def is_folded(self) -> bool:
        return bool(self.folded_because)


@dataclass(frozen=True, slots=True)
class ToldComment:
    comment: Comment
    parent: int | None
    html: str
    hidden_because: str


def title_of(view: Endpoint, media_type: str, tmdb_id: int) -> Title:
    """Also one that TMDB has dropped: what members said of it is still here."""
    titles = Title.objects.in_language(view.reader.language)
    return get_object_or_404(titles, kind=media_type, tmdb_id=tmdb_id)


def titled(view: Endpoint, rows: Sequence[Row]) -> list[Row]:
    """Each with its title, as Brief wants it."""
    titles = titles_of(view, (row.title_id for row in rows))
    for row in rows:
        row.title = titles[row.title_id]
    return list(rows)


def reviews(view: Endpoint, rows: Sequence[Review]) -> list[ToldReview]:
    """Of `told_to`."""
    viewer = view.request.user
    names = names_for(viewer, [one.text for one in rows])
    why = _why_hidden(viewer, rows)
    titled(view, rows)
    far = _reached(viewer, [one.title_id for one in rows if not one.title.is_movie])
    return [
        ToldReview(
            one,
            one.title,
            html=markdown.html(one.text, below=BELOW, names=names),
            folded_because=shield.reason(one, viewer, far, is_show=not one.title.is_movie),
            hidden_because=why.get(one.pk, ""),
        )
        for one in rows
    ]


def review(view: Endpoint, pk: int) -> ToldReview:
    """One that the reader sees. Raises Http404."""
    viewer = view.request.user
    rows = Review.objects.filter(pk=pk).visible_to(viewer).told_to(viewer)
    return only(reviews(view, list(rows)))


def comments(viewer: Viewer, rows: Sequence[Comment]) -> list[ToldComment]:
    """Of `told_to`, with their reviews and those' authors at hand."""
    names = names_for(viewer, [one.text for one in rows])
    why = _why_hidden(viewer, rows)
    parents = _reachable(viewer, {one.parent_id for one in rows if one.parent_id})
    return [
        ToldComment(
            one,
            one.parent_id if one.parent_id in parents else None,
            html=markdown.html(one.text, below=BELOW, names=names),
            hidden_because=why.get(one.pk, ""),
        )
        for one in rows
    ]


def comment(view: Endpoint, pk: int) -> ToldComment:
    """One that the reader sees, of a review that they see. Raises Http404."""
    viewer = view.request.user
    seen = Review.objects.visible_to(viewer).order_by().values("pk")
    rows = Comment.objects.filter(pk=pk, review__in=seen).visible_to(viewer).told_to(viewer)
    return only(comments(viewer, list(rows.select_related("author", "review__author"))))


def editions(viewer: Viewer, rows: Sequence[Edition]) -> list[Edition]:
    names = names_for(viewer, [one.text for one in rows])
    for one in rows:
        html = markdown.html(one.text, below=BELOW, names=names)
        one.html = html  # type: ignore[attr-defined]
    return list(rows)


Told = TypeVar("Told")


def only(told: Sequence[Told]) -> Told:
    if not told:
        raise Http404
    return told[0]


def _why_hidden(viewer: Viewer, rows: Sequence[Said]) -> dict[int, str]:
    """By the keys of what moderators have hidden of the viewer's own."""
    hidden = [one for one in rows if one.hidden_at and one.author_id == viewer.pk]
    if not hidden or not viewer.is_authenticated:
        return {}
    of = "review" if isinstance(hidden[0], Review) else "comment"
    found = moderating.explain(viewer)
    decided = {one.pk: found.get((of, one.pk)) for one in hidden}
    return {pk: str(moderating.why(one)) for pk, one in decided.items() if one}


def _reachable(viewer: Viewer, parents: set[int]) -> set[int]:
    """What is answered, unless there is no trace of its author for the viewer."""
    if not parents:
        return set()
    reached = User.objects.reachable_by(viewer).order_by().values("pk")
    there = Comment.objects.filter(pk__in=parents, author__in=reached)
    return set(there.values_list("pk", flat=True))


def _reached(viewer: Viewer, shows: Sequence[int]) -> shield.Reached:
    """How far the viewer has got with them; nothing of who does not mind, or is not known."""
    if not shows or not viewer.is_authenticated or not viewer.spoiler_shield:
        return {}
    return _asking()(viewer, set(shows))


@cache
def _asking() -> Callable[[User, set[int]], Mapping[int, Any]]:
    """Another room's, which this one does not know: the settings do."""
    asking: Callable[[User, set[int]], Mapping[int, Any]] = import_string(
        settings.API_EXPANSIONS["reached"]
    )
    return asking
