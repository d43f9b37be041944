"""How members see ratings: each on the scale that they have chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import RatingScale, User
from reviews.models.ratings import MOST, STEPS

HALVES = [Decimal(n) / 2 for n in range(1, STEPS + 1)]
FULL, HALF = "★", "½"


@dataclass(frozen=True, slots=True)
class Step:
    """Something one may give: as it is kept, as it is said, and as it is shown."""

    value: Decimal
    name: str
    short: str

    @property
    def key(self) -> str:
        """As forms send it."""
        return key_of(self.value)


def key_of(value: Decimal) -> str:
    """The same of what was read from a form and from the database."""
    return f"{value:.1f}"


# What a form may send.
GIVEN = {key_of(value): value for value in HALVES} | {str(value): value for value in HALVES}


def scale_of(viewer: User | AnonymousUser) -> RatingScale:
    """Visitors see TMDB's."""
    return RatingScale(getattr(viewer, "rating_scale", RatingScale.TEN))


def on_scale(value: Decimal, scale: RatingScale) -> str:
    """As it is shown: 8.5, ★★★★½ or 85."""
    if scale == RatingScale.STARS:
        stars, half = divmod(int(_nearest(value)), 2)
        return FULL * stars + (HALF if half else "")
    return _number(value * 10, 0) if scale == RatingScale.HUNDRED else _number(value)


def in_words(value: Decimal, scale: RatingScale) -> str:
    """As it is said."""
    told = {"value": in_figures(value, scale), "most": most(scale)}
    return _("%(value)s of %(most)s") % told


def in_figures(value: Decimal, scale: RatingScale) -> str:
    """Of an average, too, which lies between the steps."""
    if scale == RatingScale.HUNDRED:
        return _number(value * 10, 0)
    return _number(value / 2 if scale == RatingScale.STARS else value)


def most(scale: RatingScale) -> int:
    return {RatingScale.STARS: 5, RatingScale.HUNDRED: 100}.get(scale, int(MOST))


def steps(scale: RatingScale) -> Sequence[Step]:
    """What there is to choose from."""
    return _steps(scale, get_language())


@cache
def _steps(scale: RatingScale, _language: str | None) -> Sequence[Step]:
    """They are said in the language that is spoken now."""
    given = (value for value in HALVES if scale != RatingScale.STARS or value == int(value))
    return tuple(Step(value, in_words(value, scale), in_figures(value, scale)) for value in given)


def step_of(value: Decimal | None, scale: RatingScale) -> Decimal | None:
    """The one that is shown for a rating: on five stars every other one lies between two."""
    return _nearest(value) if value is not None and scale == RatingScale.STARS else value


def bars(histogram: Iterable[int], scale: RatingScale) -> list[tuple[Step, int]]:
    """How many have given each step."""
    counted = dict.fromkeys((step.value for step in steps(scale)), 0)
    for value, given in zip(HALVES, histogram, strict=True):
        counted[step_of(value, scale) or value] += given
    return [(step, counted[step.value]) for step in steps(scale)]


def _nearest(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def _number(value: Decimal, places: int = 1) -> str:
    """Without a decimal where it is whole."""
    rounded = value.quantize(Decimal(10) ** -places, ROUND_HALF_UP)
    is_whole = rounded == int(rounded)
    return number_format(int(rounded) if is_whole else rounded, 0 if is_whole else places)
