"""Members report, and moderators decide."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from cinehub.kit.acting import acted, refused
from reviews import cases, moderating, reporting
from reviews.finding import reportable
from reviews.forms.moderating import DecideForm, ReportForm
from reviews.models import Decision

P = ParamSpec("P")

PER_PAGE = 20
SAID = {
    Decision.Deed.HIDDEN: gettext_lazy("It is hidden, and its author is told why."),
    Decision.Deed.RESTORED: gettext_lazy("It can be seen again."),
    Decision.Deed.DISMISSED: gettext_lazy("It stays as it is."),
}


def moderators_only(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """All other members are told that it is not for them."""

    @wraps(view)
    def answer(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.has_perm(moderating.MAY_DECIDE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return members_only(answer)


# --- Members -------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@ratelimit(key="user", rate="30/h", group="reports", method="POST", block=True)
@never_cache
def report(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    said = reportable(request.user, of, pk)
    form = ReportForm(request.POST or None)
    page = said.get_absolute_url()
    if not form.is_valid():
        return _ask(request, of, said, form, page)
    try:
        reporting.report(request.user, said, **form.cleaned_data)
    except reporting.OwnWords:
        raise Http404 from None
    thanks = _("Thank you. A moderator will look at it.")
    done = render_to_string("moderation/_reported.html", {"of": of, "said": said}, request)
    return acted(request, thanks, parts=[done], back=page)


def _ask(
    request: MemberRequest, of: str, said: reporting.Said, form: ReportForm, page: str
) -> HttpResponse:
    if form.is_bound and request.headers.get("HX-Request"):
        return refused(request, _first_error(form), back=page)
    context = {"of": of, "said": said, "form": form, "page": page}
    return render(request, "moderation/report.html", context)


# --- Moderators ----------------------------------------------------------------------------------
@require_safe
@moderators_only
@never_cache
def queue(request: MemberRequest) -> HttpResponse:
    page = Paginator(cases.waiting(), PER_PAGE).get_page(request.GET.get("page"))
    shown = [_with_form(one) for one in cases.cases(cases.keys_of(page))]
    context = {"page": page, "cases": shown, "tab": "open"}
    return render(request, "moderation/queue.html", context)


@require_safe
@moderators_only
@never_cache
def trail(request: MemberRequest) -> HttpResponse:
    """All that was decided, the latest first."""
    decisions = Decision.objects.newest().select_related(
        "moderator",
        "author",
        "review__author",
        "review__title",
        "comment__review__author",
        "comment__review__title",
    )
    page = Paginator(decisions, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/trail.html", {"page": page, "tab": "decided"})


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
@never_cache
def case(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    """One thing, also one that nobody has reported; and what is to be done about it."""
    found = _case(of, pk)
    form = DecideForm(request.POST or None, prefix=f"{of}-{pk}")
    if not form.is_valid():
        return _shown(request, found, form)
    here = reverse(f"reviews:case-{of}", args=[pk])
    deed = form.cleaned_data.pop("deed")
    try:
        moderating.DEEDS[deed](found.said, by=request.user, **form.cleaned_data)
    except moderating.Decided:
        return refused(request, _("Somebody else has decided already."), back=here)
    except reporting.OwnWords:
        return refused(request, _("Somebody else has to decide about your words."), back=here)
    done = render_to_string("moderation/_case.html", _with_form(_case(of, pk)), request)
    return acted(request, str(SAID[deed]), parts=[done], back=here)


def _shown(request: MemberRequest, found: cases.Case, form: DecideForm) -> HttpResponse:
    if form.is_bound and request.headers.get("HX-Request"):
        return refused(request, _first_error(form), back=reverse("reviews:moderation"))
    context = {"case": found, "form": form, "level": 1}
    return render(request, "moderation/case.html", context)


def _case(of: str, pk: int) -> cases.Case:
    found = cases.case(of, pk)
    if found is None:
        raise Http404
    return found


def _with_form(found: cases.Case) -> dict[str, object]:
    """On one page there are many: each has names of its own."""
    form = DecideForm(prefix=f"{found.of}-{found.said.pk}")
    return {"case": found, "form": form}


def _first_error(form: ReportForm | DecideForm) -> str:
    return str(next(iter(form.errors.values()))[0])
