"""What is said about a review: the comments that the reader sees, and where to add one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import User
from cinehub.kit.own import Told
from reviews.mentioning import names_for
from reviews.models import Comment, Review

# So many are shown, the first ones; hardly any review has more.
MOST = 500


@dataclass
class Thread:
    # None where moderators have hidden what others have answered.
    top: Comment | None
    replies: list[Comment] = field(default_factory=list)


def comments(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `comments`, of reviews' keys; a page has one review's."""
    return [_comments(request, int(pk)) for (pk,) in asked]


def _comments(request: HttpRequest, pk: int) -> str:
    seen = Review.objects.visible_to(request.user).select_related("author", "title")
    review = seen.filter(pk=pk).first()
    if review is None:
        return ""
    said = Comment.objects.filter(review=review).visible_to(request.user).told_to(request.user)
    shown = list(said.in_order()[:MOST])
    for comment in shown:
        comment.review = review
    context = {
        "review": review,
        "threads": _threads(shown, _hidden(request, shown)),
        "count": len(shown),
        "is_all": len(shown) < MOST,
        "names": names_for(request.user, [comment.text for comment in shown]),
        "key": uuid4(),
    }
    return render_to_string("reviews/_comments.html", context, request)


def _hidden(request: HttpRequest, shown: list[Comment]) -> set[int]:
    """The keys of what was answered here, and is hidden by moderators."""
    missing = {one.parent_id for one in shown if one.parent_id} - {one.pk for one in shown}
    reached = User.objects.reachable_by(request.user).order_by().values("pk")
    hidden = Comment.objects.filter(pk__in=missing, hidden_at__isnull=False, author__in=reached)
    return set(hidden.values_list("pk", flat=True)) if missing else set()


def _threads(shown: list[Comment], hidden: set[int]) -> list[Thread]:
    """Answers to what moderators have hidden stay together; one to what the reader does not see
    for another reason stands by itself."""
    threads = {one.pk: Thread(one) for one in shown if one.parent_id is None}
    for one in shown:
        if one.parent_id in hidden:
            threads.setdefault(one.parent_id, Thread(None))
        if one.parent_id in threads:
            threads[one.parent_id].replies.append(one)
        elif one.parent_id is not None:
            threads[one.pk] = Thread(one)
    return list(threads.values())
