"""Members write reviews: one of each title, which they may edit."""

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
from catalog.models import Episode, Title
from cinehub.kit import kept
from cinehub.kit.addresses import address_of
from reviews import mentioning, snapshots
from reviews.models import Decision, Edition, Review


class Written(Exception):
    """They have written one of it already."""


@transaction.atomic
def publish(
    author: User,
    title: Title,
    *,
    text: str,
    has_spoilers: bool,
    covers: Episode | None,
    audience: str,
    is_first: bool = False,
) -> Review:
    """Written, or edited; what it said before is kept. Whoever is newly mentioned is told.

    Raises Written where there is one, and it is to be the first.
    """
    said = {"text": text, "has_spoilers": has_spoilers, "covers": covers, "audience": audience}
    review, is_new = Review.objects.get_or_create(author=author, title=title, defaults=said)
    if is_first and not is_new:
        raise Written
    before = "" if is_new else _edit(review, said)
    tell_of(author, title)
    called = mentioning.newly_named(text, before)
    told = {"name": author.name, "title": title.name}
    words = format_lazy(_("{name} mentions you in a review of {title}."), **told)
    url = review.get_absolute_url()
    mentioning.tell(review, author, [(one, Kind.MENTION, words) for one in called], url)
    return review


@transaction.atomic
def withdraw(review: Review) -> UUID:
    """With its comments and likes; the key of what brings all of it back."""
    held = hold(review)
    told = snapshots.of_review(held) | {"review": held.pk, "title": held.title_id}
    key = undoing.offer(review.author, "reviews.withdrawn", told)
    held.delete()
    tell_of(review.author, review.title)
    return key


def bring_back(member: User, data: dict[str, Any]) -> Title:
    """Undoes `withdraw`, unless they have written another one since; what it is about."""
    if not member.reviews.filter(title=data["title"]).exists():
        snapshots.put_back(data)
        keys = [decision for decision, _comment in data["decisions"]]
        Decision.objects.filter(pk__in=keys).update(review=data["review"])
    title = Title.objects.get(pk=data["title"])
    tell_of(member, title)
    return title


def covered(title: Title, season: int, number: int | None) -> Episode | None:
    """The episode that a review goes up to: the season's last one, if none is named."""
    listed = Episode.objects.listed().filter(season__title=title, season__number=season)
    if number is not None:
        listed = listed.filter(number=number)
    return listed.select_related("season").order_by("-number", "pk").first()


def hold(review: Review) -> Review:
    """As it is now, until the transaction ends; a 404 if it is gone by then."""
    return get_object_or_404(Review.objects.select_for_update(no_key=True), pk=review.pk)


def tell_of(member: User, title: Title) -> None:
    """That what the member has on record, and the title's page, are not as they were."""
    records.touch(member.pk)
    transaction.on_commit(partial(kept.changed, address_of(title.kind, title.ref)))


def _edit(review: Review, said: dict[str, object]) -> str:
    """What it said before, which becomes an edition if it says something else now."""
    held = hold(review)
    before = held.text
    if (held.text, held.has_spoilers) != (said["text"], said["has_spoilers"]):
        written_at = held.edited_at or held.created_at
        Edition.objects.create(
            review=review, text=before, has_spoilers=held.has_spoilers, written_at=written_at
        )
        said = said | {"edited_at": timezone.now()}
    for name, value in said.items():
        setattr(review, name, value)
    review.save(update_fields=list(said))
    return before
