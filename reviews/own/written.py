"""A member's own review of a title, or the way to write one."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import User
from cinehub.kit.addresses import Ref
from cinehub.kit.own import Told
from cinehub.kit.written import Given, WrittenRows
from reviews.mentioning import names_for
from reviews.models import Review


def written(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `written`; visitors see what signing in is good for."""
    found = _own(request.user, [int(told[0]) for told in asked])
    names = names_for(request.user, [review.text for review in found.values()])
    return [
        render_to_string(
            "reviews/_written.html",
            {
                "pk": pk,
                "kind": kind,
                "ref": Ref(int(tmdb_id), slug),
                "name": name,
                "review": found.get(int(pk)),
                "names": names,
            },
            request,
        )
        for pk, kind, tmdb_id, slug, name in asked
    ]


def _own(reader: User | AnonymousUser, titles: list[int]) -> dict[int, Review]:
    """Most have written none: that is a short question, and what stands beside one a long one."""
    if not reader.is_authenticated:
        return {}
    found = [pk for (pk,) in OWN.ask(member=reader.pk, titles=titles)]
    if not found:
        return {}
    own = reader.reviews.filter(pk__in=found)
    told = own.select_related("title").told_to(reader).order_by("pk")
    return {review.title_id: review for review in told}


def _keys() -> QuerySet[Any, Any]:
    own = Review.objects.filter(author=Given("member"), title__pk__among=Given("titles"))
    return own.order_by("pk").values_list("pk")


OWN = WrittenRows(_keys)
