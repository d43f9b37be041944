"""A member's own ratings on cards."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import RatingScale
from cinehub.kit.icons import icon
from cinehub.kit.own import Told
from cinehub.kit.written import Given, WrittenRows, decimal
from reviews.models import Rating
from reviews.scales import in_words, on_scale, scale_of


def stars(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `stars`, of titles' keys."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    titles = [int(pk) for (pk,) in asked]
    given = dict(GIVEN.ask(member=request.user.pk, titles=titles))
    scale = scale_of(request.user)
    return [_stars(pk, decimal(given.get(int(pk))), scale) for (pk,) in asked]


def _given() -> QuerySet[Any, Any]:
    ratings = Rating.objects.of_titles().filter(
        user=Given("member"), title__pk__among=Given("titles")
    )
    return ratings.order_by().values_list("title", "value")


GIVEN = WrittenRows(_given)


def _stars(pk: str, value: Decimal | None, scale: RatingScale) -> str:
    return f'<span class="own-stars" data-own="stars-{pk}">{_own(value, scale)}</span>'


def _own(value: Decimal | None, scale: RatingScale) -> str:
    """Beside it all members' is, so it says whose it is."""
    if value is None:
        return ""
    said = escape(_("You gave %(rating)s") % {"rating": in_words(value, scale)})
    shown = f'<span aria-hidden="true">{on_scale(value, scale)}</span>'
    return f'{icon("user-star", 14)}<span class="visually-hidden">{said}</span>{shown}'
