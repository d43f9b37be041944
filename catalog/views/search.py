"""Search: the page, what appears as one types, and asking TMDB for more."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Person, Title
from catalog.search import Query
from cinehub.kit.web import reader

SUGGESTIONS = 14
SHOWN = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = Query.read(request.GET)
    language = reader(request).language
    found = query.found(language, 0, SHOWN)
    titles = [thing for thing in found if isinstance(thing, Title)]
    people = [thing for thing in found if isinstance(thing, Person)]
    suggested = Title.objects.in_language(language).suggested()[:SUGGESTIONS]
    context = {
        "query": query.words,
        "titles": titles,
        "people": people,
        "total": len(titles) + len(people),
        "is_cut": query.counts[query.tab] > SHOWN,
        "suggestions": () if query.words else suggested,
    }
    return render(request, "catalog/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_POST
def further(request: HttpRequest) -> HttpResponse:
    raise Http404
