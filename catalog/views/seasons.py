"""Seasons and episodes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog import episodes, linked
from catalog.models import Kind, Title
from catalog.refreshing import Age, ready_for_reader
from cinehub.kit.addresses import Ref
from cinehub.kit.web import reader


@require_safe
def season(request: HttpRequest, ref: Ref, number: int) -> HttpResponse:
    show, age = _show(request, ref)
    found = episodes.season_of(show, number)
    if found is None:
        raise Http404
    if ref != show.ref:
        return redirect(found.season, permanent=True)
    told = episodes.told_of_season(found, request.GET.get("page"))
    machines = linked.season(found.season, told["page"].paginator.count)
    context = _about(show, age) | told | {"linked": machines}
    return render(request, "catalog/season.html", context)


@require_safe
def episode(request: HttpRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    show, age = _show(request, ref)
    found = episodes.episode_of(show, season, number)
    if found is None:
        raise Http404
    if ref != show.ref:
        return redirect(found, permanent=True)
    told = episodes.told_of_episode(found)
    context = _about(show, age) | told | {"linked": linked.episode(found)}
    return render(request, "catalog/episode.html", context)


def _show(request: HttpRequest, ref: Ref) -> tuple[Title, Age]:
    shows = Title.objects.in_language(reader(request).language)
    show, age = ready_for_reader(shows, Kind.TV, ref.id)
    if show is None:
        raise Http404
    return show, age


def _about(show: Title, age: Age) -> dict[str, Any]:
    """`title` is the show, as on its own page."""
    return {"title": show, "words": show.words, "age_notice": age}
