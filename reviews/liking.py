"""Members like reviews and comments.

Whoever likes holds what they like first, so that its likes are recounted from all there are.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.models import Kind, User
from accounts.notifying import notify
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews.models import Comment, Like, Review

Liked = Review | Comment


@transaction.atomic
def like(member: User, liked: Liked) -> None:
    """Once, however often it is said; its author is told."""
    _hold(liked)
    is_new = Like.objects.get_or_create(user=member, **_of(liked))[1]
    if is_new:
        _recount(liked)
        records.touch(member.pk)
        _tell(member, liked)


@transaction.atomic
def unlike(member: User, liked: Liked) -> None:
    _hold(liked)
    if Like.objects.filter(user=member, **_of(liked)).delete()[0]:
        _recount(liked)
        records.touch(member.pk)


def _hold(liked: Liked) -> None:
    """A 404 if it is gone by then."""
    get_object_or_404(type(liked)._default_manager.select_for_update(no_key=True), pk=liked.pk)


def _of(liked: Liked) -> dict[str, Any]:
    return {"review" if isinstance(liked, Review) else "comment": liked}


def _recount(liked: Liked) -> None:
    liked.like_count = Like.objects.filter(**_of(liked)).count()
    liked.save(update_fields=["like_count"])
    review = _review(liked)
    about = address_of(review.title.kind, review.title.ref)
    transaction.on_commit(partial(kept.changed, about))


def _tell(member: User, liked: Liked) -> None:
    """Unless their author does not see any more where it stands."""
    review = _review(liked)
    if not Review.objects.visible_to(liked.author).filter(pk=review.pk).exists():
        return
    notify(
        recipient=liked.author,
        actor=member,
        kind=Kind.LIKE,
        text=_words(member, liked),
        url=liked.get_absolute_url(),
    )


def _words(member: User, liked: Liked) -> str | Promise:
    told = {"name": member.name, "title": _review(liked).title.name}
    if isinstance(liked, Review):
        return format_lazy(_("{name} likes your review of {title}."), **told)
    return format_lazy(_("{name} likes your comment on a review of {title}."), **told)


def _review(liked: Liked) -> Review:
    return liked if isinstance(liked, Review) else liked.review
