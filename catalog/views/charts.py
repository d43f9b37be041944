"""TMDB's charts, page by page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import Chart, Kind, Title
from cinehub.kit.kept import kept
from cinehub.kit.web import reader

# Whole rows of 3, 6 and 7.
PER_PAGE = 42


@require_safe
@kept()
def chart(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    shown = get_object_or_404(Chart, kind=kind, name=slug.replace("-", "_"))
    titles = Title.objects.visible().filter(chart_entries__chart=shown)
    in_order = titles.in_language(reader(request).language).order_by("chart_entries__rank", "pk")
    others = sorted(Chart.objects.filter(kind=kind), key=lambda c: Chart.Name.values.index(c.name))
    context = {
        "chart": shown,
        "kind": Kind(kind),
        "page": Paginator(in_order, PER_PAGE).get_page(request.GET.get("page")),
        "charts": [(c.get_name_display(), c.get_absolute_url(), c == shown) for c in others],
    }
    return render(request, "catalog/chart.html", context)
