"""Members like what others wrote, or no longer do."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from cinehub.kit.acting import acted
from reviews import liking
from reviews.models import Comment, Review
from reviews.views.finding import comment_of, review_of

limited = ratelimit(key="user", rate="600/h", group="likes", block=True)


@require_POST
@members_only
@limited
def like_review(request: MemberRequest, username: str, pk: int) -> HttpResponse:
    return _like(request, review_of(request, username, pk))


@require_POST
@members_only
@limited
def like_comment(request: MemberRequest, pk: int) -> HttpResponse:
    return _like(request, comment_of(request, pk))


def _like(request: MemberRequest, liked: Review | Comment) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    (liking.like if is_on else liking.unlike)(request.user, liked)
    rows = type(liked)._default_manager.filter(pk=liked.pk)
    changed = rows.told_to(request.user).get()
    said = _("You like it.") if is_on else _("You no longer like it.")
    return acted(request, said, parts=[_button(request, changed)], back=liked.get_absolute_url())


def _button(request: MemberRequest, liked: Review | Comment) -> str:
    if isinstance(liked, Review):
        return render_to_string("reviews/_like_review.html", {"review": liked}, request)
    return render_to_string("reviews/_like_comment.html", {"comment": liked}, request)
