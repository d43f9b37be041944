"""Comments and likes on pages: said, answered, changed, liked and taken back."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts import following
from accounts.models import Audience, Undo, User
from cinehub.kit.own import fill
from reviews import liking
from reviews.models import Comment, Like, Review
from reviews.own import talk
from tests.make import make_comment, make_review, make_title, make_user
from tests.read import shown, text

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def review(bob: User) -> Review:
    return make_review(bob, make_title(name="Alien"))


def say(client: Client, review: Review, **values: Any) -> Any:
    headers = values.pop("headers", {})
    sent = {"text": "Just so.", "key": str(uuid4())} | values
    return client.post(f"{review.get_absolute_url()}/comment", sent, headers=headers)


# --- Said ----------------------------------------------------------------------------------------
def test_a_comment_is_made_by_a_form(as_ann: Client, ann: User, review: Review) -> None:
    answer = say(as_ann, review)

    said = ann.comments.get()
    assert answer["Location"] == f"{review.get_absolute_url()}#comment-{said.pk}"
    assert "Just so." in shown(as_ann, review.get_absolute_url())


def test_with_script_all_comments_come_back(as_ann: Client, bob: User, review: Review) -> None:
    make_comment(review, bob, text="Mine own.")

    page = say(as_ann, review, headers=HX).content.decode()

    assert f'data-own="comments-{review.pk}"' in page
    assert "Mine own." in page
    assert "Just so." in page
    assert "2 comments" in text(page)


def test_a_double_click_says_it_once_and_other_words_are_another(
    as_ann: Client, review: Review
) -> None:
    key = str(uuid4())
    for words in ("Just so.", "Just so.", "And more."):
        say(as_ann, review, key=key, text=words)

    assert sorted(Comment.objects.values_list("text", flat=True)) == ["And more.", "Just so."]


def test_a_form_without_a_key_says_it_all_the_same(as_ann: Client, review: Review) -> None:
    say(as_ann, review, key="")

    assert Comment.objects.count() == 1


def test_an_answer_stands_under_what_it_answers(as_ann: Client, review: Review) -> None:
    top = make_comment(review)

    say(as_ann, review, parent=str(top.pk))

    assert Comment.objects.get(author__username="ann").parent == top
    assert 'class="replies"' in shown(as_ann, review.get_absolute_url())


@pytest.mark.parametrize("parent", ["", "nonsense", "9" * 30, "٣"])
def test_what_answers_nothing_stands_by_itself(as_ann: Client, review: Review, parent: str) -> None:
    say(as_ann, review, parent=parent)

    assert Comment.objects.get().parent is None


def test_an_answer_to_another_reviews_comment_stands_by_itself(
    as_ann: Client, review: Review
) -> None:
    say(as_ann, review, parent=str(make_comment(make_review(make_user())).pk))

    assert Comment.objects.get(review=review).parent is None


@pytest.mark.parametrize("words", ["", "  ", "x" * 5001])
@pytest.mark.parametrize("headers", [{}, HX])
def test_what_is_no_comment_is_refused(
    as_ann: Client, review: Review, words: str, headers: dict[str, str]
) -> None:
    answer = say(as_ann, review, text=words, headers=headers)

    assert answer.status_code == (422 if headers else 303)
    assert not Comment.objects.exists()


def test_nobody_comments_on_what_they_do_not_see(as_ann: Client, bob: User) -> None:
    review = make_review(bob, audience=Audience.PRIVATE)

    assert say(as_ann, review).status_code == 404


def test_an_answer_to_the_blocked_stands_by_itself(
    as_ann: Client, ann: User, review: Review
) -> None:
    hidden = make_comment(review)
    make_comment(review, parent=hidden, text="An answer.")
    following.block(ann, hidden.author)

    page = shown(as_ann, review.get_absolute_url())

    assert "An answer." in page
    assert 'class="replies"' not in page


@pytest.mark.parametrize("headers", [{}, HX])
def test_visitors_are_led_to_the_door(
    client: Client, review: Review, headers: dict[str, str]
) -> None:
    answer = say(client, review, next=review.get_absolute_url(), headers=headers)

    where = answer.headers["HX-Redirect" if headers else "Location"]
    assert where.startswith("/sign-in?next=%2F%40bob%2Freview%2F")
    assert "Sign in" in shown(client, review.get_absolute_url())


def test_the_comments_on_what_is_gone_are_nowhere(rf: RequestFactory, ann: User) -> None:
    request = rf.get("/")
    request.user = ann

    assert fill(request, talk(9).encode()) == b""


def test_many_comments_cost_as_much_as_one(as_ann: Client, review: Review) -> None:
    costs = []
    for _n in range(6):
        top = make_comment(review, text="As @ann said.")
        make_comment(review, parent=top)
        liking.like(make_user(), top)
        as_ann.get(review.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            as_ann.get(review.get_absolute_url())
        costs.append(len(asked))

    assert costs[0] == costs[-1]


# --- Changed -------------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, HX])
def test_a_comment_is_edited(
    as_ann: Client, ann: User, review: Review, headers: dict[str, str]
) -> None:
    said = make_comment(review, ann)
    assert "Just so." in shown(as_ann, f"/comment/{said.pk}/edit")

    answer = as_ann.post(f"/comment/{said.pk}/edit", {"text": "Or not."}, headers=headers)

    where = answer.headers["HX-Redirect" if headers else "Location"]
    assert where == said.get_absolute_url()
    assert Comment.objects.get().text == "Or not."
    assert Comment.objects.get().edited_at is not None


def test_what_is_no_comment_is_said_beside_it(as_ann: Client, ann: User, review: Review) -> None:
    said = make_comment(review, ann)

    page = as_ann.post(f"/comment/{said.pk}/edit", {"text": ""})

    assert page.status_code == 422
    assert Comment.objects.get().text == "Just so."


@pytest.mark.parametrize("headers", [{}, HX])
def test_a_comment_is_removed_and_brought_back(
    as_ann: Client, ann: User, review: Review, headers: dict[str, str]
) -> None:
    said = make_comment(review, ann)

    gone = as_ann.post(f"/comment/{said.pk}/delete", headers=headers)
    assert not Comment.objects.exists()
    assert gone.status_code == (200 if headers else 303)

    back = as_ann.post(f"/undo/{Undo.objects.get().key}", headers=headers)
    assert Comment.objects.get() == said
    if headers:
        assert "Just so." in back.content.decode()


def test_who_is_blocked_does_not_go_on_talking(
    as_ann: Client, ann: User, bob: User, review: Review
) -> None:
    said = make_comment(review, ann)
    following.block(bob, ann)

    assert as_ann.get(f"/comment/{said.pk}/edit").status_code == 404
    assert as_ann.post(f"/comment/{said.pk}/edit", {"text": "Ha."}).status_code == 404
    assert Comment.objects.get().text == "Just so."


def test_under_a_review_that_is_private_by_now_nothing_is_edited(
    as_ann: Client, ann: User, review: Review
) -> None:
    said = make_comment(review, ann)
    Review.objects.update(audience=Audience.PRIVATE)

    assert as_ann.get(f"/comment/{said.pk}/edit").status_code == 404


def test_who_is_blocked_may_still_take_back_what_they_said(
    as_ann: Client, ann: User, bob: User, review: Review
) -> None:
    said = make_comment(review, ann)
    following.block(bob, ann)

    as_ann.post(f"/comment/{said.pk}/delete")

    assert not Comment.objects.exists()


@pytest.mark.parametrize("deed", ["edit", "delete"])
def test_nobody_changes_what_others_said(as_ann: Client, review: Review, deed: str) -> None:
    said = make_comment(review)

    assert as_ann.post(f"/comment/{said.pk}/{deed}", {"text": "Ha."}).status_code == 404
    assert Comment.objects.get().text == "Just so."


# --- Liked ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, HX])
def test_a_review_is_liked_and_no_longer(
    as_ann: Client, review: Review, headers: dict[str, str]
) -> None:
    like = f"{review.get_absolute_url()}/like"

    liked = as_ann.post(like, {"on": "1"}, headers=headers)
    assert Like.objects.get().review == review
    if headers:
        assert "1 like" in text(liked.content.decode())
        assert 'aria-pressed="true"' in liked.content.decode()

    as_ann.post(like, {"on": "0"}, headers=headers)
    assert not Like.objects.exists()


@pytest.mark.parametrize("headers", [{}, HX])
def test_a_comment_is_liked_and_no_longer(
    as_ann: Client, review: Review, headers: dict[str, str]
) -> None:
    said = make_comment(review)
    like = f"/comment/{said.pk}/like"

    answer = as_ann.post(like, {"on": "1"}, headers=headers)
    assert Like.objects.get().comment == said
    assert answer.status_code == (200 if headers else 303)

    as_ann.post(like, {"on": "0"}, headers=headers)
    assert not Like.objects.exists()


def test_nobody_likes_what_they_do_not_see(as_ann: Client, bob: User) -> None:
    review = make_review(bob, audience=Audience.PRIVATE)
    said = make_comment(review)

    assert as_ann.post(f"{review.get_absolute_url()}/like", {"on": "1"}).status_code == 404
    assert as_ann.post(f"/comment/{said.pk}/like", {"on": "1"}).status_code == 404
