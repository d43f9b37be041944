"""Reports and decisions through the API."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from reviews import reporting
from reviews.models import Comment, Decision, Report, Review
from tests.make import make_comment, make_review, make_user
from tests.reviews.api.asking import ask, get, kind, send, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(bob: User) -> Review:
    return make_review(bob)


@pytest.fixture
def comment(review: Review, bob: User) -> Comment:
    return make_comment(review, bob)


@pytest.fixture
def moderator() -> User:
    member = make_user(username="mod", is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="decide_report"))
    return member


@pytest.fixture
def as_moderator(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def report(client: Client, what: str, key: int, **said: Any) -> Any:
    sent = {"of": what, "about_id": key, "reason": "spam"} | said
    return send(client, "post", "reports/", sent)


# --- Members -------------------------------------------------------------------------------------
def test_a_member_reports_and_reads_what_they_reported(
    as_ann: Client, review: Review, comment: Comment
) -> None:
    told = report(as_ann, "review", review.pk, text="Buy this.")
    report(as_ann, "comment", comment.pk)

    assert told.status_code == 201
    assert (told.json()["text"], told.json()["settled_at"]) == ("Buy this.", None)
    found = get(as_ann, "reports/")["results"]
    assert [(one["of"], one["about_id"]) for one in found] == [
        ("comment", comment.pk),
        ("review", review.pk),
    ]


def test_who_reports_again_says_it_anew(as_ann: Client, review: Review) -> None:
    keys = [
        report(as_ann, "review", review.pk, reason=reason).json()["id"]
        for reason in ("spam", "hate")
    ]

    assert keys == [Report.objects.get().pk] * 2
    assert Report.objects.get().reason == "hate"


def test_nobody_reports_their_own_words_or_what_they_do_not_see(
    as_ann: Client, ann: User, bob: User
) -> None:
    own = make_review(ann)
    hidden = make_review(bob, hidden_at=timezone.now())
    on_hidden, of_own = make_comment(hidden), make_comment(own, ann)

    for of, key in (
        ("review", own.pk),
        ("review", hidden.pk),
        ("comment", on_hidden.pk),
        ("comment", of_own.pk),
        ("review", 10**17),
    ):
        assert kind(report(as_ann, of, key)) == (404, "not-found")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"of": "list"}, "of"),
        ({"about_id": 0}, "about_id"),
        ({"about_id": 10**18}, "about_id"),
        ({"reason": ""}, "reason"),
        ({"reason": "boring"}, "reason"),
        ({"text": "x" * 501}, "text"),
        ({"text": "\x00"}, "text"),
    ],
)
def test_what_is_not_right_is_named(as_ann: Client, review: Review, said: Any, field: str) -> None:
    assert wrong(report(as_ann, "review", review.pk, **said)) == {field}


# --- Moderators ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["", "decisions/", "review/1/", "comment/1/"])
@pytest.mark.parametrize("is_staff", [True, False])
def test_moderation_is_for_those_who_may_decide(client: Client, path: str, is_staff: bool) -> None:
    client.force_login(make_user(is_staff=is_staff))

    assert kind(ask(client, "get", f"moderation/{path}")) == (403, "forbidden")


def test_what_was_reported_first_waits_first(
    as_moderator: Client, review: Review, comment: Comment
) -> None:
    for said in (comment, review):
        reporting.report(make_user(), said, reason="spam", text="Look.")
    reporting.report(make_user(), comment, reason="hate")

    first, second = get(as_moderator, "moderation/")["results"]

    assert (first["of"], first["about_id"], len(first["reports"])) == ("comment", comment.pk, 2)
    assert (second["of"], second["author"]["username"]) == ("review", "bob")
    assert second["reports"][0]["text"] == "Look."
    assert second["title"]["id"] == review.title.tmdb_id
    assert second["is_open"]


@pytest.mark.parametrize("of", ["review", "comment"])
def test_a_moderator_hides_and_restores(
    as_moderator: Client, review: Review, comment: Comment, of: str
) -> None:
    path = f"moderation/{of}/{review.pk if of == 'review' else comment.pk}/"

    hidden = send(as_moderator, "post", path, {"deed": "hidden", "reason": "spam", "text": "No."})
    assert get(as_moderator, path)["hidden_at"]
    restored = send(as_moderator, "post", path, {"deed": "restored"})

    assert (hidden.status_code, restored.status_code) == (201, 201)
    told = get(as_moderator, path)
    assert told["hidden_at"] is None
    assert [one["deed"] for one in told["decisions"]] == ["restored", "hidden"]
    assert told["decisions"][0]["moderator"]["username"] == "mod"
    decided = get(as_moderator, "moderation/decisions/")["results"]
    assert [one["id"] for one in decided] == [one["id"] for one in told["decisions"]]


def test_what_is_left_as_it_is_waits_no_longer(as_moderator: Client, review: Review) -> None:
    reporting.report(make_user(), review, reason="spam")

    send(as_moderator, "post", f"moderation/review/{review.pk}/", {"deed": "dismissed"})

    assert get(as_moderator, "moderation/")["results"] == []
    assert not Review.objects.get().hidden_at


def test_what_somebody_else_has_decided_is_said(as_moderator: Client, review: Review) -> None:
    path = f"moderation/review/{review.pk}/"

    assert kind(send(as_moderator, "post", path, {"deed": "restored"})) == (409, "conflict")
    assert not Decision.objects.exists()


def test_nobody_decides_about_their_own_words(as_moderator: Client, moderator: User) -> None:
    path = f"moderation/review/{make_review(moderator).pk}/"
    sent = {"deed": "hidden", "reason": "spam"}

    assert kind(send(as_moderator, "post", path, sent)) == (403, "forbidden")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deed": "hidden"}, "reason"),
        ({"deed": "hidden", "reason": ""}, "reason"),
        ({"deed": "burnt"}, "deed"),
        ({}, "deed"),
        ({"deed": "restored", "text": "x" * 501}, "text"),
    ],
)
def test_nothing_is_hidden_without_a_reason(
    as_moderator: Client, review: Review, said: Any, field: str
) -> None:
    assert wrong(send(as_moderator, "post", f"moderation/review/{review.pk}/", said)) == {field}


@pytest.mark.parametrize("path", ["review/1/", "comment/1/"])
def test_what_is_not_there_has_no_case(as_moderator: Client, path: str) -> None:
    assert kind(ask(as_moderator, "get", f"moderation/{path}")) == (404, "not-found")


def test_a_decision_outlives_what_it_was_about(as_moderator: Client, review: Review) -> None:
    path = f"moderation/review/{review.pk}/"
    send(as_moderator, "post", path, {"deed": "hidden", "reason": "spam"})
    review.delete()

    (told,) = get(as_moderator, "moderation/decisions/")["results"]

    assert (told["of"], told["about_id"], told["author"]["username"]) == (None, None, "bob")
