"""A member's own review of a title, or the way to write one."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import User
from cinehub.kit.addresses import Ref
from cinehub.kit.own import Told
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
    own = reader.reviews.filter(title__in=titles)
    if not own.exists():
        return {}
    told = own.select_related("title").told_to(reader).order_by("pk")
    return {review.title_id: review for review in told}
