"""Members like what others wrote, or no longer do."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from cinehub.kit.acting import acted
from reviews import liking
from reviews.finding import comment_of, review_of
from reviews.models import Comment, Review

limited = ratelimit(key="user", rate="600/h", group="likes", block=True)


@require_POST
@members_only
@limited
def like_review(request: MemberRequest, username: str, pk: int) -> HttpResponse:
    return _like(request, review_of(request.user, pk, author__username=username))


@require_POST
@members_only
@limited
def like_comment(request: MemberRequest, pk: int) -> HttpResponse:
    return _like(request, comment_of(request.user, pk))


def _like(request: MemberRequest, liked: Review | Comment) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    (liking.like if is_on else liking.unlike)(request.user, liked)
    said = _("You like it.") if is_on else _("You no longer like it.")
    return acted(request, said, parts=[_button(request, liked)], back=liked.get_absolute_url())


def _button(request: MemberRequest, liked: Review | Comment) -> str:
    """As it is now."""
    if isinstance(liked, Review):
        review = get_object_or_404(Review.objects.told_to(request.user), pk=liked.pk)
        return render_to_string("reviews/_like_review.html", {"review": review}, request)
    comment = get_object_or_404(Comment.objects.told_to(request.user), pk=liked.pk)
    return render_to_string("reviews/_like_comment.html", {"comment": comment}, request)
