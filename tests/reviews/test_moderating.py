"""Members report, moderators decide, and what was decided stays."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import ranks
from accounts.models import Kind, User
from cinehub.kit import kept
from reviews import commenting, moderating, reporting
from reviews.models import Comment, Decision, Report, Review
from reviews.models.reports import Reason
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
WAYS = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
BOTH = pytest.mark.parametrize("of", ["review", "comment"])


def make_review(**values: object) -> Review:
    values = {"text": "A film.", "title": values.pop("title", None) or make_title()} | values
    author = values.pop("author", None) or make_user()
    return Review.objects.create(author=author, **values)


def make_comment(review: Review | None = None, **values: object) -> Comment:
    author = values.pop("author", None) or make_user()
    text = str(values.pop("text", "Not so."))
    return commenting.comment(review or make_review(), author, text=text, key=uuid4(), **values)


def make_said(of: str) -> reporting.Said:
    return make_review() if of == "review" else make_comment()


def make_moderator() -> User:
    moderator = make_user(is_staff=True)
    moderator.groups.add(Group.objects.get(name=ranks.MODERATOR))
    return moderator


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def report_address(said: reporting.Said) -> str:
    return f"/{said._meta.model_name}/{said.pk}/report"


def case_address(said: reporting.Said) -> str:
    return f"/moderation/{said._meta.model_name}/{said.pk}"


def decision(said: reporting.Said, deed: str, reason: str = "", text: str = "") -> dict[str, str]:
    prefix = f"{said._meta.model_name}-{said.pk}"
    return {f"{prefix}-deed": deed, f"{prefix}-reason": reason, f"{prefix}-text": text}


def now(said: reporting.Said) -> reporting.Said:
    said.refresh_from_db()
    return said


# --- Reporting -----------------------------------------------------------------------------------
@BOTH
@WAYS
def test_a_member_reports_what_somebody_wrote(of: str, headers: dict[str, str]) -> None:
    said, member = make_said(of), make_user()

    answer = browser(member).post(
        report_address(said), {"reason": "spam", "text": "A shop."}, headers=headers
    )

    report = member.reports.get()
    assert (report.review or report.comment) == said
    assert (report.reason, report.text, report.settled_at) == ("spam", "A shop.", None)
    assert answer.status_code == (200 if headers else 303)
    assert (f'data-own="report-{of}-{said.pk}"' in answer.content.decode()) == bool(headers)


@BOTH
def test_who_reports_again_says_it_anew(of: str) -> None:
    said, member = make_said(of), make_user()

    reporting.report(member, said, reason="spam")
    reporting.report(member, said, reason="abuse", text="Look at the end.")

    assert list(member.reports.values_list("reason", "text")) == [("abuse", "Look at the end.")]


def test_the_database_keeps_one_open_report_of_a_member_and_a_thing() -> None:
    review, member = make_review(), make_user()
    reporting.report(member, review, reason="spam")

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(reporter=member, review=review, reason="spam")


def test_what_was_settled_may_be_reported_again() -> None:
    review, member = make_review(), make_user()
    reporting.report(member, review, reason="spam")
    moderating.dismiss(review, by=make_moderator())

    reporting.report(member, review, reason="spam")

    assert member.reports.count() == 2
    assert member.reports.open().count() == 1


@BOTH
@WAYS
def test_nobody_reports_their_own_words(of: str, headers: dict[str, str]) -> None:
    said = make_said(of)

    answer = browser(said.author).post(report_address(said), {"reason": "spam"}, headers=headers)

    assert answer.status_code == 404
    with pytest.raises(reporting.OwnWords):
        reporting.report(said.author, said, reason="spam")


@BOTH
@WAYS
def test_nobody_reports_what_they_do_not_see(of: str, headers: dict[str, str]) -> None:
    review = make_review(audience="private")
    said = review if of == "review" else make_comment(review)

    answer = browser(make_user()).post(report_address(said), {"reason": "spam"}, headers=headers)

    assert answer.status_code == 404
    assert not Report.objects.exists()


def test_a_report_needs_a_reason() -> None:
    review, client = make_review(), browser(make_user())

    plain = client.post(report_address(review), {"text": "Hm."})
    quick = client.post(report_address(review), {"text": "Hm."}, headers=HTMX)

    assert plain.status_code == 200
    assert "This field is required." in plain.content.decode()
    assert quick.status_code == 422
    assert not Report.objects.exists()


@BOTH
def test_the_form_that_reports_shows_what_is_reported(of: str) -> None:
    said = make_said(of)

    page = browser(make_user()).get(report_address(said))

    assert page.status_code == 200
    assert said.text in page.content.decode()


@WAYS
def test_visitors_sign_in_to_report(headers: dict[str, str]) -> None:
    address = report_address(make_review())

    answer = Client().post(address, {"reason": "spam"}, headers=headers)

    door = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    assert door.startswith("/sign-in")
    assert Client().get(address).headers["Location"].startswith("/sign-in?next=%2Freview%2F")


def test_who_reports_without_end_is_stopped() -> None:
    review, client = make_review(), browser(make_user())

    answers = [client.post(report_address(review), {"reason": "spam"}) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {303}
    assert answers[30].status_code == 429


# --- Deciding ------------------------------------------------------------------------------------
@BOTH
@WAYS
def test_a_moderator_hides_what_was_reported(of: str, headers: dict[str, str]) -> None:
    said, moderator = make_said(of), make_moderator()
    reporting.report(make_user(), said, reason="hate")

    answer = browser(moderator).post(
        case_address(said), decision(said, "hidden", "hate", "Not here."), headers=headers
    )

    assert answer.status_code == (200 if headers else 303)
    assert now(said).hidden_at
    assert not Report.objects.open().exists()
    made = Decision.objects.get()
    assert (made.moderator, made.author, made.review or made.comment) == (
        moderator,
        said.author,
        said,
    )
    assert (made.deed, made.reason, made.text) == ("hidden", "hate", "Not here.")


@BOTH
def test_what_is_hidden_is_its_authors_and_the_staffs_alone(of: str) -> None:
    said, moderator = make_said(of), make_moderator()
    moderating.hide(said, by=moderator, reason="spam")

    model = type(said)._default_manager
    assert model.visible_to(said.author).filter(pk=said.pk).exists()
    assert model.visible_to(moderator).filter(pk=said.pk).exists()
    assert not model.visible_to(make_user()).filter(pk=said.pk).exists()


@BOTH
def test_the_author_is_told_why_and_not_by_whom(of: str) -> None:
    said = make_said(of)

    moderating.hide(said, by=make_moderator(), reason="spam", text="A shop.")

    told = said.author.notifications.get(kind=Kind.MODERATION)
    assert told.actor is None
    assert "Advertises something (A shop.)" in told.text
    assert told.url == said.get_absolute_url()


@BOTH
@WAYS
def test_what_was_hidden_is_shown_again(of: str, headers: dict[str, str]) -> None:
    said = make_said(of)
    moderating.hide(said, by=make_moderator(), reason="spam")

    browser(make_moderator()).post(case_address(said), decision(said, "restored"), headers=headers)

    assert now(said).hidden_at is None
    assert [each.deed for each in Decision.objects.newest()] == ["restored", "hidden"]
    assert said.author.notifications.filter(text__contains="can be seen again").count() == 1


@BOTH
@WAYS
def test_what_was_reported_is_left_as_it_is(of: str, headers: dict[str, str]) -> None:
    said = make_said(of)
    reporting.report(make_user(), said, reason="spam")

    browser(make_moderator()).post(case_address(said), decision(said, "dismissed"), headers=headers)

    assert now(said).hidden_at is None
    assert not Report.objects.open().exists()
    assert Decision.objects.get().deed == "dismissed"
    assert not said.author.notifications.filter(kind=Kind.MODERATION).exists()


@WAYS
def test_nothing_is_hidden_without_a_reason(headers: dict[str, str]) -> None:
    review = make_review()

    answer = browser(make_moderator()).post(
        case_address(review), decision(review, "hidden"), headers=headers
    )

    assert answer.status_code == (422 if headers else 200)
    assert "Say why it is to be hidden." in answer.content.decode()
    assert now(review).hidden_at is None


@WAYS
def test_of_two_moderators_the_second_is_told_that_it_is_done(headers: dict[str, str]) -> None:
    review = make_review()
    moderating.hide(review, by=make_moderator(), reason="spam")

    answer = browser(make_moderator()).post(
        case_address(review), decision(review, "hidden", "hate"), headers=headers
    )

    assert answer.status_code == (422 if headers else 303)
    assert Decision.objects.count() == 1


@BOTH
def test_nobody_decides_about_what_has_just_gone(of: str) -> None:
    said = make_said(of)
    Review.objects.all().delete()

    with pytest.raises(Http404):
        moderating.hide(said, by=make_moderator(), reason="spam")


@pytest.mark.parametrize("deed", [moderating.restore, moderating.dismiss])
def test_what_is_not_hidden_or_reported_needs_no_decision(deed: object) -> None:
    with pytest.raises(moderating.Decided):
        deed(make_review(), by=make_moderator())  # type: ignore[operator]


@WAYS
def test_moderators_do_not_decide_about_their_own_words(headers: dict[str, str]) -> None:
    moderator = make_moderator()
    review = make_review(author=moderator)

    answer = browser(moderator).post(
        case_address(review), decision(review, "hidden", "spam"), headers=headers
    )

    assert answer.status_code == (422 if headers else 303)
    assert now(review).hidden_at is None


def test_a_hidden_comment_is_not_counted_until_it_is_shown_again() -> None:
    comment, moderator = make_comment(), make_moderator()

    moderating.hide(comment, by=moderator, reason="spam")
    hidden = Review.objects.get(pk=comment.review_id).comment_count
    moderating.restore(comment, by=moderator)

    assert (hidden, Review.objects.get(pk=comment.review_id).comment_count) == (0, 1)


@BOTH
def test_pages_about_the_title_are_made_anew(
    of: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    said, heard = make_said(of), []
    monkeypatch.setattr(kept, "changed", lambda *subjects: heard.extend(subjects))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        moderating.hide(said, by=make_moderator(), reason="spam")

    title = said.title if isinstance(said, Review) else said.review.title
    assert f"movie/{title.tmdb_id}" in heard


@BOTH
def test_what_was_decided_stays_when_what_it_was_about_goes(of: str) -> None:
    said, moderator = make_said(of), make_moderator()
    moderating.hide(said, by=moderator, reason="spam", text="A shop.")

    said.delete()
    moderator.delete()

    left = Decision.objects.get()
    assert (left.moderator, left.review, left.comment) == (None, None, None)
    assert (left.deed, left.text, left.author_id) == ("hidden", "A shop.", said.author_id)


def test_why_something_is_hidden_is_the_last_that_was_said_of_it() -> None:
    review, moderator = make_review(), make_moderator()
    moderating.hide(review, by=moderator, reason="spam")
    moderating.restore(review, by=moderator, text="A mistake.")
    moderating.hide(review, by=moderator, reason="hate", text="After all.")

    found = moderating.explain(review.author)

    assert str(moderating.why(found["review", review.pk])) == "Hateful (After all.)"


def test_a_decision_may_be_in_words_alone() -> None:
    assert moderating.why(Decision(text="A mistake.")) == "A mistake."
    assert moderating.why(Decision()) == ""
    assert moderating.why(Decision(reason=Reason.SPAM)) == "Advertises something"


# --- The queue -----------------------------------------------------------------------------------
PAGES = ("/moderation", "/moderation/decisions")


def test_what_was_reported_first_waits_first_and_each_thing_once() -> None:
    reviews = [make_review(text=f"Review {n}.") for n in range(3)]
    for review in (reviews[1], reviews[0], reviews[2], reviews[1]):
        reporting.report(make_user(), review, reason="spam")

    page = browser(make_moderator()).get("/moderation").content.decode()

    assert page.index("Review 1.") < page.index("Review 0.") < page.index("Review 2.")
    assert page.count("Review 1.") == 1
    assert "3 things were reported" in page


def test_a_case_tells_who_reported_it_why_and_what_was_decided_before() -> None:
    comment, eve, moderator = make_comment(), make_user(username="eve"), make_moderator()
    reporting.report(eve, comment, reason="abuse", text="He calls me names.")
    moderating.dismiss(comment, by=moderator, text="It was a joke.")
    reporting.report(make_user(), comment, reason="hate")

    page = browser(make_moderator()).get("/moderation").content.decode()

    for told in ("@eve", "He calls me names.", "It was a joke.", "Hateful", comment.review.text):
        assert told in page


def test_the_trail_keeps_everything_that_was_decided() -> None:
    review, comment, moderator = make_review(), make_comment(), make_moderator()
    moderating.hide(review, by=moderator, reason="spam", text="Number one.")
    moderating.hide(comment, by=moderator, reason="hate", text="Number two.")
    review.delete()

    page = browser(moderator).get("/moderation/decisions").content.decode()

    assert page.index("Number two.") < page.index("Number one.")
    assert "that is gone" in page
    assert case_address(comment) in page


@pytest.mark.parametrize("address", PAGES)
def test_where_nothing_waits_it_is_said(address: str) -> None:
    page = browser(make_moderator()).get(address).content.decode()

    assert "Nothing is reported" in page or "Nothing was decided yet" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_same_however_much_is_on_it(address: str) -> None:
    client = browser(make_moderator())

    def grow() -> None:
        for of in ("review", "comment"):
            said = make_said(of)
            reporting.report(make_user(), said, reason="spam")
            moderating.hide(said, by=make_moderator(), reason="spam")
            reporting.report(make_user(), said, reason="spam")

    grow()
    client.get(address)
    few = asked(client, address)
    for _ in range(4):
        grow()

    assert asked(client, address) == few


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [*PAGES, "/moderation/review/1"])
def test_moderators_pages_are_for_moderators(address: str) -> None:
    assert browser(make_user()).get(address).status_code == 403
    assert browser(make_user(is_staff=True)).get(address).status_code == 403
    assert Client().get(address).headers["Location"].startswith("/sign-in?next=")


@WAYS
def test_members_do_not_decide(headers: dict[str, str]) -> None:
    review = make_review()

    answer = browser(make_user()).post(
        case_address(review), decision(review, "hidden", "spam"), headers=headers
    )

    assert answer.status_code == 403
    assert now(review).hidden_at is None


@BOTH
def test_what_is_not_there_is_no_case(of: str) -> None:
    assert browser(make_moderator()).get(f"/moderation/{of}/999").status_code == 404


@BOTH
def test_moderators_look_at_what_nobody_has_reported(of: str) -> None:
    said = make_said(of)

    page = browser(make_moderator()).get(case_address(said)).content.decode()

    assert said.text in page
    assert "Hide" in page
    assert "Leave as it is" not in page


# --- Where it stands -----------------------------------------------------------------------------
def page_of(said: reporting.Said, reader: User | None = None) -> str:
    review = said if isinstance(said, Review) else said.review
    client = browser(reader) if reader else Client()
    return client.get(review.get_absolute_url()).content.decode()


@BOTH
def test_who_reads_what_others_wrote_can_report_it_from_there(of: str) -> None:
    said = make_said(of)

    assert report_address(said) in page_of(said, make_user())
    assert report_address(said) not in page_of(said, said.author)
    assert report_address(said) not in page_of(said)


@BOTH
def test_moderators_get_from_there_to_where_they_decide(of: str) -> None:
    said = make_said(of)

    assert case_address(said) in page_of(said, make_moderator())
    assert case_address(said) not in page_of(said, make_user(is_staff=True))


@BOTH
def test_authors_read_where_it_stands_why_it_is_hidden(of: str) -> None:
    said = make_said(of)
    moderating.hide(said, by=make_moderator(), reason="spam", text="A shop.")

    assert "Advertises something (A shop.)" in page_of(said, said.author)


def test_what_was_answered_leaves_a_gap_that_says_so() -> None:
    comment = make_comment(text="Go away.")
    make_comment(comment.review, text="Why should I?", parent=comment)
    moderating.hide(comment, by=make_moderator(), reason="abuse")

    page = page_of(comment, make_user())

    assert "Go away." not in page
    assert page.index("Moderators have hidden this comment.") < page.index("Why should I?")


def test_what_nobody_has_answered_leaves_no_gap() -> None:
    comment = make_comment(text="Go away.")
    moderating.hide(comment, by=make_moderator(), reason="abuse")

    page = page_of(comment, make_user())

    assert "Go away." not in page
    assert "Moderators have hidden this comment." not in page
