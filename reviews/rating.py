"""Members rate titles, seasons and episodes.

Whoever changes a rating holds the tally of what is rated first, so that it is recounted from all
there are: of two who rate the same thing one waits.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts import records, undoing
from accounts.hooks.happening import Data, about, is_for, tell
from accounts.models import User
from catalog.models import Episode, Season, Title
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews.models import Rating, Tally
from reviews.models.ratings import STEPS, RatingQuerySet

PLACES = Decimal("0.0001")
NOBODY = [0] * STEPS


@dataclass(frozen=True, slots=True)
class Thing:
    """What is rated, by its keys: a title, or of a show a season or an episode."""

    title: int
    season: int | None = None
    episode: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "title_id": self.title,
            "season_id": self.season,
            "episode_id": self.episode,
        }

    def ratings(self) -> RatingQuerySet:
        return Rating.objects.filter(**self.columns)

    def numbers(self) -> dict[str, int | None]:
        """By which readers know it within its show."""
        season = episode = None
        if self.season:
            season = Season.objects.values_list("number", flat=True).get(pk=self.season)
        if self.episode:
            numbers = Episode.objects.values_list("season__number", "number")
            season, episode = numbers.get(pk=self.episode)
        return {"season_number": season, "episode_number": episode}


@transaction.atomic
def rate(
    member: User,
    *,
    title: Title,
    season: Season | None = None,
    episode: Episode | None = None,
    value: Decimal | None,
) -> Rating | None:
    """None takes the rating back."""
    return _rate(member, title, _thing(title, season, episode), value)[0]


@transaction.atomic
def rate_undoably(
    member: User,
    *,
    title: Title,
    season: Season | None = None,
    episode: Episode | None = None,
    value: Decimal | None,
) -> UUID:
    """The key of what makes it as it was."""
    thing = _thing(title, season, episode)
    before = _rate(member, title, thing, value)[1]
    return undoing.offer(
        member, "reviews.rated", thing.columns | {"value": None if before is None else str(before)}
    )


def as_it_was(member: User, data: dict[str, Any]) -> Thing:
    """Undoes `rate_undoably`: within a transaction, with what it has kept."""
    thing = Thing(data["title_id"], data["season_id"], data["episode_id"])
    value = data["value"]
    title = Title.objects.get(pk=thing.title)
    _rate(member, title, thing, None if value is None else Decimal(value))
    return thing


@transaction.atomic
def recount(title: int, season: int | None = None, episode: int | None = None) -> Tally:
    """By keys: what all members' ratings of the thing come to, whoever has left meanwhile."""
    thing = Thing(title, season, episode)
    return _recounted(_held(thing), thing)


def _rate(
    member: User, title: Title, thing: Thing, value: Decimal | None
) -> tuple[Rating | None, Decimal | None]:
    """The rating, and what it was before."""
    tally = _held(thing)
    own = thing.ratings().filter(user=member)
    before = own.values_list("value", flat=True).first()
    if value is None:
        own.delete()
        rating = None
    else:
        rating, _is_new = Rating.objects.update_or_create(
            user=member, **thing.columns, defaults={"value": value, "rated_at": timezone.now()}
        )
    _recounted(tally, thing)
    records.touch(member.pk)
    page = address_of(title.kind, title.ref)
    transaction.on_commit(partial(kept.changed, page))
    if rating or before is not None:
        _tell(member, title, thing, rating)
    return rating, before


def _tell(member: User, title: Title, thing: Thing, rating: Rating | None) -> None:
    """The member's webhooks."""

    def data(listener: User) -> Data | None:
        if not is_for(listener, title):
            return None
        return {
            "title": about(title),
            **thing.numbers(),
            "value": float(rating.value) if rating else None,
            "rated_at": rating.rated_at if rating else None,
        }

    tell(member.pk, "rating.set" if rating else "rating.cleared", data)


def _held(thing: Thing) -> Tally:
    """Made if there is none, and held until the end of the transaction."""
    held = Tally.objects.select_for_update(no_key=True).filter(**thing.columns)
    found = held.first()
    if found is None:
        # Whoever else makes it just now is waited for, and theirs is taken.
        Tally.objects.bulk_create([Tally(**thing.columns, histogram=NOBODY)], ignore_conflicts=True)
        found = held.get()
    return found


def _recounted(tally: Tally, thing: Thing) -> Tally:
    counted = thing.ratings().order_by().values_list("value").annotate(given=Count("pk"))
    histogram, total = list(NOBODY), Decimal(0)
    for value, given in counted:
        histogram[int(value * 2) - 1] = given
        total += value * given
    tally.histogram = histogram
    tally.count = sum(histogram)
    tally.average = (total / tally.count).quantize(PLACES) if tally.count else None
    tally.save(update_fields=["histogram", "count", "average"])
    return tally


def _thing(title: Title, season: Season | None, episode: Episode | None) -> Thing:
    return Thing(title.pk, season.pk if season else None, episode.pk if episode else None)
