"""Seasons and episodes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog.about import episodes, linked
from catalog.models import Kind, Title
from catalog.refreshing import Age, ready_for_reader
from cinehub.kit.addresses import Ref, address_of
from cinehub.kit.kept import MEMBERS, kept, passing
from cinehub.kit.web import reader


def _address(ref: Ref, **_numbers: int) -> str:
    """What the page is about: a season changes when its show does."""
    return address_of(Kind.TV, ref)


@require_safe
@kept(_address, MEMBERS)
def season(request: HttpRequest, ref: Ref, number: int) -> HttpResponse:
    show, age = _show(request, ref)
    found = episodes.season_of(show, number)
    if found is None:
        raise Http404
    if ref != show.ref:
        return redirect(found.season, permanent=True)
    told = episodes.told_of_season(found, request.GET.get("page"))
    machines = linked.season(found.season, told["page"].paginator.count)
    return _answer(request, "catalog/season.html", age, told | {"linked": machines})


@require_safe
@kept(_address, MEMBERS)
def episode(request: HttpRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    show, age = _show(request, ref)
    found = episodes.episode_of(show, season, number)
    if found is None:
        raise Http404
    if ref != show.ref:
        return redirect(found, permanent=True)
    told = episodes.told_of_episode(found)
    machines = linked.episode(found)
    return _answer(request, "catalog/episode.html", age, told | {"linked": machines})


def _show(request: HttpRequest, ref: Ref) -> tuple[Title, Age]:
    shows = Title.objects.in_language(reader(request).language)
    show, age = ready_for_reader(shows.known_as, Kind.TV, ref.id)
    if show is None:
        raise Http404
    return show, age


def _answer(request: HttpRequest, template: str, age: Age, told: dict[str, Any]) -> HttpResponse:
    """`title` is the show, as on its own page."""
    show = told["season"].title
    context = told | {"title": show, "words": show.words, "age_notice": age}
    page = render(request, template, context)
    return passing(page) if age else page
