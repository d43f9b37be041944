"""What members have watched, day by day: one's own history, and others'."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User, shows_additions
from accounts.request import MemberRequest, members_only
from accounts.views.profile import seen
from catalog.models.title import fitting
from cinehub.kit.web import reader
from lists.history import Asked, Page, first_year, told
from lists.models import Viewing
from lists.models.viewings import ViewingQuerySet


@require_safe
@members_only
@never_cache
def history(request: MemberRequest) -> HttpResponse:
    member = request.user
    context = {"member": member, "is_own": True}
    return _history(request, Viewing.objects.filter(user=member), context)


@require_safe
@never_cache
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    """Where it may not be seen, the page is not there."""
    context = seen(request, username)
    member: User = context["member"]
    if username != member.username:
        return redirect("lists:member-history", member.username)
    if context["is_own"]:
        return redirect("lists:history")
    if not shows_additions(member, context["viewer"]):
        raise Http404
    fit = fitting(adult=reader(request).adult)
    viewings = Viewing.objects.filter(fit, user=member).visible_to(context["viewer"])
    return _history(request, viewings, context)


def _history(
    request: HttpRequest, viewings: ViewingQuerySet, context: dict[str, object]
) -> HttpResponse:
    asked = Asked.read(request.GET)
    found = asked.of(viewings)
    since, now = first_year(viewings), localdate().year
    context |= {
        "asked": asked,
        "page": Page.of(told(found, reader(request).language), request.GET.get("after", "")),
        "count": found.count(),
        "years": [(year, year) for year in range(now, since - 1, -1)] if since else [],
        "months": list(MONTHS.items()),
        "here": request.get_full_path(),
    }
    return render(request, "watching/history.html", context)
