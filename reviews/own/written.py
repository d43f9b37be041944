"""A member's own review of a title, or the way to write one."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string

from cinehub.kit.addresses import Ref
from cinehub.kit.own import Told
from reviews.mentioning import names_for


def written(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `written`; visitors see what signing in is good for."""
    found = {}
    if request.user.is_authenticated:
        titles = [int(told[0]) for told in asked]
        own = request.user.reviews.filter(title__in=titles).select_related("title")
        told = own.told_to(request.user).order_by("pk")
        found = {review.title_id: review for review in told}
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
