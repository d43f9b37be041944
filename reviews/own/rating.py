"""What a member gives something, with what all members give it; and where to give it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Self

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import RatingScale
from cinehub.kit.addresses import Ref, address
from cinehub.kit.own import Told
from cinehub.kit.written import Given, Parts, Written, decimal
from reviews import scales
from reviews.models import Rating, Tally
from reviews.models.ratings import OF_TITLE
from reviews.rating import NOBODY

# Of the picture of what all members give.
TALLEST, BAR_WIDTH = 100, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What a marker tells of what is rated."""

    title: int
    kind: str
    ref: Ref
    name: str
    season: str
    episode: str
    thing: int | None

    @classmethod
    def of(cls, told: Told) -> Self:
        pk, kind, tmdb_id, slug, name, season, episode, thing = told
        ref = Ref(int(tmdb_id), slug)
        return cls(int(pk), kind, ref, name, season, episode, int(thing) if thing else None)

    @property
    def key(self) -> str:
        """By which the part is known on its page."""
        of = "episode-" if self.episode else "season-" if self.season else ""
        return f"{of}{self.thing or self.title}"

    @property
    def anchor(self) -> str:
        """Cards lead to a title's."""
        return f"rating-{self.key}" if self.season else "rating"

    @property
    def action(self) -> str:
        """Where the form goes."""
        if not self.season:
            return reverse("reviews:rate", args=[self.kind, self.ref])
        if not self.episode:
            return reverse("reviews:rate-season", args=[self.ref, int(self.season)])
        numbers = [int(self.season), int(self.episode)]
        return reverse("reviews:rate-episode", args=[self.ref, *numbers])

    @property
    def page(self) -> str:
        if not self.season:
            return address("title", self.ref, self.kind)
        if not self.episode:
            return reverse("catalog:season", args=[self.ref, int(self.season)])
        return reverse("catalog:episode", args=[self.ref, int(self.season), int(self.episode)])

    @property
    def what(self) -> str:
        """A title, a season or an episode."""
        return "episode" if self.episode else "season" if self.season else "title"


@dataclass(frozen=True, slots=True)
class Figures:
    """What all members give a thing, and what this one does."""

    count: int = 0
    average: Decimal | None = None
    histogram: Sequence[int] = tuple(NOBODY)
    value: Decimal | None = None


NOTHING = Figures()


def rating(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `rating`; visitors see what members give, and what signing in is good for."""
    wanted = [Asked.of(told) for told in asked]
    given: dict[tuple[str, int], Figures] = {}
    for what in {one.what for one in wanted}:
        things = [one.thing or one.title for one in wanted if one.what == what]
        given |= {(what, key): told for key, told in _given(request.user.pk, what, things)}
    return [
        _rating(request, one, given.get((one.what, one.thing or one.title), NOTHING))
        for one in wanted
    ]


def _given(member: int | None, what: str, things: list[int]) -> Iterator[tuple[int, Figures]]:
    """By the things' keys; of a visitor there is nothing of their own."""
    told = _question(what).ask(member=member or 0, things=things)
    own = dict(told["own"])
    tallies = {key: rest for key, *rest in told["tallies"]}
    for key in {*own, *tallies}:
        count, average, histogram = tallies.get(key, (0, None, NOBODY))
        # SQLite tells a list within a row as text.
        counted = json.loads(histogram) if isinstance(histogram, str) else histogram
        yield key, Figures(count, decimal(average), counted, decimal(own.get(key)))


@cache
def _question(what: str) -> Written:
    def parts() -> Parts:
        meant = Q(**{f"{what}__pk__among": Given("things")})
        if what == "title":
            meant &= OF_TITLE
        own = Rating.objects.filter(meant, user=Given("member"))
        tallies = Tally.objects.filter(meant).order_by("pk")
        return {
            "tallies": tallies.values_list(what, "count", "average", "histogram"),
            "own": own.order_by("pk").values_list(what, "value"),
        }

    return Written(parts)


def _rating(request: HttpRequest, one: Asked, given: Figures) -> str:
    scale = scales.scale_of(request.user)
    drawn = bars(given.histogram, scale)
    context = {
        "one": one,
        "tally": given,
        "value": given.value,
        "shown": scales.step_of(given.value, scale),
        "steps": scales.steps(scale),
        "bars": drawn,
        "across": len(drawn) * BAR_WIDTH,
        "most": scales.most(scale),
    }
    return render_to_string("reviews/_rating.html", context, request)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many members gave so much: `height` is of 100, the tallest has all of them."""

    step: scales.Step
    count: int
    height: int
    across: int

    @property
    def top(self) -> int:
        return TALLEST - self.height


def bars(histogram: Sequence[int], scale: RatingScale) -> list[Bar]:
    counted = scales.bars(histogram, scale)
    tallest = max(count for _step, count in counted) or 1
    return [
        # One that is there at all can be seen.
        Bar(step, count, max(round(count / tallest * TALLEST), 2 if count else 0), n * BAR_WIDTH)
        for n, (step, count) in enumerate(counted)
    ]
