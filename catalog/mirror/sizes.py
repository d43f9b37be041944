"""TMDB's sizes that pages use, and which of them are made of what."""

import re
from dataclasses import dataclass

from django.conf import settings

from catalog.models.pictures import Picture

Role = Picture.Role

# By their width in pixels; h632 is how high a portrait is.
WIDTHS = {
    "w92": 92,
    "w154": 154,
    "w185": 185,
    "w300": 300,
    "w342": 342,
    "h632": 421,
    "w500": 500,
    "w780": 780,
    "w1280": 1280,
}
SIZES = tuple(WIDTHS)
SMALLEST = "w92"
NAME = re.compile(r"[A-Za-z0-9_-]{1,90}\.(?:jpg|png)")
# Of their height: what is between is neither a poster nor a backdrop.
UPRIGHT, WIDE = 0.8, 1.3


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a picture, and of which of TMDB's sizes. Others are made when asked for."""

    sizes: tuple[str, ...]
    source: str


# A poster is made of one and a half times its largest size: of one just as large it would lose
# about a decibel more. An address does not tell whose portrait or poster a small picture is, so
# that one (no role) is made alone.
PLANS = {
    Role.POSTER: Plan(("w92", "w154", "w185", "w342", "w500"), "w780"),
    Role.BACKDROP: Plan(("w300", "w780", "w1280"), "w1280"),
    Role.PORTRAIT: Plan(("w185", "h632"), "h632"),
    Role.STILL: Plan(("w185", "w300", "w780"), "w780"),
    Role.LOGO: Plan((), "w500"),
    "": Plan((), "w500"),
}
GUESSES = {
    "w185": "",
    "h632": Role.PORTRAIT,
    "w300": Role.STILL,
    "w1280": Role.BACKDROP,
}


def is_known(size: str, name: str) -> bool:
    """Whether TMDB would have such a size and name."""
    return size in WIDTHS and NAME.fullmatch(name) is not None


def guessed_role(size: str, path: str) -> str:
    """What a picture probably is, to judge by what is asked for."""
    return Role.LOGO if path.endswith(".png") else GUESSES.get(size, Role.POSTER)


def role_by_shape(guess: str, path: str, ratio: float) -> str:
    """What it is, now that it is here."""
    if ratio < UPRIGHT:
        return guess if guess in {Role.POSTER, Role.PORTRAIT, ""} else Role.POSTER
    if ratio > WIDE and not path.endswith(".png"):
        return guess if guess in {Role.BACKDROP, Role.STILL} else Role.STILL
    return Role.LOGO


def source_for(role: str, size: str) -> str:
    """Which of TMDB's sizes to ask for, where this one is wanted."""
    plan = PLANS[role]
    source = plan.source
    if settings.TMDB_IS_SAMPLE and plan.sizes:
        # What is drawn on the spot is as good at its own size.
        source = plan.sizes[-1]
    return max(source, size, key=WIDTHS.__getitem__)


def nearest(size: str, there: list[str]) -> str | None:
    """The one that stands in for it best: the next larger, or else the largest."""
    by_width = sorted(there, key=WIDTHS.__getitem__)
    larger = (other for other in by_width if WIDTHS[other] >= WIDTHS[size])
    return next(larger, by_width[-1] if by_width else None)
