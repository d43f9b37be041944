"""Likes through the API."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Block, User
from reviews import liking
from reviews.models import Comment, Like, Review
from tests.make import make_comment, make_review, make_user
from tests.reviews.api.asking import ask, get, kind, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(bob: User) -> Review:
    return make_review(bob)


@pytest.fixture
def paths(review: Review) -> list[str]:
    return [f"reviews/{review.pk}/", f"comments/{make_comment(review).pk}/"]


def test_what_is_liked_says_so(as_ann: Client, paths: list[str]) -> None:
    for path in paths:
        liked = [send(as_ann, "put", f"{path}like/").json() for _ in range(2)]
        unliked = [ask(as_ann, "delete", f"{path}like/").json() for _ in range(2)]

        assert liked == [{"is_liked": True, "like_count": 1}] * 2
        assert unliked == [{"is_liked": False, "like_count": 0}] * 2


def test_who_likes_it_is_told_the_latest_first(client: Client, paths: list[str]) -> None:
    for name in ("carl", "dora"):
        member = Client()
        member.force_login(make_user(username=name))
        for path in paths:
            send(member, "put", f"{path}like/")

    for path in paths:
        told = get(client, f"{path}likes/")["results"]
        assert [one["username"] for one in told] == ["dora", "carl"]


def test_who_likes_it_is_told_of_those_alone_whose_profile_is_seen(
    as_ann: Client, ann: User, review: Review
) -> None:
    private, blocking = make_user(audience="private"), make_user()
    for member in (private, blocking):
        liking.like(member, review)
    Block.objects.create(blocker=blocking, blocked=ann)

    assert get(as_ann, f"reviews/{review.pk}/likes/")["results"] == []


def test_what_i_like_comes_the_latest_first(as_ann: Client, ann: User, review: Review) -> None:
    comment = make_comment(review)
    liking.like(ann, review)
    liking.like(ann, comment)

    last, first = get(as_ann, "likes/")["results"]

    assert (last["review"], last["comment"]["id"]) == (None, comment.pk)
    assert (first["review"]["id"], first["comment"]) == (review.pk, None)
    assert first["review"]["is_liked"]


def test_what_i_no_longer_see_is_not_among_what_i_like(
    as_ann: Client, ann: User, bob: User, review: Review
) -> None:
    for liked in (review, make_comment(review), make_comment(make_review(make_user()))):
        liking.like(ann, liked)
    Comment.objects.exclude(review=review).update(hidden_at=timezone.now())
    Block.objects.create(blocker=bob, blocked=ann)

    assert get(as_ann, "likes/")["results"] == []
    assert Like.objects.count() == 3


@pytest.mark.parametrize("method", ["put", "delete"])
def test_what_is_not_seen_is_not_liked(as_ann: Client, paths: list[str], method: str) -> None:
    Review.objects.update(hidden_at=timezone.now())

    for path in paths:
        assert kind(send(as_ann, method, f"{path}like/")) == (404, "not-found")
