"""When a member has left for good, what others see is as if they had never said anything."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import erasure
from accounts.models import User
from catalog.models import Title
from cinehub import tasks
from reviews import commenting, erasing, liking, rating
from reviews.models import Comment, Like, Rating, Report, Review, Tally
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does at once what is queued."""
    monkeypatch.setattr(tasks.erase_member, "delay", tasks.erase_member.run)


@pytest.fixture
def ann() -> User:
    """Whose time is up."""
    return make_user(leaves_at=datetime.now(UTC) - timedelta(days=1))


@pytest.fixture
def ben() -> User:
    return make_user()


@pytest.fixture
def film() -> Title:
    return make_title()


def test_averages_are_counted_without_them(ann: User, ben: User, film: Title) -> None:
    show = make_show()
    season = make_season(show)
    episode = make_episode(season)
    for member, value in ((ann, 2), (ben, 8)):
        rating.rate(member, title=film, value=Decimal(value))
        rating.rate(member, title=show, season=season, value=Decimal(value))
        rating.rate(member, title=show, episode=episode, value=Decimal(value))

    tasks.erase_leavers()

    assert not User.objects.filter(pk=ann.pk).exists()
    tallies = Tally.objects.values_list("count", "average")
    assert list(tallies) == [(1, Decimal(8))] * 3
    assert {sum(tally.histogram) for tally in Tally.objects.all()} == {1}


def test_likes_and_comments_are_counted_without_them(ann: User, ben: User, film: Title) -> None:
    review = Review.objects.create(author=ben, title=film, text="Good.")
    comment = commenting.comment(review, ben, text="I mean it.", key=uuid4())
    said = commenting.comment(review, ann, text="So it is.", key=uuid4())
    answer = commenting.comment(review, ben, text="Thanks.", key=uuid4(), parent=said)
    for liked in (review, comment):
        liking.like(ann, liked)
        liking.like(make_user(), liked)

    tasks.erase_leavers()

    review.refresh_from_db()
    comment.refresh_from_db()
    assert (review.like_count, review.comment_count, comment.like_count) == (1, 2, 1)
    # What others have answered is theirs.
    assert Comment.objects.filter(pk=answer.pk).exists()


def test_their_own_reviews_go_with_what_hangs_on_them(ann: User, ben: User, film: Title) -> None:
    review = Review.objects.create(author=ann, title=film, text="Good.")
    commenting.comment(review, ben, text="So it is.", key=uuid4())
    commenting.comment(review, ann, text="Thanks.", key=uuid4())
    liking.like(ben, review)

    tasks.erase_leavers()

    for model in (Review, Comment, Like):
        assert not model.objects.exists()


def test_what_they_reported_is_still_to_be_looked_at(ann: User, ben: User, film: Title) -> None:
    review = Review.objects.create(author=ben, title=film, text="Good.")
    Report.objects.create(reporter=ann, review=review, reason="spam")

    tasks.erase_leavers()

    assert Report.objects.open().get().reporter is None


@pytest.mark.parametrize(
    "gone", [{"is_active": False}, {"leaves_at": datetime.now(UTC) + timedelta(days=9)}]
)
def test_who_is_suspended_or_about_to_leave_is_not_read(
    ben: User, film: Title, gone: dict[str, Any]
) -> None:
    review = Review.objects.create(author=ben, title=film, text="Good.")
    other = Review.objects.create(author=make_user(), title=film, text="Good.")
    comment = Comment.objects.create(review=other, author=ben, text="So it is.", key=uuid4())
    rating.rate(ben, title=film, value=Decimal(8))
    User.objects.filter(pk=ben.pk).update(**gone)

    nobody = AnonymousUser()
    assert not Review.objects.visible_to(nobody).filter(pk=review.pk).exists()
    assert not Comment.objects.visible_to(nobody).filter(pk=comment.pk).exists()
    assert not Rating.objects.visible_to(nobody).exists()


@pytest.mark.parametrize("leaves_at", [None, datetime.now(UTC) + timedelta(days=1)])
def test_whose_time_is_not_up_keeps_everything(
    ann: User, film: Title, leaves_at: datetime | None
) -> None:
    rating.rate(ann, title=film, value=Decimal(2))
    User.objects.filter(pk=ann.pk).update(leaves_at=leaves_at)

    tasks.erase_member(pk=ann.pk)

    assert Rating.objects.count() == 1


def test_the_last_admin_keeps_everything(ann: User, film: Title) -> None:
    User.objects.filter(pk=ann.pk).update(is_superuser=True)
    rating.rate(ann, title=film, value=Decimal(2))

    tasks.erase_leavers()

    assert Rating.objects.count() == 1


def test_who_is_interrupted_begins_anew(
    ann: User, ben: User, film: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = Review.objects.create(author=ben, title=film, text="Good.")
    rating.rate(ann, title=film, value=Decimal(2))
    commenting.comment(review, ann, text="So it is.", key=uuid4())

    def dies(*_: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(commenting, "recount", dies)
        with pytest.raises(MemoryError):
            tasks.erase_leavers()
    assert Comment.objects.count() == 1
    tasks.erase_leavers()

    review.refresh_from_db()
    assert review.comment_count == 0
    assert not User.objects.filter(pk=ann.pk).exists()


def test_workers_know_both_tasks_by_the_names_that_schedules_have() -> None:
    assert tasks.erase_leavers.name == "accounts.tasks.erase_leavers"
    assert tasks.erase_member.name == "accounts.tasks.erase_member"


def test_without_rooms_above_members_are_erased_all_the_same(ann: User) -> None:
    assert erasure.erase(ann.pk)
    assert not erasure.erase(ann.pk)


def test_a_member_without_a_word_is_no_work(ann: User) -> None:
    erasing.erase(ann)

    assert not Tally.objects.exists()
