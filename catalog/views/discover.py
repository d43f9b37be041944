"""Titles by every filter, and the same narrowed to one term."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from catalog.discover import Discover, choices, names, sorts
from catalog.discover.terms import NAMES_SHOWN
from catalog.models import Company, Country, Genre, Keyword, Kind, Name, Network, Title
from catalog.search import Query
from cinehub.kit.addresses import Ref
from cinehub.kit.kept import kept
from cinehub.kit.web import clean_words, reader

TERMS: dict[str, Any] = {
    "genre": Genre,
    "keyword": Keyword,
    "company": Company,
    "network": Network,
}
RELATIONS = {
    "genre": "genres",
    "keyword": "keywords",
    "company": "companies",
    "network": "networks",
    "country": "countries",
}


@require_safe
@kept()
@vary_on_headers("HX-Request")
def discover(request: HttpRequest, kind: str) -> HttpResponse:
    return _answer(request, kind)


@require_safe
@kept()
@vary_on_headers("HX-Request")
def term(request: HttpRequest, field: str, ref: Ref) -> HttpResponse:
    shown = get_object_or_404(TERMS[field], pk=ref.id)
    if ref != shown.ref:
        return redirect(shown, permanent=True)
    return _answer(request, _kind(request, field, shown), field, shown)


@require_safe
@kept()
@vary_on_headers("HX-Request")
def country(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(Country, pk=code)
    return _answer(request, _kind(request, "country", shown), "country", shown)


@require_safe
@kept()
def suggest(request: HttpRequest, field: str) -> HttpResponse:
    """For who types the name of somebody or something."""
    words = request.GET.get(field, "")
    found = _people(request, words) if field == "person" else names(field, words)
    return render(request, "catalog/discover/_names.html", {"names": found})


def _people(request: HttpRequest, words: str) -> list[tuple[int, str]]:
    """By any part of their names, mistyped ones, too, as the search finds them."""
    found = Query(clean_words(words), Name.Of.PERSON).found(
        reader(request).language, 0, NAMES_SHOWN
    )
    return [(person.pk, person.name) for person in found]


def _answer(request: HttpRequest, kind: str, field: str = "", shown: Any = None) -> HttpResponse:
    """The page, or with htmx its results alone."""
    who = reader(request)
    fixed = {field: [shown.pk]} if shown else None
    found = Discover.read(kind, request.GET, who, fixed)
    page = found.page(who.language)
    if found.view == "table":
        prefetch_related_objects(page.titles, "genres")
    context = {
        "discover": found,
        "page": page,
        # Of most of the form a process has what it wrote before.
        "choices": SimpleLazyObject(lambda: choices(kind, found.region, found.home)),
        "sorts": sorts(),
        "kind": Kind(kind),
        "field": field,
        "term": shown,
    }
    return render(request, f"catalog/discover.html{_part(request)}", context)


def _part(request: HttpRequest) -> str:
    """Of the page, where htmx asks for one; not to walk back to a page that it no longer has."""
    asked: HtmxDetails = getattr(request, "htmx")  # noqa: B009 - the middleware's, unknown to types
    return "#results" if asked and not asked.history_restore_request else ""


def _kind(request: HttpRequest, field: str, shown: Any) -> str:
    """As is asked; else films, unless only shows are filed under it."""
    asked = request.GET.get("kind", "")
    if asked in Kind.values:
        return asked
    relation = RELATIONS[field]
    films = Title.objects.for_everybody().of_kind(Kind.MOVIE)
    filed = films.having(films.links(relation, shown.pk))
    return Kind.MOVIE if filed.exists() else Kind.TV
