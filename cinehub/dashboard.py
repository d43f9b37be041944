"""The admin's first page: what workers do, what they are going to do, and what they could not."""

from celery.exceptions import NotRegistered
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from cinehub import overview
from cinehub.overview import PARTS, PERIODS
from cinehub.work.schedule import run_now

MAY_SEE = "work.view_measure"


@require_safe
@admin.site.admin_view
def index(request: HttpRequest) -> HttpResponse:
    """Who may not see how work stands finds the plain list of what they may."""
    if not request.user.has_perm(MAY_SEE):
        return admin.site.index(request)
    chosen = request.GET.get("period", "")
    period = chosen if chosen in PERIODS else "day"
    context = admin.site.each_context(request) | {
        "title": _("Dashboard"),
        "charts": overview.charts(PERIODS[period]),
        "period": period,
        "periods": PERIODS,
    }
    for told in PARTS.values():
        context |= told()
    return TemplateResponse(request, "admin/dashboard/index.html", context)


@require_safe
@admin.site.admin_view
@permission_required(MAY_SEE, raise_exception=True)
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the page as it is now, for who has the page open."""
    if name not in PARTS:
        raise Http404
    return TemplateResponse(request, f"admin/dashboard/_{name}.html", PARTS[name]())


@require_POST
@admin.site.admin_view
@permission_required("django_celery_beat.change_periodictask", raise_exception=True)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Do now what the schedule would do later."""
    periodic = get_object_or_404(PeriodicTask, pk=pk)
    try:
        run_now(periodic)
    except NotRegistered:
        messages.error(request, _("There is no such task any more: %s") % periodic.task)
    except (OperationalError, OSError) as error:
        messages.error(request, _("No broker takes it: %s") % error)
    else:
        messages.success(request, _("“%s” is queued.") % periodic.name)
    return redirect("admin:index")
