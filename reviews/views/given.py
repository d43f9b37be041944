"""All the ratings that a member has given."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.models import Kind
from catalog.models.title import fitting
from cinehub.kit.web import reader
from reviews.models import Rating
from reviews.models.ratings import OF_EPISODE, OF_SEASON, OF_TITLE, RatingQuerySet
from reviews.scales import GIVEN, scale_of, steps
from reviews.views.finding import member_of, titles_for

PER_PAGE = 50


class Of(models.TextChoices):
    """What was rated."""

    MOVIE = "movie", _("Films")
    TV = "tv", _("Shows")
    SEASON = "season", _("Seasons")
    EPISODE = "episode", _("Episodes")


class Sort(models.TextChoices):
    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    HIGHEST = "highest", _("Highest")
    LOWEST = "lowest", _("Lowest")


RATED: dict[str, Q] = {
    Of.MOVIE: OF_TITLE & Q(title__kind=Kind.MOVIE),
    Of.TV: OF_TITLE & Q(title__kind=Kind.TV),
    Of.SEASON: OF_SEASON,
    Of.EPISODE: OF_EPISODE,
}
SORTED: dict[str, tuple[str, str]] = {
    Sort.NEWEST: ("-rated_at", "-pk"),
    Sort.OLDEST: ("rated_at", "pk"),
    Sort.HIGHEST: ("-value", "-pk"),
    Sort.LOWEST: ("value", "pk"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which of them, and in which order; nonsense is as if nothing was said."""

    of: str
    value: Decimal | None
    sort: str

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        of, sort = request.GET.get("of", ""), request.GET.get("sort", "")
        return cls(
            of=of if of in RATED else "",
            value=GIVEN.get(request.GET.get("value", "")),
            sort=sort if sort in SORTED else Sort.NEWEST,
        )

    def among(self, ratings: RatingQuerySet) -> RatingQuerySet:
        if self.of:
            ratings = ratings.filter(RATED[self.of])
        if self.value is not None:
            ratings = ratings.filter(value=self.value)
        return ratings.order_by(*SORTED[self.sort])


@require_safe
def ratings(request: HttpRequest, username: str) -> HttpResponse:
    member = member_of(request, username)
    if username != member.username:
        return redirect("reviews:ratings", member.username)
    query = Query.read(request)
    is_own = member == request.user
    fit = fitting(adult=is_own or reader(request).adult)
    seen = Rating.objects.filter(fit, user=member).visible_to(request.user)
    told = seen.select_related("season", "episode__season").prefetch_related(titles_for(request))
    page = Paginator(query.among(told), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "page": page,
        "query": query,
        "is_own": is_own,
        "choices": {"of": Of.choices, "sort": Sort.choices},
        "steps": reversed(steps(scale_of(request.user))),
    }
    return render(request, "reviews/ratings.html", context)
