"""A member's own ratings on cards."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import RatingScale
from cinehub.kit.icons import icon
from cinehub.kit.own import Told
from reviews.scales import in_words, on_scale, scale_of


def stars(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `stars`, of titles' keys."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    ratings = request.user.ratings.of_titles().filter(title__in=[int(pk) for (pk,) in asked])
    given = dict(ratings.values_list("title", "value"))
    scale = scale_of(request.user)
    return [_stars(pk, given.get(int(pk)), scale) for (pk,) in asked]


def _stars(pk: str, value: Decimal | None, scale: RatingScale) -> str:
    return f'<span class="own-stars" data-own="stars-{pk}">{_own(value, scale)}</span>'


def _own(value: Decimal | None, scale: RatingScale) -> str:
    """Beside it all members' is, so it says whose it is."""
    if value is None:
        return ""
    said = escape(_("You gave %(rating)s") % {"rating": in_words(value, scale)})
    shown = f'<span aria-hidden="true">{on_scale(value, scale)}</span>'
    return f'{icon("user-star", 14)}<span class="visually-hidden">{said}</span>{shown}'
