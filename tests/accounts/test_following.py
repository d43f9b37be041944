"""Following, letting in, blocking and muting: what is so afterwards, and what is never so."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts import following
from accounts.models import Audience, Block, Follow, Kind, Mute, Notification, User
from tests.make import make_user

pytestmark = pytest.mark.django_db


def follows(follower: User, followed: User) -> bool:
    return Follow.objects.accepted().filter(follower=follower, followed=followed).exists()


def asks(follower: User, followed: User) -> bool:
    return Follow.objects.requested().filter(follower=follower, followed=followed).exists()


def told(member: User) -> list[tuple[str, str, str]]:
    return list(member.notifications.newest().values_list("kind", "text", "url"))


# --- Following -----------------------------------------------------------------------------------
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.FOLLOWERS])
def test_a_member_who_is_not_private_is_followed_at_once(audience: Audience) -> None:
    ann, bob = make_user(username="ann"), make_user(audience=audience)

    following.follow(ann, bob)

    assert follows(ann, bob)
    assert told(bob) == [(Kind.FOLLOW, "ann follows you.", "/@ann")]


def test_a_private_member_is_asked() -> None:
    ann, bob = make_user(username="ann"), make_user(audience=Audience.PRIVATE)

    following.follow(ann, bob)

    assert asks(ann, bob)
    assert told(bob) == [(Kind.REQUEST, "ann asks to follow you.", "/settings/followers")]


def test_who_became_private_meanwhile_is_asked_whatever_the_caller_remembers() -> None:
    ann, bob = make_user(), make_user()
    User.objects.filter(pk=bob.pk).update(audience=Audience.PRIVATE)

    following.follow(ann, bob)

    assert asks(ann, bob)


def test_to_follow_twice_is_to_follow_once() -> None:
    ann, bob = make_user(), make_user()

    following.follow(ann, bob)
    following.follow(ann, bob)

    assert Follow.objects.count() == 1
    assert bob.notifications.count() == 1


def test_nobody_follows_oneself() -> None:
    ann = make_user()

    with pytest.raises(following.Unreachable):
        following.follow(ann, ann)


@pytest.mark.parametrize("gone", [{"is_active": False}, {"leaves_at": timezone.now()}])
def test_nobody_follows_who_is_gone(gone: dict[str, object]) -> None:
    ann, bob = make_user(), make_user(**gone)

    with pytest.raises(following.Unreachable):
        following.follow(ann, bob)
    with pytest.raises(following.Unreachable):
        following.follow(bob, ann)


def test_nobody_follows_who_has_been_erased() -> None:
    ann, bob = make_user(), make_user()
    User.objects.filter(pk=bob.pk).delete()

    with pytest.raises(following.Unreachable):
        following.follow(ann, bob)


def test_nobody_follows_across_a_block_and_be_it_the_staff() -> None:
    ann, bob = make_user(is_staff=True), make_user()
    following.block(bob, ann)

    with pytest.raises(following.Unreachable):
        following.follow(ann, bob)
    with pytest.raises(following.Unreachable):
        following.follow(bob, ann)


def test_to_unfollow_takes_back_what_was_told() -> None:
    ann, bob = make_user(), make_user()
    following.follow(ann, bob)

    following.unfollow(ann, bob)

    assert not follows(ann, bob)
    assert told(bob) == []


def test_a_request_is_withdrawn_and_leaves_nothing() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)
    following.follow(ann, bob)

    following.unfollow(ann, bob)

    assert not asks(ann, bob)
    assert told(bob) == []


# --- Letting in ----------------------------------------------------------------------------------
def test_who_is_accepted_follows_and_hears_of_it() -> None:
    ann, bob = make_user(), make_user(username="bob", audience=Audience.PRIVATE)
    following.follow(ann, bob)

    following.accept(bob, ann)

    assert follows(ann, bob)
    assert told(ann) == [(Kind.ACCEPTED, "bob has let you in.", "/@bob")]
    assert told(bob) == []


def test_to_accept_twice_tells_once() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)
    following.follow(ann, bob)

    following.accept(bob, ann)
    ann.notifications.all().delete()
    following.accept(bob, ann)

    assert told(ann) == []


def test_what_was_withdrawn_can_not_be_accepted() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)

    with pytest.raises(following.NotAsked):
        following.accept(bob, ann)


def test_who_is_declined_does_not_follow_and_is_not_told() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)
    following.follow(ann, bob)

    following.decline(bob, ann)

    assert not asks(ann, bob)
    assert (told(ann), told(bob)) == ([], [])


def test_to_decline_leaves_who_follows_already() -> None:
    ann, bob = make_user(), make_user()
    following.follow(ann, bob)

    following.decline(bob, ann)

    assert follows(ann, bob)


def test_a_follower_is_removed_and_not_told() -> None:
    ann, bob = make_user(), make_user()
    following.follow(ann, bob)
    following.follow(bob, ann)
    Notification.objects.all().delete()

    following.remove(bob, ann)

    assert not follows(ann, bob)
    assert follows(bob, ann)
    assert told(ann) == []


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.FOLLOWERS])
def test_who_waits_is_let_in_once_a_profile_is_no_longer_private(audience: Audience) -> None:
    bob = make_user(audience=Audience.PRIVATE)
    asking, gone = [make_user(), make_user()], make_user()
    for ann in (*asking, gone):
        following.follow(ann, bob)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    following.show_to(bob, audience)

    bob.refresh_from_db()
    assert bob.audience == audience
    assert [follows(ann, bob) for ann in asking] == [True, True]
    assert asks(gone, bob)
    assert [told(ann)[0][0] for ann in asking] == [Kind.ACCEPTED, Kind.ACCEPTED]


def test_who_becomes_private_keeps_their_followers() -> None:
    ann, bob = make_user(), make_user()
    following.follow(ann, bob)

    following.show_to(bob, Audience.PRIVATE)

    assert follows(ann, bob)


# --- Blocking ------------------------------------------------------------------------------------
def test_a_block_ends_what_ties_both_ways() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)
    following.follow(bob, ann)
    following.follow(ann, bob)
    assert ann.notifications.exists()
    assert bob.notifications.exists()

    following.block(ann, bob)

    assert not Follow.objects.exists()
    assert not Notification.objects.exists()


def test_a_block_leaves_what_ties_others() -> None:
    ann, bob, eve = make_user(), make_user(), make_user()
    following.follow(eve, ann)
    following.follow(eve, bob)

    following.block(ann, bob)

    assert follows(eve, ann)
    assert follows(eve, bob)
    assert Notification.objects.count() == 2


def test_a_request_is_not_accepted_across_a_block() -> None:
    ann, bob = make_user(), make_user(audience=Audience.PRIVATE)
    following.follow(ann, bob)
    following.block(ann, bob)

    with pytest.raises(following.NotAsked):
        following.accept(bob, ann)


def test_to_block_twice_is_to_block_once_and_each_may() -> None:
    ann, bob = make_user(), make_user()

    following.block(ann, bob)
    following.block(ann, bob)
    following.block(bob, ann)

    assert Block.objects.count() == 2


def test_who_unblocks_undoes_their_own_block_only() -> None:
    ann, bob = make_user(), make_user()
    following.block(ann, bob)
    following.block(bob, ann)

    following.unblock(ann, bob)

    assert list(Block.objects.values_list("blocker", flat=True)) == [bob.pk]
    assert not User.objects.reachable_by(ann).filter(pk=bob.pk).exists()


def test_nobody_blocks_or_mutes_oneself() -> None:
    ann = make_user()

    with pytest.raises(following.Unreachable):
        following.block(ann, ann)
    with pytest.raises(following.Unreachable):
        following.mute(ann, ann)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("n", range(8))
def test_of_a_block_and_a_follow_at_once_never_both_are_left(n: int) -> None:
    ann, bob = make_user(), make_user()
    start = Barrier(3)

    def at_once(deed: following.Deed, one: User, other: User) -> None:
        start.wait(timeout=5)
        with suppress(following.Unreachable):
            deed(one, other)
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = [
            pool.submit(at_once, following.block, ann, bob),
            pool.submit(at_once, following.follow, bob, ann),
            pool.submit(at_once, following.follow, ann, bob),
        ]
        for one in done:
            one.result(timeout=10)

    assert Block.objects.count() == 1
    assert not Follow.objects.exists()
    assert not Notification.objects.exists()


# --- Muting --------------------------------------------------------------------------------------
def test_who_is_muted_is_not_heard() -> None:
    ann, bob = make_user(), make_user()
    following.mute(bob, ann)
    following.mute(bob, ann)

    following.follow(ann, bob)

    assert Mute.objects.count() == 1
    assert follows(ann, bob)
    assert told(bob) == []


def test_who_is_unmuted_is_heard_again() -> None:
    ann, bob = make_user(), make_user()
    following.mute(bob, ann)

    following.unmute(bob, ann)
    following.follow(ann, bob)

    assert len(told(bob)) == 1
