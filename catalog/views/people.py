"""People and collections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from catalog.about import filmography, gathered, lives
from catalog.models import Collection, Person
from catalog.refreshing import collection_for_reader, person_for_reader
from cinehub.kit.addresses import Ref
from cinehub.kit.answers import not_here
from cinehub.kit.kept import kept, passing
from cinehub.kit.web import reader


@require_safe
@kept()
@vary_on_headers("HX-Request")
def person(request: HttpRequest, ref: Ref) -> HttpResponse:
    shown, age = person_for_reader(Person.objects.all(), ref.id)
    if shown is None:
        return not_here(request, unsure=bool(age))
    if ref != shown.ref:
        return redirect(shown, permanent=True)
    who = reader(request)
    context = filmography.shown(shown, request.GET, who.language, adult=who.adult)
    context |= {"person": shown}
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if htmx and not htmx.history_restore_request:
        return render(request, "catalog/person.html#filmography", context)
    context |= {
        "age_notice": age,
        "years": lives.age(shown, timezone.localdate()),
        "biography": lives.biography(shown),
        "linked": lives.linked(shown),
    }
    page = render(request, "catalog/person.html", context)
    return passing(page) if age else page


@require_safe
@kept()
def collection(request: HttpRequest, ref: Ref) -> HttpResponse:
    shown, age = collection_for_reader(Collection.objects.all(), ref.id)
    if shown is None:
        return not_here(request, unsure=bool(age))
    if ref != shown.ref:
        return redirect(shown, permanent=True)
    who = reader(request)
    films = gathered.films_of(shown, who.language, adult=who.adult)
    context = {
        "collection": shown,
        "age_notice": age,
        "gathered": films,
        "linked": gathered.linked(shown, films),
    }
    page = render(request, "catalog/collection.html", context)
    return passing(page) if age else page
