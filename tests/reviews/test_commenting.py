"""Comments: threaded one level, said once, told to whom they answer."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404

from accounts import following, undoing
from accounts.models import Audience, Kind, Undo, User
from reviews import commenting, liking
from reviews.models import Comment, Decision, Like, Report, Review
from reviews.undoing import uncommented
from tests.make import make_comment, make_review, make_title, make_user

pytestmark = pytest.mark.django_db


def say(
    author: User, review: Review, text: str = "Just so.", parent: Comment | None = None
) -> Comment:
    return commenting.comment(review, author, text=text, key=uuid4(), parent=parent)


def told(member: User) -> list[tuple[str, str]]:
    return list(member.notifications.newest().values_list("kind", "text"))


def test_a_comment_is_counted_and_its_reviews_author_told() -> None:
    ann, bob = make_user(), make_user(username="bob")
    review = make_review(ann, make_title(name="Alien"))

    said = say(bob, review)

    assert Review.objects.get().comment_count == 1
    assert told(ann) == [(Kind.COMMENT, "bob comments on your review of Alien.")]
    assert ann.notifications.get().url == f"{review.get_absolute_url()}#comment-{said.pk}"


def test_what_is_sent_twice_is_said_once() -> None:
    ann, review, key = make_user(), make_review(make_user()), uuid4()

    first = commenting.comment(review, ann, text="Just so.", key=key)
    second = commenting.comment(review, ann, text="Just so.", key=key)

    assert first == second
    assert Comment.objects.count() == 1


def test_an_answer_to_an_answer_stands_beside_it() -> None:
    review = make_review(make_user())
    top = say(make_user(), review)
    answer = say(make_user(), review, parent=top)

    third = say(make_user(), review, parent=answer)

    assert third.parent == top


def test_an_answer_to_what_has_just_gone_stands_by_itself() -> None:
    review = make_review(make_user())
    top = say(make_user(), review)
    Comment.objects.all().delete()

    said = say(make_user(), review, parent=top)

    assert said.parent is None


def test_whoever_is_answered_is_told_so() -> None:
    ann, bob, cleo = make_user(), make_user(), make_user(username="cleo")
    review = make_review(ann, make_title(name="Alien"))
    top = say(bob, review)
    ann.notifications.all().delete()

    say(cleo, review, parent=top)

    assert told(ann) == [(Kind.COMMENT, "cleo comments on your review of Alien.")]
    assert told(bob) == [(Kind.COMMENT, "cleo answers your comment on a review of Alien.")]


def test_who_is_answered_on_their_own_review_and_mentioned_is_told_once() -> None:
    ann, bob = make_user(username="ann"), make_user()
    review = make_review(ann)
    top = say(ann, review)

    say(bob, review, "Yes, @ann!", parent=top)

    assert len(told(ann)) == 1


def test_whom_a_comment_mentions_is_told() -> None:
    bob = make_user(username="bob")
    review = make_review(make_user(), make_title(name="Alien"))

    say(make_user(username="ann"), review, "Is it not, @bob?")

    assert told(bob) == [(Kind.MENTION, "ann mentions you in a comment on a review of Alien.")]


def test_who_may_not_see_the_review_is_not_told_of_a_mention() -> None:
    ann, bob = make_user(), make_user(username="bob")

    say(ann, make_review(ann, audience=Audience.PRIVATE), "Is it not, @bob?")

    assert told(bob) == []


def test_an_edited_comment_tells_only_who_is_new() -> None:
    bob, cleo = make_user(username="bob"), make_user(username="cleo")
    said = say(make_user(), make_review(make_user()), "@bob")

    commenting.edit(said, text="@bob @cleo")

    assert len(told(bob)) == len(told(cleo)) == 1
    assert Comment.objects.get().edited_at is not None


def test_a_hidden_comment_tells_nobody_whom_it_mentions_by_now() -> None:
    bob = make_user(username="bob")
    review = make_review(make_user())
    said = make_comment(review, hidden_at=review.created_at)

    commenting.edit(said, text="@bob")

    assert told(bob) == []


def test_a_comment_that_is_hidden_while_it_is_edited_tells_nobody() -> None:
    bob, review = make_user(username="bob"), make_review(make_user())
    said = make_comment(review)
    Comment.objects.update(hidden_at=review.created_at)

    commenting.edit(said, text="@bob")

    assert told(bob) == []


@pytest.mark.parametrize("deed", [commenting.remove, partial(commenting.edit, text="Or not.")])
def test_a_comment_that_has_just_gone_is_not_there(deed: Callable[[Comment], object]) -> None:
    said = make_comment(make_review(make_user()))
    Comment.objects.all().delete()

    with pytest.raises(Http404):
        deed(said)

    assert not Undo.objects.exists()


def test_nobody_comments_on_what_has_just_gone() -> None:
    review = make_review(make_user())
    Review.objects.all().delete()

    with pytest.raises(Http404):
        say(make_user(), review)


def test_whoever_saves_the_same_words_edits_nothing() -> None:
    said = say(make_user(), make_review(make_user()))

    commenting.edit(said, text=said.text)

    assert Comment.objects.get().edited_at is None


def test_a_hidden_comment_is_not_counted() -> None:
    review = make_review(make_user())
    make_comment(review, hidden_at=review.created_at)

    say(make_user(), review)

    assert Review.objects.get().comment_count == 1


# --- Removed, and brought back -------------------------------------------------------------------
def undo(member: User) -> list[str]:
    offered = Undo.objects.latest("created_at")
    with transaction.atomic():
        found = undoing.take(member, offered.key)
        assert found
        return uncommented(member, found.data)


def test_a_removed_comment_leaves_its_answers() -> None:
    review = make_review(make_user())
    top = say(make_user(), review)
    answer = say(make_user(), review, parent=top)

    commenting.remove(top)

    assert list(Comment.objects.values_list("pk", "parent")) == [(answer.pk, None)]
    assert Review.objects.get().comment_count == 1


def test_a_removed_comment_comes_back_where_it_was() -> None:
    ann, bob = make_user(), make_user()
    review = make_review(make_user())
    top = say(ann, review)
    answer = say(bob, review, parent=top)
    liking.like(bob, top)
    report = Report.objects.create(reporter=bob, comment=top, reason="spam")
    decision = Decision.objects.create(author=ann, comment=top, deed="dismissed")
    key = top.pk
    commenting.remove(Comment.objects.get(pk=key))

    parts = undo(ann)

    assert dict(Comment.objects.values_list("pk", "parent")) == {key: None, answer.pk: key}
    assert Comment.objects.get(pk=key).like_count == 1
    assert Like.objects.get().comment == top
    assert Report.objects.get() == report
    decision.refresh_from_db()
    assert decision.comment == top
    assert Review.objects.get().comment_count == 2
    assert parts == [f"<!--own comments {review.pk}-->"]


def test_what_was_said_once_more_meanwhile_does_not_come_back_beside_it() -> None:
    ann, review = make_user(), make_review(make_user())
    removed = say(ann, review)
    key = removed.key
    commenting.remove(removed)
    again = commenting.comment(review, ann, text="Once more.", key=key)

    undo(ann)

    assert Comment.objects.get() == again
    assert Review.objects.get().comment_count == 1


def test_an_answer_comes_back_by_itself_where_what_it_answers_is_gone() -> None:
    ann, review = make_user(), make_review(make_user())
    top = say(make_user(), review)
    commenting.remove(say(ann, review, parent=top))
    top.delete()

    undo(ann)

    connection.check_constraints()

    assert Comment.objects.get().parent is None


def test_an_answer_comes_back_under_what_it_answers() -> None:
    ann, review = make_user(), make_review(make_user())
    top = say(make_user(), review)
    commenting.remove(say(ann, review, parent=top))

    undo(ann)

    assert Comment.objects.get(author=ann).parent == top


def test_a_comment_does_not_come_back_without_its_review() -> None:
    ann = make_user()
    review = make_review(make_user())
    commenting.remove(say(ann, review))
    review.delete()

    assert undo(ann) == []


# --- Who is there for whom -----------------------------------------------------------------------
def test_comments_of_the_blocked_are_not_there() -> None:
    ann, bob = make_user(), make_user()
    review = make_review(make_user())
    say(bob, review)
    following.block(ann, bob)

    assert not Comment.objects.visible_to(ann).exists()
    told = Review.objects.told_to(ann).get()
    assert (told.comment_count, told.comments_shown) == (1, 0)


def test_likes_of_the_blocked_are_not_counted() -> None:
    ann, bob = make_user(), make_user()
    review = make_review(make_user())
    liking.like(bob, review)
    following.block(ann, bob)

    assert Review.objects.told_to(ann).get().likes_shown == 0
    assert Review.objects.told_to(make_user()).get().likes_shown == 1
