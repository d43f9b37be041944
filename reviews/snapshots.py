"""What was said, with all that hangs on it, as it is kept for who takes back that it is gone."""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain, groupby
from typing import Any

from django.core import serializers
from django.db.models import F, Model, Q

from accounts.models import User
from reviews.models import Comment, Decision, Like, Report, Review

Row = dict[str, Any]
# Whose each row is. Who has left meanwhile does not come back with it.
WHOSE = {"reviews.comment": "author", "reviews.like": "user", "reviews.report": "reporter"}


def of_review(review: Review) -> dict[str, Any]:
    comments = review.comments.order_by(F("parent").asc(nulls_first=True), "pk")
    rows = chain(
        [review],
        review.editions.order_by("pk"),
        comments,
        Like.objects.filter(Q(review=review) | Q(comment__review=review)).order_by("pk"),
        Report.objects.filter(Q(review=review) | Q(comment__review=review)).order_by("pk"),
    )
    return {
        "rows": _rows(rows),
        "decisions": _decisions(Q(review=review)),
        "on_comments": _decisions(Q(comment__review=review)),
    }


def of_comment(comment: Comment) -> dict[str, Any]:
    rows = chain([comment], comment.likes.order_by("pk"), comment.reports.order_by("pk"))
    return {
        "rows": _rows(rows),
        "replies": list(comment.replies.values_list("pk", flat=True)),
        "on_comments": _decisions(Q(comment=comment)),
    }


def put_back(kept: dict[str, Any]) -> None:
    """Under the keys that the rows had."""
    good = _under_what_is_there(_still_good(kept["rows"]))
    found = [each.object for each in serializers.deserialize("python", good)]
    _recount(found)
    for _model, rows in groupby(found, type):
        alike = list(rows)
        alike[0]._meta.default_manager.bulk_create(alike)  # type: ignore[union-attr]
    comments = {each.pk for each in found if isinstance(each, Comment)}
    for decision, comment in kept["on_comments"]:
        if comment in comments:
            Decision.objects.filter(pk=decision).update(comment=comment)


def _recount(found: list[Any]) -> None:
    """Without those who have left."""
    liked = Counter((one.review_id, one.comment_id) for one in found if isinstance(one, Like))
    for one in found:
        if isinstance(one, Review):
            one.like_count = liked[one.pk, None]
            said = (each for each in found if isinstance(each, Comment))
            one.comment_count = sum(each.hidden_at is None for each in said)
        elif isinstance(one, Comment):
            one.like_count = liked[None, one.pk]


def _rows(things: Iterable[Model]) -> list[Row]:
    """To the microsecond, which Django's own JSON leaves out."""
    rows: list[Row] = json.loads(json.dumps(serializers.serialize("python", things), default=str))
    return rows


def _decisions(about: Q) -> list[tuple[int, int | None]]:
    """Of a moderator, who has decided; with the comment that it is about, if it is one."""
    return list(Decision.objects.filter(about).order_by("pk").values_list("pk", "comment"))


def _still_good(rows: list[Row]) -> list[Row]:
    members = {row["fields"][WHOSE[row["model"]]] for row in rows if row["model"] in WHOSE}
    there = set(User.objects.filter(pk__in=members - {None}).values_list("pk", flat=True))
    lost: set[int] = set()
    good = []
    for row in rows:
        fields = row["fields"]
        whose = fields.get(WHOSE.get(row["model"]))
        if (whose and whose not in there) or fields.get("comment") in lost:
            lost |= {row["pk"]} if row["model"] == "reviews.comment" else set()
            continue
        good.append(row)
    return good


def _under_what_is_there(rows: list[Row]) -> list[Row]:
    """What answers a comment that is gone stands by itself."""
    comments = [row for row in rows if row["model"] == "reviews.comment"]
    parents = {row["fields"]["parent"] for row in comments} - {None}
    there = set(Comment.objects.filter(pk__in=parents).values_list("pk", flat=True))
    there |= {row["pk"] for row in comments}
    for row in comments:
        if row["fields"]["parent"] not in there:
            row["fields"]["parent"] = None
    return rows
