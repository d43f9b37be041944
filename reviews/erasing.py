"""What stays right when a member has left for good: averages, and how much others' words got.

Each is counted anew with what of theirs it counted, before the member's row goes with all the rest.
Whoever is interrupted begins anew, and finds less to do.
"""

from functools import partial

from django.db import transaction

from accounts.models import User
from catalog.models import Title
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews import commenting, liking, rating, writing
from reviews.models import Comment


def erase(member: User) -> None:
    things = member.ratings.order_by("title", "season", "episode", "pk")
    for title, season, episode in list(things.values_list("title", "season", "episode")):
        _forget_rating(member, rating.Thing(title, season, episode))
    for like in member.likes.select_related("review", "comment__review").order_by("pk"):
        liked = like.review or like.comment
        if liked:
            liking.unlike(member, liked)
    others = member.comments.exclude(review__author=member)
    for said in others.select_related("review__title").order_by("pk"):
        _forget_comment(said)


@transaction.atomic
def _forget_rating(member: User, thing: rating.Thing) -> None:
    # Held before it is changed, as by whoever rates.
    rating.recount(thing.title, thing.season, thing.episode)
    thing.ratings().filter(user=member).delete()
    rating.recount(thing.title, thing.season, thing.episode)
    title = Title.objects.get(pk=thing.title)
    transaction.on_commit(partial(kept.changed, address_of(title.kind, title.ref)))


@transaction.atomic
def _forget_comment(said: Comment) -> None:
    """What others have answered stays."""
    review = writing.hold(said.review)
    said.delete()
    commenting.recount(review)
