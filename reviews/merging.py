"""What members think of a title that is another one by now is about the other one.

Of two ratings by a member the later one holds. Who has reviewed both has said two things: the older
review stays where it is. What of a show has no counterpart stays, too.
"""

import logging
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.records import touch
from catalog.merged import Keys, merged, parts
from catalog.models import Title
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews import rating
from reviews.models import Rating, Review
from reviews.models.reviews import ReviewQuerySet
from reviews.rating import Thing
from reviews.writing import tell_of

log = logging.getLogger(__name__)


def follow() -> int:
    """How many titles somebody had said something of."""
    rated = Rating.objects.filter(title=OuterRef("pk"))
    reviewed = Review.objects.filter(title=OuterRef("pk"))
    found = list(merged().filter(Q(Exists(rated)) | Q(Exists(reviewed))))
    for title in found:
        if title.merged_into:
            _follow(title, title.merged_into)
    return len(found)


def _follow(old: Title, new: Title) -> None:
    counterparts = parts(old, new)
    for thing, to in _things(old, new, counterparts.seasons, counterparts.episodes):
        _move_ratings(thing, to)
    for pk in _movable(old, new).order_by("pk").values_list("pk", flat=True):
        _move_review(pk, new, counterparts.episodes)
    kept.changed(address_of(new.kind, new.ref))


def _things(old: Title, new: Title, seasons: Keys, episodes: Keys) -> Iterable[tuple[Thing, Thing]]:
    """What is rated of the one, and what that is of the other."""
    rated = Rating.objects.filter(title=old).order_by("season", "episode")
    for season, episode in list(rated.values_list("season", "episode").distinct()):
        if season in seasons:
            yield Thing(old.pk, season), Thing(new.pk, seasons[season])
        elif episode in episodes:
            yield Thing(old.pk, None, episode), Thing(new.pk, None, episodes[episode])
        elif not (season or episode):
            yield Thing(old.pk), Thing(new.pk)


@transaction.atomic
def _move_ratings(thing: Thing, to: Thing) -> None:
    # Held before they are changed, as by whoever rates.
    for each in (thing, to):
        rating.recount(each.title, each.season, each.episode)
    members = set(thing.ratings().values_list("user", flat=True))
    twins = to.ratings().filter(user=OuterRef("user"))
    later = twins.filter(rated_at__gte=OuterRef("rated_at"))
    outdone = thing.ratings().filter(Exists(later)).delete()[0]
    rest = thing.ratings().order_by().values("user")
    outdone += to.ratings().filter(user__in=rest).delete()[0]
    thing.ratings().update(**to.columns)
    for each in (thing, to):
        rating.recount(each.title, each.season, each.episode)
    if outdone:
        log.info("%s ratings of %s were outdone by later ones of the same members", outdone, to)
    for member in members:
        touch(member)


def _movable(old: Title, new: Title) -> ReviewQuerySet:
    of_both = Review.objects.filter(title=new, author=OuterRef("author"))
    return Review.objects.filter(title=old).exclude(Exists(of_both))


def _move_review(pk: int, new: Title, episodes: Keys) -> None:
    try:
        with transaction.atomic():
            review = Review.objects.select_for_update(no_key=True).get(pk=pk)
            review.title = new
            review.covers_id = episodes.get(review.covers_id or 0, review.covers_id)
            review.save(update_fields=["title", "covers"])
            tell_of(review.author, new)
    except IntegrityError:
        # Its author has just written about the other one: they have said two things.
        log.info("A review of %s was written while one was to be moved there", new)
