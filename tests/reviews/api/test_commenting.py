"""Comments through the API: said, answered, changed, taken back, and read on and on."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Block, User
from reviews.models import Comment, Review
from tests.make import make_comment, make_review, make_user
from tests.reviews.api.asking import ask, get, kind, send, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(bob: User) -> Review:
    return make_review(bob)


def say(client: Client, review: Review, **said: Any) -> Any:
    return send(client, "post", f"reviews/{review.pk}/comments/", {"text": "*Yes.*"} | said)


def all_of(client: Client, review: Review, size: int) -> list[int]:
    """The keys of what is told, page by page."""
    found: list[int] = []
    query = f"page_size={size}"
    while query:
        told = get(client, f"reviews/{review.pk}/comments/?{query}")
        found += [one["id"] for one in told["results"]]
        cursor = told["next_cursor"]
        query = cursor and f"page_size={size}&cursor={cursor}"
    return found


# --- Said ----------------------------------------------------------------------------------------
def test_a_comment_is_said(as_ann: Client, ann: User, review: Review) -> None:
    answer = say(as_ann, review)

    told = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/comments/{told['id']}/"
    assert told["html"] == "<p><em>Yes.</em></p>\n"
    assert (told["review_id"], told["parent_id"]) == (review.pk, None)
    assert told["author"]["username"] == "ann"
    assert get(as_ann, f"comments/{told['id']}/") == told


def test_what_answers_an_answer_stands_beside_it(as_ann: Client, review: Review) -> None:
    top = make_comment(review)
    answer = make_comment(review, parent=top)

    assert say(as_ann, review, parent_id=answer.pk).json()["parent_id"] == top.pk


def test_what_is_sent_twice_with_one_key_is_said_once(as_ann: Client, review: Review) -> None:
    path = f"reviews/{review.pk}/comments/"

    keys = [
        send(as_ann, "post", path, {"text": "Yes."}, **{"Idempotency-Key": "k"}).json()["id"]
        for _ in range(2)
    ]

    assert keys == [Comment.objects.get().pk] * 2


def test_nobody_answers_what_stands_elsewhere_or_is_hidden(as_ann: Client, review: Review) -> None:
    elsewhere = make_comment(make_review(make_user()))
    hidden = make_comment(review, hidden_at=timezone.now())

    for parent in (elsewhere.pk, hidden.pk, 10**17):
        assert kind(say(as_ann, review, parent_id=parent)) == (404, "not-found")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "a\x00"}, "text"),
        ({"parent_id": "1"}, "parent_id"),
        ({"parent_id": 0}, "parent_id"),
        ({"parent_id": 10**18}, "parent_id"),
    ],
)
def test_what_is_not_right_is_named(as_ann: Client, review: Review, said: Any, field: str) -> None:
    assert wrong(say(as_ann, review, **said)) == {field}


def test_no_more_is_said_in_an_hour_than_on_the_site(
    as_ann: Client, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.api.commenting.AN_HOUR", "1/h")

    assert [say(as_ann, review).status_code for _ in range(2)] == [201, 429]


# --- Changed -------------------------------------------------------------------------------------
def test_a_comment_is_changed(as_ann: Client, ann: User, review: Review) -> None:
    comment = make_comment(review, ann)

    told = send(as_ann, "patch", f"comments/{comment.pk}/", {"text": "No."}).json()

    assert (told["text"], told["id"]) == ("No.", comment.pk)
    assert told["edited_at"]


def test_a_comment_is_taken_back_and_brought_back(
    as_ann: Client, ann: User, review: Review
) -> None:
    comment = make_comment(review, ann)

    undo = ask(as_ann, "delete", f"comments/{comment.pk}/").json()["undo"]
    assert all_of(as_ann, review, 20) == []
    as_ann.post(f"/undo/{undo}")

    assert all_of(as_ann, review, 20) == [comment.pk]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_nobody_changes_another_s_comment(as_ann: Client, review: Review, method: str) -> None:
    comment = make_comment(review)

    answer = send(as_ann, method, f"comments/{comment.pk}/", {"text": "Mine."})

    assert kind(answer) == (404, "not-found")
    assert Comment.objects.get().text == "Just so."


def test_nobody_goes_on_talking_behind_a_closed_door(
    as_ann: Client, ann: User, bob: User, review: Review
) -> None:
    comment = make_comment(review, ann)
    Block.objects.create(blocker=bob, blocked=ann)

    assert send(as_ann, "patch", f"comments/{comment.pk}/", {"text": "x"}).status_code == 404
    assert ask(as_ann, "delete", f"comments/{comment.pk}/").status_code == 200


# --- Read ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_comment_is_on_one_page_and_no_other(
    client: Client, review: Review, size: int
) -> None:
    # Some were said at the same instant.
    now = timezone.now()
    made = [make_comment(review, created_at=now).pk for _ in range(4)]
    made += [make_comment(review).pk for _ in range(3)]

    assert all_of(client, review, size) == made


def test_the_last_page_leads_nowhere(client: Client, review: Review) -> None:
    for _ in range(2):
        make_comment(review)

    first = ask(client, "get", f"reviews/{review.pk}/comments/?page_size=1")
    last = ask(client, "get", f"reviews/{review.pk}/comments/?page_size=2")

    assert 'rel="next"' in first["Link"]
    assert "Link" not in last
    assert last.json()["next_cursor"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OS0x", "LTEtMQ", "%00", "\u00e4"]
)
def test_what_is_no_cursor_is_refused(client: Client, review: Review, cursor: str) -> None:
    assert wrong(ask(client, "get", f"reviews/{review.pk}/comments/?cursor={cursor}")) == {"cursor"}


def test_of_whom_there_is_no_trace_there_is_none_in_what_they_are_answered(
    as_ann: Client, ann: User, review: Review
) -> None:
    carl, dora = make_user(), make_user()
    of_carl, of_dora = make_comment(review, carl), make_comment(review, dora)
    make_comment(review, parent=of_carl)
    make_comment(review, parent=of_dora)
    Block.objects.create(blocker=carl, blocked=ann)
    Comment.objects.filter(pk=of_dora.pk).update(hidden_at=timezone.now())

    told = get(as_ann, f"reviews/{review.pk}/comments/")["results"]

    assert [one["parent_id"] for one in told] == [None, of_dora.pk]


def test_who_is_not_reached_is_not_named(as_ann: Client, ann: User, review: Review) -> None:
    make_user(username="carl")
    Block.objects.create(blocker=User.objects.get(username="carl"), blocked=ann)
    make_comment(review, text="@carl @bob")

    (told,) = get(as_ann, f"reviews/{review.pk}/comments/")["results"]

    assert 'href="/@bob"' in told["html"]
    assert 'href="/@carl"' not in told["html"]
