"""Members report, and moderators decide."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import Person
from accounts.scopes import REVIEWS
from catalog.api.titles import Brief, titles_of
from cinehub.kit.api import Endpoint, Problem, Sparse, Who, paged
from cinehub.kit.api.limits import spare
from reviews import cases, moderating, reporting
from reviews.api.shapes import MOST_KEY
from reviews.finding import reportable
from reviews.models import Decision
from reviews.models.reports import LONGEST_TEXT, Reason

AN_HOUR = "30/h"
OF = (cases.REVIEW, cases.COMMENT)
Deed = Decision.Deed


class About(Sparse):
    """Of a row that is about a review or a comment."""

    of = serializers.SerializerMethodField(help_text="What it is about.")
    about_id = serializers.SerializerMethodField(help_text="Null once that is gone.")

    @extend_schema_field(serializers.ChoiceField(OF, allow_null=True))
    def get_of(self, row: Any) -> str | None:
        if row.review_id:
            return cases.REVIEW
        return cases.COMMENT if row.comment_id else None

    def get_about_id(self, row: Any) -> int | None:
        key: int | None = row.review_id or row.comment_id
        return key


class OwnReport(About):
    id = serializers.IntegerField()
    reason = serializers.ChoiceField(Reason.values)
    text = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(
        allow_null=True, help_text="When moderators had decided about it."
    )


class NewReport(serializers.Serializer):
    of = serializers.ChoiceField(OF)
    about_id = serializers.IntegerField(min_value=1, max_value=MOST_KEY)
    reason = serializers.ChoiceField(Reason.values)
    text = serializers.CharField(
        max_length=LONGEST_TEXT,
        allow_blank=True,
        default="",
        help_text="Moderators read this; the author does not.",
    )


class ReportInCase(serializers.Serializer):
    reporter = Person(allow_null=True, help_text="Null once they have left.")
    reason = serializers.ChoiceField(Reason.values)
    text = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class ModerationDecision(About):
    id = serializers.IntegerField()
    moderator = Person(allow_null=True, help_text="Null once they have left.")
    author = Person(help_text="Whose words they were.")
    deed = serializers.ChoiceField(Deed.values)
    reason = serializers.ChoiceField([*Reason.values, ""])
    text = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField()


class NewDecision(serializers.Serializer):
    deed = serializers.ChoiceField(Deed.values)
    reason = serializers.ChoiceField(
        [*Reason.values, ""], default="", help_text="Needed to hide something."
    )
    text = serializers.CharField(
        max_length=LONGEST_TEXT, allow_blank=True, default="", help_text="The author reads both."
    )

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if moderating.needs_reason(said["deed"]) and not said["reason"]:
            raise serializers.ValidationError({"reason": moderating.SAY_WHY})
        return said


class ModerationCase(Sparse):
    """What was reported of one thing together, and what became of it."""

    of = serializers.ChoiceField(OF)
    about_id = serializers.IntegerField(source="said.pk")
    author = Person(source="said.author")
    title = Brief()
    text = serializers.CharField(source="said.text", help_text="Markdown.")
    created_at = serializers.DateTimeField(source="said.created_at")
    hidden_at = serializers.DateTimeField(source="said.hidden_at", allow_null=True)
    is_open = serializers.BooleanField(help_text="Somebody waits for a decision.")
    hidden_before = serializers.IntegerField(
        help_text="How often something that the author wrote was hidden."
    )
    reports = ReportInCase(many=True)
    decisions = ModerationDecision(many=True)
    url = serializers.SerializerMethodField(help_text="Where it stands.")

    @extend_schema_field(serializers.URLField())
    def get_url(self, case: cases.Case) -> str:
        return f"{settings.SITE_URL}{case.said.get_absolute_url()}"


class Reports(Endpoint):
    writes = REVIEWS

    @extend_schema(summary="What I have reported, the latest first", responses=paged(OwnReport))
    def get(self, request: Request) -> Response:
        return self.page(request.user.reports.order_by("-created_at", "-pk"), OwnReport)

    @extend_schema(
        summary="Report a review or a comment to the moderators",
        request=NewReport,
        responses={201: OwnReport},
    )
    def post(self, request: Request) -> Response:
        sent = self.read(NewReport)
        spare(request, "reports", AN_HOUR)
        said = reportable(request.user, sent["of"], sent["about_id"])
        made = reporting.report(request.user, said, reason=sent["reason"], text=sent["text"])
        return self.show(made, OwnReport, 201)


class ByModerators(Endpoint):
    who = Who.STAFF
    permission = moderating.MAY_DECIDE


class Queue(ByModerators):
    @extend_schema(
        summary="What waits for a decision, what was reported first before all else",
        responses=paged(ModerationCase),
    )
    def get(self, request: Request) -> Response:
        return self.page(cases.waiting(), ModerationCase, ready=self._told)

    def _told(self, rows: Sequence[Any]) -> list[cases.Case]:
        return told(self, cases.cases(cases.keys_of(rows)))


class Decisions(ByModerators):
    @extend_schema(
        summary="All that was decided, the latest first", responses=paged(ModerationDecision)
    )
    def get(self, request: Request) -> Response:
        return self.page(
            Decision.objects.newest().select_related("moderator", "author"), ModerationDecision
        )


class Case(ByModerators):
    """One thing, also one that nobody has reported."""

    @extend_schema(summary="What was reported of it, and decided", responses=ModerationCase)
    def get(self, request: Request, of: str, pk: int) -> Response:
        return self.show(told(self, [_case(of, pk)])[0], ModerationCase)

    @extend_schema(
        summary="Hide it, show it again, or leave it as it is",
        request=NewDecision,
        responses={201: ModerationDecision},
    )
    def post(self, request: Request, of: str, pk: int) -> Response:
        sent = self.read(NewDecision)
        said = _case(of, pk).said
        try:
            decision = moderating.DEEDS[sent.pop("deed")](said, by=request.user, **sent)
        except moderating.Decided:
            raise Problem(409, "conflict", _("Somebody else has decided already.")) from None
        except reporting.OwnWords:
            why = _("Somebody else has to decide about your words.")
            raise Problem(403, "forbidden", why) from None
        return self.show(decision, ModerationDecision, 201)


def told(view: Endpoint, found: Sequence[cases.Case]) -> list[Any]:
    """Each with the title that it is about, and the authors of what was decided."""
    titles = titles_of(view, (case.review.title_id for case in found))
    for case in found:
        case.title = titles[case.review.title_id]  # type: ignore[attr-defined]
        for decision in case.decisions:
            decision.author = case.said.author
    return list(found)


def _case(of: str, pk: int) -> cases.Case:
    found = cases.case(of, pk)
    if found is None:
        raise Http404
    return found
