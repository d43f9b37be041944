"""Moderators in the admin: they read everything and write nothing but decisions."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts import ranks
from accounts.models import User
from reviews import moderating, reporting
from reviews.models import Decision, Report
from tests.make import make_comment, make_rating, make_review, make_title, make_user

pytestmark = pytest.mark.django_db

ADMIN = "/admin/reviews"


@pytest.fixture
def moderator(db: None) -> User:
    moderator = make_user(is_staff=True)
    moderator.groups.add(Group.objects.get(name=ranks.MODERATOR))
    return moderator


@pytest.fixture
def as_moderator(moderator: User, client: Client) -> Client:
    client.force_login(moderator)
    return client


def act(client: Client, model: str, action: str, *rows: object, **values: str) -> str:
    asked = {"action": action, "_selected_action": [row.pk for row in rows]} | values  # type: ignore[attr-defined]
    return client.post(f"{ADMIN}/{model}/", asked, follow=True).content.decode()


def test_what_was_reported_is_hidden_for_the_reason_that_was_given(as_moderator: Client) -> None:
    review = make_review(make_user())
    report = reporting.report(make_user(), review, reason="hate")

    act(as_moderator, "report", "hide", report)

    review.refresh_from_db()
    assert review.hidden_at
    assert Decision.objects.get().reason == "hate"


def test_a_reason_of_the_moderators_own_goes_before_it(as_moderator: Client) -> None:
    comment = make_comment(make_review(make_user()))
    reports = [reporting.report(make_user(), comment, reason="hate") for _ in range(2)]

    act(as_moderator, "report", "hide", *reports, reason="spam", text="A shop.")

    made = Decision.objects.get()
    assert (made.comment, made.reason, made.text) == (comment, "spam", "A shop.")


def test_reports_are_left_as_they_are(as_moderator: Client) -> None:
    review = make_review(make_user())
    report = reporting.report(make_user(), review, reason="hate")

    act(as_moderator, "report", "dismiss", report)

    assert not Report.objects.open().exists()
    assert Decision.objects.get().deed == "dismissed"


def test_nothing_is_hidden_without_a_reason(as_moderator: Client) -> None:
    review = make_review(make_user())

    page = act(as_moderator, "review", "hide", review)

    review.refresh_from_db()
    assert "Say why it is to be hidden." in page
    assert review.hidden_at is None


@pytest.mark.parametrize("model", ["review", "comment"])
def test_words_are_hidden_and_shown_again_from_their_list(as_moderator: Client, model: str) -> None:
    review = make_review(make_user())
    said = review if model == "review" else make_comment(review)

    act(as_moderator, model, "hide", said, reason="spam")
    act(as_moderator, model, "restore", said)

    said.refresh_from_db()
    assert said.hidden_at is None
    assert [one.deed for one in Decision.objects.newest()] == ["restored", "hidden"]


def test_ones_own_words_and_what_is_decided_are_left_out(
    as_moderator: Client, moderator: User
) -> None:
    own, hidden = make_review(moderator), make_review(make_user())
    moderating.hide(hidden, by=make_user(), reason="spam")

    page = act(as_moderator, "review", "hide", own, hidden, reason="spam")

    own.refresh_from_db()
    assert "0 decisions are made." in page
    assert own.hidden_at is None


@pytest.mark.parametrize("model", ["report", "review", "comment", "decision"])
def test_a_row_is_read_and_not_written(as_moderator: Client, model: str) -> None:
    comment = make_comment(make_review(make_user()))
    report = reporting.report(make_user(), comment, reason="hate")
    made = moderating.hide(comment, by=make_user(), reason="spam")
    rows = {"report": report, "review": comment.review, "comment": comment, "decision": made}
    page = f"{ADMIN}/{model}/{rows[model].pk}/change/"

    assert as_moderator.get(page).status_code == 200
    assert as_moderator.post(page, {"text": "Mine."}).status_code == 403
    assert as_moderator.post(page.replace("change", "delete")).status_code == 403


@pytest.mark.parametrize("state", ["", "settled", "all"])
def test_reports_are_listed_by_their_state(as_moderator: Client, state: str) -> None:
    first, second = make_review(make_user(), text="Open one"), make_review(make_user(), text="Old")
    reporting.report(make_user(), first, reason="hate")
    reporting.report(make_user(), second, reason="hate")
    moderating.dismiss(second, by=make_user())

    page = as_moderator.get(f"{ADMIN}/report/?state={state}").content.decode()

    assert ("Open one" in page, ">Old<" in page) == (state != "settled", state != "")


@pytest.mark.parametrize("state", ["hidden", "shown", "nonsense"])
def test_reviews_are_listed_by_their_state(as_moderator: Client, state: str) -> None:
    make_review(make_user(), text="In sight")
    moderating.hide(make_review(make_user(), text="Hidden one"), by=make_user(), reason="spam")

    page = as_moderator.get(f"{ADMIN}/review/?state={state}").content.decode()

    assert ("In sight" in page, "Hidden one" in page) == (state != "hidden", state != "shown")


def test_a_decision_stays_listed_when_what_it_was_about_is_gone(as_moderator: Client) -> None:
    review = make_review(make_user())
    moderating.hide(review, by=make_user(), reason="spam", text="A shop.")
    review.delete()

    assert "A shop." in as_moderator.get(f"{ADMIN}/decision/").content.decode()


@pytest.mark.parametrize("address", ["reviews/rating", "lists/list", "lists/viewing"])
def test_what_is_members_own_superusers_alone_look_at(client: Client, address: str) -> None:
    make_rating(make_user(), make_title())
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(f"/admin/{address}/").status_code == 200
