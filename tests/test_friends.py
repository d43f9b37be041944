"""On a title's page: what those whom one follows think of it."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Block, Follow, Mute, User
from catalog.models import Title
from cinehub.friends import SHOWN, on_titles
from lists.models import List, ListItem, Viewing
from tests.make import make_rating, make_review, make_title, make_user
from tests.read import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user()


@pytest.fixture
def film() -> Title:
    return make_title()


@pytest.fixture
def ben(ann: User) -> User:
    return followed_by(ann, username="ben")


def followed_by(ann: User, **values: Any) -> User:
    member = make_user(**values)
    Follow.objects.create(follower=ann, followed=member, accepted_at=timezone.now())
    return member


def told(viewer: Any, film: Title) -> str:
    request: HttpRequest = RequestFactory().get(film.get_absolute_url())
    request.user = viewer
    return on_titles(request, [(str(film.pk),)])[0]


def saw(member: User, film: Title) -> None:
    now = timezone.now()
    Viewing.objects.create(
        user=member, title=film, watched_at=now, watched_on=now.date(), batch=uuid4()
    )


def wants(member: User, film: Title, **values: Any) -> None:
    watchlist = List.objects.create(owner=member, kind="watchlist", slug="watchlist", **values)
    ListItem.objects.create(list=watchlist, title=film, position=1)


def test_who_has_written_comes_first_then_who_has_rated_seen_and_wants_it(
    ann: User, film: Title
) -> None:
    wanting, seeing, rating, writing = (
        followed_by(ann, username=name) for name in ("wanda", "sean", "rita", "will")
    )
    wants(wanting, film)
    saw(seeing, film)
    make_rating(rating, film, 9)
    make_review(writing, film)

    words = text(told(ann, film))

    places = [words.index(said) for said in ("a review", "9 of 10", "has seen", "wants to see")]
    assert places == sorted(places)


def test_a_review_leads_to_it(ann: User, ben: User, film: Title) -> None:
    review = make_review(ben, film)

    assert f'href="{review.get_absolute_url()}"' in told(ann, film)


def test_nothing_stands_where_nobody_has_anything_to_do_with_it(
    ann: User, ben: User, film: Title
) -> None:
    saw(ben, make_title())
    saw(make_user(), film)

    assert told(ann, film).strip() == ""


def test_visitors_follow_nobody(ben: User, film: Title) -> None:
    saw(ben, film)

    assert told(AnonymousUser(), film) == ""


@pytest.mark.parametrize("how", ["muted", "blocked", "for themselves", "gone", "asked"])
def test_of_whom_one_does_not_hear_nothing_is_told(
    ann: User, ben: User, film: Title, how: str
) -> None:
    saw(ben, film)
    make_rating(ben, film)
    make_review(ben, film, audience="private" if how == "for themselves" else "public")
    wants(ben, film, visibility="private" if how == "for themselves" else "public")
    hides = {
        "muted": lambda: Mute.objects.create(muter=ann, muted=ben),
        "blocked": lambda: Block.objects.create(blocker=ben, blocked=ann),
        "for themselves": lambda: User.objects.update(default_audience="private"),
        "gone": lambda: User.objects.filter(pk=ben.pk).update(is_active=False),
        "asked": lambda: Follow.objects.update(accepted_at=None),
    }
    hides[how]()

    assert told(ann, film).strip() == ""


def test_of_many_it_is_said_how_many_more(ann: User, film: Title) -> None:
    for _ in range(SHOWN + 3):
        saw(followed_by(ann), film)

    assert "and 3 more" in told(ann, film)


def test_it_takes_three_questions_however_many_there_are(ann: User, film: Title) -> None:
    for _ in range(SHOWN + 3):
        member = followed_by(ann)
        saw(member, film)
        make_review(member, film)

    with CaptureQueriesContext(connection) as queries:
        told(ann, film)

    assert len(queries) == 3


def test_who_follows_nobody_is_asked_about_no_further(film: Title) -> None:
    somebody = make_user()

    with CaptureQueriesContext(connection) as queries:
        told(somebody, film)

    assert len(queries) == 1
