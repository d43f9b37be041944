"""Whose history, and which part of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Title
from catalog.models.title import TitleQuerySet
from lists.models import Viewing
from lists.models.viewings import ViewingQuerySet
from lists.when import zone_of
from reviews.models import Rating
from reviews.models.ratings import RatingQuerySet


@dataclass(frozen=True, slots=True)
class Span:
    """A year as it was where the member is, or all time."""

    member: int
    zone: tzinfo
    year: int | None = None

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.zone)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1) if self.year else date.min

    @property
    def last(self) -> date:
        return date(self.year, 12, 31) if self.year else date.max

    @property
    def earlier(self) -> Q:
        """Viewings before it; what nobody remembers was before any year."""
        if not self.year:
            return Q(pk=None)
        return Q(watched_on=None) | Q(watched_on__lt=self.first)

    @property
    def viewings(self) -> ViewingQuerySet:
        rows = Viewing.objects.filter(user=self.member)
        if self.year:
            rows = rows.filter(watched_on__gte=self.first, watched_on__lte=self.last)
        return rows

    @property
    def titles(self) -> TitleQuerySet:
        """What was watched, each once."""
        return Title.objects.filter(pk__in=self.viewings.order_by().values("title"))

    @property
    def ratings(self) -> RatingQuerySet:
        """Of films and shows; of those of a season or an episode there is no figure."""
        rows = Rating.objects.filter(user=self.member).of_titles()
        if self.year:
            begins = datetime(self.year, 1, 1, tzinfo=self.zone)
            ends = datetime(self.year + 1, 1, 1, tzinfo=self.zone)
            rows = rows.filter(rated_at__gte=begins, rated_at__lt=ends)
        return rows


def span_of(member: User, year: int | None) -> Span:
    return Span(member.pk, zone_of(member), year)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
