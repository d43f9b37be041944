"""What is said about a review: the comments that the reader sees, and where to add one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string

from cinehub.kit.own import Told
from reviews.mentioning import names_for
from reviews.models import Comment, Review

# So many are shown, the first ones; hardly any review has more.
MOST = 500


@dataclass
class Thread:
    top: Comment
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
        "threads": _threads(shown),
        "count": len(shown),
        "is_all": len(shown) < MOST,
        "names": names_for(request.user, [comment.text for comment in shown]),
        "key": uuid4(),
    }
    return render_to_string("reviews/_comments.html", context, request)


def _threads(shown: list[Comment]) -> list[Thread]:
    """An answer to what the reader does not see stands by itself."""
    threads = {one.pk: Thread(one) for one in shown if one.parent_id is None}
    for one in shown:
        if one.parent_id in threads:
            threads[one.parent_id].replies.append(one)
        elif one.parent_id is not None:
            threads[one.pk] = Thread(one)
    return list(threads.values())
