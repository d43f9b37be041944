"""Members comment on reviews, and answer comments: that is as deep as it goes."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import records, undoing
from accounts.models import Kind, User
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews import mentioning, snapshots, writing
from reviews.mentioning import Told
from reviews.models import Comment, Review


@transaction.atomic
def comment(
    review: Review, author: User, *, text: str, key: UUID, parent: Comment | None = None
) -> Comment:
    """What answers an answer stands beside it. Sent twice, by its key, it is said once."""
    writing.hold(review)
    top = _top(review, parent) if parent else None
    said, is_new = Comment.objects.get_or_create(
        author=author, key=key, defaults={"review": review, "parent_id": top, "text": text}
    )
    if is_new:
        recount(review)
        records.touch(author.pk)
        told = [*_answered(review, author, parent), *_mentioned(review, author, text)]
        mentioning.tell(review, author, told, said.get_absolute_url())
    return said


@transaction.atomic
def edit(said: Comment, *, text: str) -> None:
    """Whoever is newly mentioned is told, unless it is hidden from them."""
    held = hold(said)
    if text == held.text:
        return
    said.text, said.edited_at = text, timezone.now()
    said.save(update_fields=["text", "edited_at"])
    records.touch(said.author_id)
    if not held.hidden_at:
        told = _mentioned(said.review, said.author, text, held.text)
        mentioning.tell(said.review, said.author, told, said.get_absolute_url())


@transaction.atomic
def remove(said: Comment) -> UUID:
    """Without what answers it, which stays; the key of what brings it back."""
    review = said.review
    writing.hold(review)
    hold(said)
    told = snapshots.of_comment(said) | {"comment": said.pk, "review": review.pk}
    key = undoing.offer(said.author, "reviews.uncommented", told)
    said.delete()
    recount(review)
    records.touch(said.author_id)
    return key


def bring_back(member: User, data: dict[str, Any]) -> Review | None:
    """Undoes `remove`, unless what it was about is gone, too."""
    review = Review.objects.filter(pk=data["review"]).first()
    if review is None:
        return None
    writing.hold(review)
    # Its form was sent once more meanwhile: it is said again already.
    if member.comments.filter(key=data["rows"][0]["fields"]["key"]).exists():
        return review
    snapshots.put_back(data)
    Comment.objects.filter(pk__in=data["replies"], review=review).update(parent=data["comment"])
    recount(review)
    records.touch(member.pk)
    return review


def hold(said: Comment) -> Comment:
    """As it is now, until the transaction ends; a 404 if it is gone by then."""
    return get_object_or_404(Comment.objects.select_for_update(no_key=True), pk=said.pk)


def recount(review: Review) -> None:
    """Its comments, but for hidden ones. Whoever calls holds the review."""
    review.comment_count = review.comments.filter(hidden_at=None).count()
    review.save(update_fields=["comment_count"])
    about = address_of(review.title.kind, review.title.ref)
    transaction.on_commit(partial(kept.changed, about))


def _top(review: Review, parent: Comment) -> int | None:
    """What they stand under, unless it has just gone. Whoever calls holds the review."""
    top = parent.parent_id or parent.pk
    return top if review.comments.filter(pk=top).exists() else None


def _answered(review: Review, actor: User, parent: Comment | None) -> list[Told]:
    told = {"name": actor.name, "title": review.title.name}
    on_review = format_lazy(_("{name} comments on your review of {title}."), **told)
    found: list[Told] = [(review.author, Kind.COMMENT, on_review)]
    if parent:
        to_them = format_lazy(_("{name} answers your comment on a review of {title}."), **told)
        found.append((parent.author, Kind.COMMENT, to_them))
    return found


def _mentioned(review: Review, actor: User, text: str, before: str = "") -> list[Told]:
    words = format_lazy(
        _("{name} mentions you in a comment on a review of {title}."),
        name=actor.name,
        title=review.title.name,
    )
    return [(one, Kind.MENTION, words) for one in mentioning.newly_named(text, before)]
