"""Reviews and comments, as templates want them."""

from collections.abc import Collection
from typing import Any

from django import template
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString

from catalog.carded import title_of
from catalog.models import Title
from cinehub.kit.written import Given, WrittenRows
from reviews import markdown, shield
from reviews.mentioning import names_for
from reviews.models import Order, Review

register = template.Library()

# Beside all else on a title's page; the rest has a page of its own.
ON_TITLE = 4
# What is longer stands by itself.
LONGEST_IN_LIST = 1500
EXCERPT = 700


@register.simple_tag
def words(text: str, below: int, names: Collection[str]) -> SafeString:
    """As HTML, under a heading of the level `below`."""
    return markdown.html(text, below=below, names=names)


@register.filter
def beginning(text: str) -> str:
    """Of what is too long for a list; empty if it is not."""
    return markdown.excerpt(text, EXCERPT) if len(text) > LONGEST_IN_LIST else ""


@register.simple_tag(takes_context=True)
def fold(context: template.Context, review: Review, reached: shield.Reached) -> str:
    """Why the reader is asked first, if they are."""
    reader = context["request"].user
    return shield.reason(review, reader, reached, is_show=not review.title.is_movie)


@register.simple_tag(takes_context=True)
def reviews_on_title(context: template.Context) -> dict[str, Any]:
    """The first reviews of the title whose page it is, friends' before others', in three questions
    however many there are. Empty where there is no such title."""
    request = context["request"]
    at = request.resolver_match.kwargs
    title, is_reviewed = _title(at["kind"], at["ref"].id)
    if title is None:
        return {}
    if not is_reviewed:
        return {"title": title, "reviews": [], "count": 0, "shows": []}
    seen = Review.objects.visible_to(request.user)
    others = seen.about(title).exclude(author=request.user.pk).told_to(request.user)
    shown = list(others.in_order(Order.FRIENDS)[:ON_TITLE])
    for review in shown:
        review.title = title
    return {
        "title": title,
        "reviews": shown,
        "count": seen.about(title).count(),
        "names": names_for(request.user, [review.text for review in shown]),
        "shows": [] if title.is_movie else [title.pk],
    }


# What a title is called and where its page is, in the order of its model.
NAMED = ("id", "kind", "tmdb_id", "name", "original_name")


def _title(kind: str, tmdb_id: int) -> tuple[Title | None, bool]:
    """And whether anybody has reviewed it.

    Most nobody has: that is a short question, and who sees which is a long one.
    """
    for *values, is_reviewed in TITLE.ask(kind=kind, tmdb_id=tmdb_id):
        return title_of(NAMED, values, None), bool(is_reviewed)
    return None, False


def _titles() -> QuerySet[Title, Any]:
    reviewed = Exists(Review.objects.filter(title=OuterRef("pk")))
    titles = Title.objects.filter(kind=Given("kind"), tmdb_id=Given("tmdb_id"))
    return titles.annotate(is_reviewed=reviewed).order_by("pk").values_list(*NAMED, "is_reviewed")


TITLE = WrittenRows(_titles)
