"""Reviews: one of each title, edited with what they said before kept, and brought back whole."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404

from accounts import following, undoing
from accounts.models import Audience, Kind, Undo, User
from catalog.models import Title
from reviews import commenting, liking, writing
from reviews.models import Comment, Decision, Edition, Like, Report, Review
from reviews.undoing import withdrawn
from tests.make import make_comment, make_review, make_title, make_user

pytestmark = pytest.mark.django_db


def publish(author: User, title: Title, **values: Any) -> Review:
    said: dict[str, Any] = {
        "text": "It stays with you.",
        "has_spoilers": False,
        "covers": None,
        "audience": Audience.PUBLIC,
    }
    return writing.publish(author, title, **said | values)


def say(author: User, review: Review, parent: Comment | None = None) -> Comment:
    return commenting.comment(review, author, text="Just so.", key=uuid4(), parent=parent)


def told(member: User) -> list[tuple[str, str, str]]:
    return list(member.notifications.newest().values_list("kind", "text", "url"))


def test_a_member_writes_one_review_of_a_title() -> None:
    ann, film = make_user(), make_title()

    first = publish(ann, film)
    second = publish(ann, film, text="On second thoughts.")

    assert first == second
    assert Review.objects.get().text == "On second thoughts."


def test_what_it_said_before_is_kept() -> None:
    ann, film = make_user(), make_title()
    review = publish(ann, film, text="First.")
    publish(ann, film, text="Second.")
    publish(ann, film, text="Third.", has_spoilers=True)

    kept = Edition.objects.filter(review=review).order_by("written_at")
    assert [edition.text for edition in kept] == ["First.", "Second."]
    assert kept[0].written_at == review.created_at


def test_a_review_that_has_just_gone_is_not_withdrawn_again() -> None:
    review = make_review(make_user())
    writing.withdraw(Review.objects.get())

    with pytest.raises(Http404):
        writing.withdraw(review)

    assert Undo.objects.count() == 1


@pytest.mark.parametrize("deed", [liking.like, liking.unlike])
@pytest.mark.parametrize("make", [make_review, lambda member: make_comment(make_review(member))])
def test_nobody_likes_what_has_just_gone(
    deed: Callable[[User, Any], None], make: Callable[[User], Review | Comment]
) -> None:
    ann = make_user()
    liked = make(ann)
    Review.objects.all().delete()

    with pytest.raises(Http404):
        deed(ann, liked)


def test_whoever_saves_the_same_words_edits_nothing() -> None:
    ann, film = make_user(), make_title()
    publish(ann, film)

    review = publish(ann, film, audience=Audience.PRIVATE)

    assert review.edited_at is None
    assert not Edition.objects.exists()
    assert Review.objects.get().audience == Audience.PRIVATE


def test_whom_a_review_mentions_is_told_once() -> None:
    ann, bob, film = make_user(username="ann"), make_user(username="bob"), make_title(name="Alien")
    review = publish(ann, film, text="As @Bob said.")
    publish(ann, film, text="As @bob said, and said well.")

    assert told(bob) == [
        (Kind.MENTION, "ann mentions you in a review of Alien.", f"/@ann/review/{review.pk}")
    ]


def test_who_is_mentioned_later_is_told_then() -> None:
    ann, bob, film = make_user(), make_user(username="bob"), make_title()
    publish(ann, film)
    publish(ann, film, text="As @bob said.")

    assert len(told(bob)) == 1


@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.FOLLOWERS])
def test_who_may_not_see_a_review_is_not_told_of_it(audience: Audience) -> None:
    bob = make_user(username="bob")

    publish(make_user(), make_title(), text="As @bob said.", audience=audience)

    assert told(bob) == []


def test_a_mention_does_not_pass_a_block_or_a_mute() -> None:
    ann, bob, cleo = make_user(), make_user(username="bob"), make_user(username="cleo")
    following.block(bob, ann)
    following.mute(cleo, ann)

    publish(ann, make_title(), text="As @bob and @cleo said.")

    assert told(bob) == told(cleo) == []


# --- Withdrawn, and brought back -----------------------------------------------------------------
def undo(member: User) -> list[str]:
    offered = Undo.objects.latest("created_at")
    with transaction.atomic():
        found = undoing.take(member, offered.key)
        assert found
        return withdrawn(member, found.data)


def test_a_withdrawn_review_comes_back_with_all_that_hung_on_it() -> None:
    ann, bob, cleo = make_user(), make_user(), make_user()
    film = make_title()
    review = publish(ann, film, text="First.")
    publish(ann, film, text="Second.")
    first = say(bob, review)
    answer = say(ann, review, first)
    liking.like(bob, review)
    liking.like(cleo, first)
    report = Report.objects.create(reporter=bob, comment=answer, reason="spam")
    decision = Decision.objects.create(author=ann, review=review, deed="dismissed")
    other = Decision.objects.create(author=bob, comment=first, deed="dismissed")
    was = Review.objects.values().get()

    writing.withdraw(review)
    assert not Review.objects.exists()
    parts = undo(ann)

    assert Review.objects.values().get() == was
    assert [edition.text for edition in Edition.objects.all()] == ["First."]
    assert set(Comment.objects.values_list("pk", "parent")) == {
        (first.pk, None),
        (answer.pk, first.pk),
    }
    assert set(Like.objects.values_list("user", "review", "comment")) == {
        (bob.pk, review.pk, None),
        (cleo.pk, None, first.pk),
    }
    assert Report.objects.get() == report
    decision.refresh_from_db()
    other.refresh_from_db()
    assert (decision.review, other.comment) == (Review.objects.get(), first)
    assert parts[0].startswith("<!--own written ")


def test_who_has_left_meanwhile_does_not_come_back_with_it() -> None:
    ann, bob, cleo = make_user(), make_user(), make_user()
    review = publish(ann, make_title())
    gone = make_comment(review, bob)
    answer = make_comment(review, cleo, parent=gone)
    liking.like(cleo, gone)
    liking.like(bob, review)
    writing.withdraw(review)
    bob.delete()

    undo(ann)

    assert list(Comment.objects.values_list("pk", "parent")) == [(answer.pk, None)]
    assert not Like.objects.exists()
    assert Review.objects.values_list("like_count", "comment_count").get() == (0, 1)


def test_who_has_written_another_one_since_keeps_that() -> None:
    ann, film = make_user(), make_title()
    writing.withdraw(publish(ann, film, text="First."))
    publish(ann, film, text="Another.")

    undo(ann)

    assert [review.text for review in Review.objects.all()] == ["Another."]


# --- Likes ---------------------------------------------------------------------------------------
def test_who_likes_twice_likes_once() -> None:
    ann, bob = make_user(), make_user(username="bob")
    review = make_review(ann, make_title(name="Alien"))

    liking.like(bob, review)
    liking.like(bob, review)

    assert Review.objects.get().like_count == 1
    assert told(ann) == [(Kind.LIKE, "bob likes your review of Alien.", review.get_absolute_url())]


def test_who_no_longer_likes_it_does_not_count() -> None:
    ann, bob = make_user(), make_user()
    review = make_review(ann)
    liking.like(bob, review)

    liking.unlike(bob, review)
    liking.unlike(bob, review)

    assert Review.objects.get().like_count == 0


def test_a_comment_is_liked_like_a_review() -> None:
    ann, bob = make_user(), make_user(username="bob")
    comment = make_comment(make_review(make_user(), make_title(name="Alien")), ann)

    liking.like(bob, comment)

    assert Comment.objects.get().like_count == 1
    words = "bob likes your comment on a review of Alien."
    assert told(ann) == [(Kind.LIKE, words, comment.get_absolute_url())]


def test_who_no_longer_sees_the_review_is_not_told_of_likes() -> None:
    ann, bob = make_user(), make_user()
    review = make_review(bob, audience=Audience.PRIVATE)
    comment = make_comment(review, ann)

    liking.like(bob, comment)

    assert told(ann) == []


def test_nobody_is_told_of_what_they_do_themselves() -> None:
    ann = make_user()
    review = make_review(ann)

    liking.like(ann, review)
    commenting.comment(review, ann, text="I, too, @me.", key=make_comment(review).key)

    assert told(ann) == []
