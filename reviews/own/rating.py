"""What a member gives something, with what all members give it; and where to give it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import RatingScale
from cinehub.kit.addresses import Ref, address
from cinehub.kit.own import Told
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
    def is_meant(self) -> Q:
        if self.thing is None:
            return OF_TITLE & Q(title=self.title)
        return Q(episode=self.thing) if self.episode else Q(season=self.thing)

    def is_of(self, row: Rating | Tally) -> bool:
        if self.thing is None:
            return row.title_id == self.title and not (row.season_id or row.episode_id)
        return self.thing == (row.episode_id if self.episode else row.season_id)


def rating(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `rating`; visitors see what members give, and what signing in is good for."""
    wanted = [Asked.of(told) for told in asked]
    meant = Q()
    for one in wanted:
        meant |= one.is_meant
    tallies = list(Tally.objects.filter(meant).order_by("pk"))
    given: list[Rating] = []
    if request.user.is_authenticated:
        given = list(request.user.ratings.filter(meant).order_by("pk"))
    return [
        _rating(
            request,
            one,
            next((tally for tally in tallies if one.is_of(tally)), None),
            next((own.value for own in given if one.is_of(own)), None),
        )
        for one in wanted
    ]


def _rating(request: HttpRequest, one: Asked, tally: Tally | None, value: Decimal | None) -> str:
    scale = scales.scale_of(request.user)
    drawn = bars(tally.histogram if tally else NOBODY, scale)
    context = {
        "one": one,
        "tally": tally,
        "value": value,
        "shown": scales.step_of(value, scale),
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
