"""Members follow, let in, block and mute each other.

Whoever changes a tie holds both members first: of two who change the same one waits, and nobody
is followed across a block.
"""

from collections.abc import Callable
from contextlib import suppress

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.models import Audience, Block, Follow, Kind, Notification, User
from accounts.notifying import notify

Deed = Callable[[User, User], object]


class Unreachable(Exception):
    """One of the two is not here for the other: gone, blocked, or one and the same."""


class NotAsked(Exception):
    """There is no such request any more."""


@transaction.atomic
def follow(follower: User, followed: User) -> Follow:
    """At once, or as a request to a private member. Raises Unreachable."""
    _hold(follower, followed)
    followed = _present(followed, follower)
    is_open = followed.audience != Audience.PRIVATE
    tie, is_new = Follow.objects.get_or_create(
        follower=follower,
        followed=followed,
        defaults={"accepted_at": timezone.now() if is_open else None},
    )
    if is_new and is_open:
        words = format_lazy(_("{name} follows you."), name=follower.name)
        _tell(followed, follower, Kind.FOLLOW, words, follower.get_absolute_url())
    elif is_new:
        words = format_lazy(_("{name} asks to follow you."), name=follower.name)
        _tell(followed, follower, Kind.REQUEST, words, reverse("accounts:settings-followers"))
    return tie


@transaction.atomic
def unfollow(follower: User, followed: User) -> None:
    """Or no longer ask to."""
    _hold(follower, followed)
    Follow.objects.filter(follower=follower, followed=followed).delete()
    _unsay(followed, follower)


@transaction.atomic
def accept(member: User, follower: User) -> Follow:
    """Raises NotAsked."""
    _hold(member, follower)
    tie = member.followers.filter(follower=follower).first()
    if tie is None:
        raise NotAsked
    if tie.accepted_at is None:
        _let_in(member, tie)
    return tie


@transaction.atomic
def decline(member: User, follower: User) -> None:
    """They are not told."""
    _hold(member, follower)
    member.followers.requested().filter(follower=follower).delete()
    _unsay(member, follower)


@transaction.atomic
def remove(member: User, follower: User) -> None:
    """They follow no longer, and are not told."""
    _hold(member, follower)
    member.followers.filter(follower=follower).delete()
    _unsay(member, follower)


@transaction.atomic
def block(blocker: User, blocked: User) -> Block:
    """Nothing is left between the two, and neither is there for the other. Raises Unreachable."""
    _hold(blocker, blocked)
    tie, _is_new = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    for one, other in ((blocker, blocked), (blocked, blocker)):
        Follow.objects.filter(follower=one, followed=other).delete()
        Notification.objects.filter(recipient=one, actor=other).delete()
    return tie


def unblock(blocker: User, blocked: User) -> None:
    """What was between them before does not come back."""
    blocker.blocks.filter(blocked=blocked).delete()
    records.refresh(blocker.pk, blocked.pk)


def mute(muter: User, muted: User) -> None:
    """Raises Unreachable."""
    _not_oneself(muter, muted)
    muter.mutes.get_or_create(muted=muted)
    records.refresh(muter.pk)


def unmute(muter: User, muted: User) -> None:
    muter.mutes.filter(muted=muted).delete()
    records.refresh(muter.pk)


def show_to(member: User, audience: Audience) -> None:
    """Who sees the profile. Once nobody has to ask any more, who has asked is let in."""
    User.objects.filter(pk=member.pk).update(audience=audience)
    member.audience = audience
    records.appear()
    if audience != Audience.PRIVATE:
        # Each by itself: whoever holds many at once may wait for ever.
        for follower in User.objects.present().asking(member):
            with suppress(NotAsked, Unreachable):
                accept(member, follower)


def _let_in(member: User, tie: Follow) -> None:
    tie.accepted_at = timezone.now()
    tie.save(update_fields=["accepted_at"])
    _unsay(member, tie.follower)
    words = format_lazy(_("{name} has let you in."), name=member.name)
    _tell(tie.follower, member, Kind.ACCEPTED, words, member.get_absolute_url())


def _not_oneself(one: User, other: User) -> None:
    if one.pk == other.pk:
        raise Unreachable


def _hold(one: User, other: User) -> None:
    """Until the transaction ends; always in the same order, so that nobody waits for ever."""
    _not_oneself(one, other)
    both = User.objects.filter(pk__in=(one.pk, other.pk)).order_by("pk")
    if len(both.select_for_update(no_key=True).values_list("pk")) < 2:
        raise Unreachable
    # Whoever holds them changes what they see of each other.
    records.refresh(one.pk, other.pk)


def _present(other: User, to: User) -> User:
    """As they are now. Staff who see everybody still do not follow who has blocked them."""
    between = Block.objects.between(to.pk, other.pk)
    both = User.objects.present().filter(pk__in=(to.pk, other.pk))
    found = {member.pk: member for member in both}
    if len(found) < 2 or between.exists():
        raise Unreachable
    return found[other.pk]


def _tell(recipient: User, actor: User, kind: Kind, text: str | Promise, url: str) -> None:
    notify(recipient=recipient, actor=actor, kind=kind, text=text, url=url)


def _unsay(member: User, follower: User) -> None:
    """That somebody follows or asks to, once it is no longer so or needs no answer."""
    told = member.notifications.filter(actor=follower, kind__in=(Kind.FOLLOW, Kind.REQUEST))
    told.delete()
