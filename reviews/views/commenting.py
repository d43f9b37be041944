"""Members comment on reviews, and take back what they said."""

from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from cinehub.kit.acting import acted, refused
from cinehub.kit.answers import elsewhere
from cinehub.kit.web import key_of
from reviews import commenting, own
from reviews.finding import comment_of, own_comment_seen, own_comments, review_of
from reviews.forms.writing import CommentForm
from reviews.models import Comment, Review

limited = ratelimit(key="user", rate="120/h", method="POST", group="comments", block=True)


@require_POST
@members_only
@limited
def comment(request: MemberRequest, username: str, pk: int) -> HttpResponse:
    review = review_of(request.user, pk, author__username=username)
    parent = _parent(request, review)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, _why(form), back=review.get_absolute_url())
    text = form.cleaned_data["text"]
    key = _key(form, parent)
    said = commenting.comment(review, request.user, text=text, key=key, parent=parent)
    parts = [own.talk(review.pk)]
    return acted(request, _("Your comment is here."), parts=parts, back=said.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    said = own_comment_seen(request.user, pk)
    form = CommentForm(request.POST if request.method == "POST" else None, instance=said)
    if request.method != "POST":
        return render(request, "reviews/edit_comment.html", {"form": form, "comment": said})
    if not form.is_valid():
        context = {"form": form, "comment": said}
        return render(request, "reviews/edit_comment.html", context, status=422)
    commenting.edit(said, text=form.cleaned_data["text"])
    messages.success(request, _("Your comment is changed."))
    return elsewhere(request, said.get_absolute_url())


@require_POST
@members_only
@limited
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(own_comments(request.user), pk=pk)
    review = said.review
    undo = commenting.remove(said)
    parts = [own.talk(review.pk)]
    back = f"{review.get_absolute_url()}#comments"
    return acted(request, _("Your comment is gone."), parts=parts, undo=undo, back=back)


def _parent(request: MemberRequest, review: Review) -> Comment | None:
    """What is answered, if anything is."""
    key = key_of(request.POST.get("parent"))
    if key is None:
        return None
    found = comment_of(request.user, key)
    return found if found.review_id == review.pk else None


def _key(form: CommentForm, parent: Comment | None) -> UUID:
    """Of what is said, too: who goes back to the form and says something else says it anew."""
    where = form.cleaned_data["key"] or uuid4()
    return uuid5(where, f"{parent.pk if parent else ''} {form.cleaned_data['text']}")


def _why(form: CommentForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
