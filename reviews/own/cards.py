"""A member's own ratings on cards."""

from collections.abc import Sequence

from django.http import HttpRequest

from cinehub.kit.own import Told


def stars(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `stars`, of titles' keys."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    ratings = request.user.ratings.of_titles().filter(title__in=[int(pk) for (pk,) in asked])
    given = dict(ratings.values_list("title", "value"))
    return [_stars(pk, given.get(int(pk))) for (pk,) in asked]


def _stars(pk: str, value: object) -> str:
    return f'<span class="own-stars" data-own="stars-{pk}">{value or ""}</span>'
