"""What the API's addresses and bodies are about. Whoever may not see it gets a 404."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.request import Request

from accounts.models import User
from catalog.about.episodes import episode_of
from catalog.api.finding import title_for
from catalog.models import Episode, Title
from catalog.models.title import TitleQuerySet
from cinehub.kit.api import Endpoint, Problem
from lists import keeping
from lists.api.asking import keyed
from lists.history import titles_for
from lists.models import List

Ref = tuple[str, int]


def title_of(view: Endpoint, media_type: str, tmdb_id: int) -> Title:
    """Also one that TMDB has dropped: what members keep of it is still here."""
    titles = Title.objects.in_language(view.reader.language)
    return get_object_or_404(titles, kind=media_type, tmdb_id=tmdb_id)


def wanted_title(view: Endpoint, media_type: str, tmdb_id: int) -> Title:
    """The same; TMDB is asked for one that nobody has looked at yet. Raises Http404 and Problem."""
    titles = Title.objects.in_language(view.reader.language)
    here = titles.filter(kind=media_type, tmdb_id=tmdb_id).first()
    return here or title_for(view, media_type, tmdb_id)[0]


def watched_title(view: Endpoint, media_type: str, tmdb_id: int) -> Title:
    """One that TMDB has, or that the member has to do with; of a show with its episodes.

    TMDB is asked for what is lacking of it. Raises Http404 and Problem.
    """
    titles = titles_for(view.request.user, view.reader.language)
    here = titles.filter(kind=media_type, tmdb_id=tmdb_id).first()
    is_enough = here and (here.is_movie or here.details_at or here.hidden_at)
    return here if here and is_enough else title_for(view, media_type, tmdb_id)[0]


def episode(show: Title, season: int, number: int) -> Episode:
    """Raises Http404."""
    found = episode_of(show, season, number)
    if found is None:
        raise Http404
    return found


def watched_things(
    view: Endpoint, items: Sequence[Mapping[str, Any]]
) -> list[tuple[Title, Episode | None] | None]:
    """What each item is about, in two questions; None for what is not here."""
    titles, _unknown = titles_of(items, titles_for(view.request.user, view.reader.language))
    episodes = _episodes(items, [title.pk for title in titles.values() if not title.is_movie])

    def thing(item: Mapping[str, Any]) -> tuple[Title, Episode | None] | None:
        title = titles.get(ref_of(item))
        if title is None or title.is_movie:
            return (title, None) if title else None
        found = episodes.get((title.pk, item["season_number"], item["episode_number"]))
        return (title, found) if found else None

    return [thing(item) for item in items]


def titles_of(
    refs: Iterable[Mapping[str, Any]], titles: TitleQuerySet
) -> tuple[dict[Ref, Title], list[Ref]]:
    """Those that there are, in the order in which they are named, and the others."""
    wanted = list(dict.fromkeys(ref_of(each) for each in refs))
    is_named = Q(pk__in=[])
    for kind in {kind for kind, _id in wanted}:
        is_named |= Q(kind=kind, tmdb_id__in=[key for of, key in wanted if of == kind])
    known = {(title.kind, title.tmdb_id): title for title in titles.filter(is_named)}
    return {ref: known[ref] for ref in wanted if ref in known}, [
        ref for ref in wanted if ref not in known
    ]


def _episodes(
    items: Iterable[Mapping[str, Any]], shows: list[int]
) -> dict[tuple[int, int, int], Episode]:
    """Of the shows, by these and the numbers of their seasons and their own."""
    numbers = {(item["season_number"], item["episode_number"]) for item in items}
    listed = Episode.objects.listed().filter(
        season__title__in=shows,
        season__number__in={season for season, _number in numbers if season is not None},
        number__in={number for _season, number in numbers if number is not None},
    )
    found = listed.select_related("season")
    return {(one.season.title_id, one.season.number, one.number): one for one in found}


def ref_of(told: Mapping[str, Any]) -> Ref:
    return told["media_type"], told["id"]


def refs(of: Iterable[Ref]) -> list[dict[str, Any]]:
    return [{"media_type": kind, "id": key} for kind, key in of]


def readable(request: Request, pk: int) -> List:
    """For who comes upon it, or shows the key of its link."""
    lists = List.objects.select_related("owner")
    if key := keyed(request):
        return get_object_or_404(lists.linked(key, request.user), pk=pk)
    return get_object_or_404(lists.visible_to(request.user), pk=pk)


def own(member: User, pk: int) -> List:
    return get_object_or_404(member.lists.select_related("owner"), pk=pk)


def by_hand(lists: QuerySet[List], pk: int) -> List:
    """What is on a smart one a filter says; to whom that is shown it is said, too."""
    found = get_object_or_404(lists.select_related("owner"), pk=pk)
    if found.is_smart:
        raise Problem(422, "unprocessable", _("What is on this list a filter says."))
    return found


def looked_at(member: User, kind: List.Kind) -> List:
    """One's watchlist or favourites. Looking makes none: until it is used nothing is on it."""
    made = member.lists.filter(kind=kind).first()
    list_ = made or List(owner=member, kind=kind, slug=kind.value)
    list_.owner = member
    return list_


def used(member: User, kind: List.Kind) -> List:
    if kind == List.Kind.WATCHLIST:
        return keeping.watchlist(member)
    return keeping.favorites(member)
