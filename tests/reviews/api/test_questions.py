"""However much there is, an answer of the API costs the same few questions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from catalog.models import Title
from reviews import liking, moderating, reporting
from tests.make import (
    make_comment,
    make_episode,
    make_rating,
    make_review,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.reviews.api.asking import get, send

pytestmark = pytest.mark.django_db


class Talk:
    """A film that is talked about, and what somebody has to say of others; more with each turn."""

    def __init__(self, ann: User) -> None:
        self.ann = ann
        self.film: Title = make_title(tmdb_id=603)
        self.review = make_review(make_user(), self.film)

    def turn(self) -> None:
        other = make_user()
        show = make_show()
        season = make_season(show)
        episode = make_episode(season)
        make_rating(self.ann, show, 5)
        make_rating(self.ann, show, 6, season=season)
        make_rating(self.ann, show, 7, episode=episode)
        covering = make_review(self.ann, show, covers=episode, text="@ann and @bob")
        covering.hidden_at = timezone.now()
        covering.save()
        other_s = make_review(other, self.film, text="@ann", has_spoilers=True)
        of_show = make_review(other, show, covers=episode)
        self.review.editions.create(text="@ann", has_spoilers=False, written_at=timezone.now())
        top = make_comment(self.review, other, text="@ann")
        said = make_comment(self.review, self.ann, parent=top)
        for liked in (self.review, other_s, of_show, top, said):
            liking.like(self.ann, liked)
        liking.like(other, self.review)
        for reported in (other_s, top):
            reporting.report(self.ann, reported, reason="spam")
            moderating.hide(reported, by=make_user(), reason="spam")
            moderating.restore(reported, by=make_user())
            reporting.report(make_user(), reported, reason="spam")


PATHS: dict[str, Callable[[Talk], str]] = {
    "ratings": lambda _talk: "ratings/",
    "a member's ratings": lambda _talk: "users/ann/ratings/",
    "reviews": lambda _talk: "reviews/",
    "a member's reviews": lambda _talk: "users/ann/reviews/",
    "a title's reviews": lambda _talk: "movies/603/reviews/",
    "in another language": lambda _talk: "movies/603/reviews/?language=de",
    "a review": lambda talk: f"reviews/{talk.review.pk}/",
    "editions": lambda talk: f"reviews/{talk.review.pk}/history/",
    "comments": lambda talk: f"reviews/{talk.review.pk}/comments/",
    "a comment": lambda talk: f"comments/{talk.review.comments.earliest('pk').pk}/",
    "who likes it": lambda talk: f"reviews/{talk.review.pk}/likes/",
    "likes": lambda _talk: "likes/",
    "reports": lambda _talk: "reports/",
    "a tally": lambda _talk: "movies/603/ratings/?expand=me",
}
OF_MODERATORS: dict[str, Callable[[Talk], str]] = {
    "queue": lambda _talk: "moderation/",
    "decisions": lambda _talk: "moderation/decisions/",
    "a case": lambda talk: f"moderation/comment/{talk.review.comments.earliest('pk').pk}/",
}


@pytest.fixture
def talk(ann: User) -> Talk:
    return Talk(ann)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_questions_do_not_grow(ann: User, talk: Talk, path: Callable[[Talk], str]) -> None:
    grow(ann, talk, path)


@pytest.mark.parametrize("path", [*PATHS.values(), *OF_MODERATORS.values()])
def test_moderators_questions_do_not_grow(
    ann: User, talk: Talk, path: Callable[[Talk], str]
) -> None:
    ann.user_permissions.add(Permission.objects.get(codename="decide_report"))
    User.objects.filter(pk=ann.pk).update(is_staff=True)

    grow(ann, talk, path)


def grow(ann: User, talk: Talk, path: Callable[[Talk], str]) -> None:
    client = Client()
    client.force_login(ann)
    talk.turn()
    few = asked(client, path(talk))
    for _ in range(4):
        talk.turn()

    assert asked(client, path(talk)) == few


def test_to_find_many_things_takes_no_more_questions(ann: User, talk: Talk) -> None:
    """To rate them does, each by itself."""
    client = Client()
    client.force_login(ann)
    items: list[Any] = [
        {"media_type": kind, "id": 10**9 + n, "season_number": season, "value": 5}
        for kind, season in (("movie", None), ("tv", 1))
        for n in range(50)
    ]

    get(client, "ratings/")
    counts = []
    for some in (items[:1] + items[-1:], items):
        with CaptureQueriesContext(connection) as questions:
            answer = send(client, "post", "ratings/", {"items": some})
        assert answer.json()["not_found"] == len(some)
        counts.append(len(questions))

    assert counts[0] == counts[1]


def asked(client: Client, path: str) -> int:
    get(client, path)
    with CaptureQueriesContext(connection) as questions:
        get(client, path)
    return len(questions)
