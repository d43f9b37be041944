"""Shows that a member watches: how far they are with each, and what is next."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.request import MemberRequest, members_only
from catalog.models import Title
from cinehub.kit.web import reader
from lists.history import SHOWN
from lists.models import Tracking
from lists.models.tracking import TrackingQuerySet
from lists.progress import ORDERS, Status, how_many, shows
from lists.when import today

PER_PAGE = 24


@require_safe
@members_only
@never_cache
def progress(request: MemberRequest) -> HttpResponse:
    counts = how_many(request.user)
    wanted = request.GET.get("status", "")
    # The first that has any, unless one is asked for.
    usual = next((status for status, count in counts.items() if count), Status.WATCHING)
    status = Status(wanted) if wanted in Status.values else usual
    order = request.GET.get("sort", "")
    order = order if order in ORDERS else "recent"
    rows = shows(request.user, status).order_by(*ORDERS[order][1])
    context = {
        "status": status,
        "statuses": [(one, count) for one, count in counts.items() if count or one == status],
        "is_empty": not any(counts.values()),
        "order": order,
        "orders": [(name, label) for name, (label, _by) in ORDERS.items()],
    }
    return render(request, "watching/progress.html", context | _page(request, rows))


@require_safe
@members_only
@never_cache
def up_next(request: MemberRequest) -> HttpResponse:
    rows = Tracking.objects.filter(user=request.user).up_next(today(request.user))
    return render(request, "watching/up_next.html", _page(request, rows))


def _page(request: MemberRequest, rows: TrackingQuerySet) -> dict[str, object]:
    titles = Title.objects.for_cards(reader(request).language).only(*SHOWN)
    shown = rows.prefetch_related(Prefetch("title", titles))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "titles": [each.title for each in page]}
