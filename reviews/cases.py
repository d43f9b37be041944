"""What moderators look at: what was reported of one thing together, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from reviews.models import Comment, Decision, Report, Review
from reviews.reporting import Said

# Of what it is, and its key.
Key = tuple[str, int]
REVIEW, COMMENT = "review", "comment"


@dataclass
class Case:
    said: Said
    reports: list[Report] = field(default_factory=list)
    # The latest first.
    decisions: list[Decision] = field(default_factory=list)
    # How often something that the author wrote was hidden.
    hidden_before: int = 0

    @property
    def of(self) -> str:
        return REVIEW if isinstance(self.said, Review) else COMMENT

    @property
    def review(self) -> Review:
        return self.said if isinstance(self.said, Review) else self.said.review

    @property
    def is_open(self) -> bool:
        return any(report.settled_at is None for report in self.reports)


def waiting() -> QuerySet[Report, Any]:
    """The keys of what has open reports: what was reported first comes first."""
    grouped = Report.objects.open().order_by().values("review", "comment")
    return grouped.annotate(first=Min("created_at"), number=Count("pk")).order_by(
        "first", "review", "comment"
    )


def keys_of(rows: Iterable[dict[str, Any]]) -> list[Key]:
    return [(REVIEW, row["review"]) if row["review"] else (COMMENT, row["comment"]) for row in rows]


def cases(keys: Sequence[Key]) -> list[Case]:
    """In this order, without those that are gone; the same few questions however many."""
    reviews = {pk for of, pk in keys if of == REVIEW}
    comments = {pk for of, pk in keys if of == COMMENT}
    found: dict[Key, Case] = {
        (REVIEW, one.pk): Case(one)
        for one in Review.objects.filter(pk__in=reviews).select_related("author", "title")
    }
    on = Comment.objects.filter(pk__in=comments).select_related(
        "author", "parent__author", "review__author", "review__title"
    )
    found |= {(COMMENT, one.pk): Case(one) for one in on}
    _add_what_was_said(found, Q(review__in=reviews) | Q(comment__in=comments))
    return [found[key] for key in keys if key in found]


def case(of: str, pk: int) -> Case | None:
    return next(iter(cases([(of, pk)])), None)


def _add_what_was_said(found: dict[Key, Case], about: Q) -> None:
    for report in Report.objects.filter(about).select_related("reporter").oldest():
        found[_key(report)].reports.append(report)
    for decision in Decision.objects.filter(about).select_related("moderator").newest():
        found[_key(decision)].decisions.append(decision)
    authors = {case.said.author_id for case in found.values()}
    hidden = Decision.objects.filter(author__in=authors, deed=Decision.Deed.HIDDEN)
    counted = hidden.order_by().values_list("author").annotate(number=Count("pk"))
    before = dict(counted)
    for one in found.values():
        one.hidden_before = before.get(one.said.author_id, 0)


def _key(row: Report | Decision) -> Key:
    return (REVIEW, row.review_id) if row.review_id else (COMMENT, row.comment_id or 0)
