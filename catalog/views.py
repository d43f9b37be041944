"""The catalogue's own pages: charts, search, and the pictures on all pages."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog import posters
from catalog.models import Chart, Kind, Title
from catalog.search import TITLES_SHOWN, Query
from cinehub.kit.bounded import within
from cinehub.kit.web import reader

# Whole rows of 3, 6 and 7.
PER_PAGE = 42
SUGGESTIONS = 14
PICTURE_SECONDS = 3
A_YEAR = 365 * 24 * 3600


@require_safe
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


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = Query.read(request.GET)
    language = reader(request).language
    titles = list(query.titles().in_language(language))
    people = list(query.people())
    suggested = Title.objects.in_language(language).suggested()[:SUGGESTIONS]
    context = {
        "query": query.words,
        "titles": titles,
        "people": people,
        "total": len(titles) + len(people),
        "is_cut": len(titles) == TITLES_SHOWN,
        "suggestions": () if query.words else suggested,
    }
    return render(request, "catalog/search.html", context)


@require_safe
def picture(request: HttpRequest, size: str, name: str) -> HttpResponse:
    """A picture from our own shelf; one that is not there yet is fetched, within bounds."""
    try:
        content = _picture(size, name)
    except posters.Missing:
        raise Http404 from None
    except (posters.Unreachable, TimeoutError):
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    # TMDB never puts another picture under the same name.
    return HttpResponse(
        content,
        content_type="image/png" if name.endswith(".png") else "image/jpeg",
        headers={
            "Cache-Control": f"public, max-age={A_YEAR}, immutable",
            # A picture is as small as it gets: to compress it again only takes time.
            "Content-Encoding": "identity",
        },
    )


def _picture(size: str, name: str) -> bytes:
    try:
        return posters.read(size, name)
    except FileNotFoundError:
        return within(PICTURE_SECONDS, posters.bring, size, name)
