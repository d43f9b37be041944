"""A member writes a review, and takes it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from catalog.views.finding import title_of
from cinehub.kit.acting import acted
from cinehub.kit.addresses import Ref
from cinehub.kit.answers import elsewhere
from reviews import own, writing
from reviews.forms.writing import ReviewForm
from reviews.mentioning import names_for


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@ratelimit(key="user", rate="30/h", method="POST", group="reviews", block=True)
def write(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    """Or edit; with `preview` it is only shown as it would be."""
    title = title_of(request, kind, ref)
    is_sent = request.method == "POST"
    form = ReviewForm(request.POST if is_sent else None, member=request.user, title=title)
    context = {"form": form, "title": title, "preview": ""}
    if not is_sent:
        return render(request, "reviews/write.html", context)
    if not form.is_valid():
        return render(request, "reviews/write.html", context, status=422)
    if "preview" in request.POST:
        text = form.cleaned_data["text"]
        context |= {"preview": text, "names": names_for(request.user, [text])}
        return render(request, "reviews/write.html", context)
    review = form.save()
    messages.success(request, _("Your review is here."))
    return elsewhere(request, review.get_absolute_url())


@require_POST
@members_only
@ratelimit(key="user", rate="30/h", group="reviews", block=True)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(request.user.reviews.select_related("author", "title"), pk=pk)
    title = review.title
    undo = writing.withdraw(review)
    about = reverse("reviews:about", args=[title.kind, title.ref])
    said = _("Your review is gone.")
    return acted(request, said, parts=[own.review(title)], undo=undo, back=about)
