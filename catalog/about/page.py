"""A title's own page."""

from typing import Any

from django.db.models import Case, F, When
from django.utils import timezone

from catalog.about import linked
from catalog.about.people import top_credits
from catalog.about.pictures import strip_of
from catalog.about.terms import terms_of
from catalog.about.where import where
from catalog.models import Episode, Link, Title, Video
from catalog.models.title import TitleQuerySet
from cinehub.kit.web import Reader

# Two screens of a desktop; a collection's page has the rest.
CARDS_SHOWN = 12
VIDEOS_SHOWN = 9


def titles_for(language: str) -> TitleQuerySet:
    """Titles in a reader's words, with what their page says from tables beside theirs."""
    return Title.objects.in_language(language).select_related("collection", "original_language")


def everything_on(title: Title, who: Reader, region: str = "") -> dict[str, Any]:
    """For a title of `titles_for`; where to watch it, in the region asked for."""
    cast, makers = top_credits(title)
    recommended, similar = _links(title, who.language)
    videos = _videos(title, who.language)
    told = {
        "title": title,
        "words": title.words,
        "where": where(title, who.country, region),
        "terms": terms_of(title),
        "makers": makers,
        "cast": cast,
        "seasons": () if title.is_movie else title.seasons.visible().in_order(),
        "next_episode": None if title.is_movie else _next_episode(title),
        "trailer": next((video for video in videos if video.type == "Trailer"), None),
        "videos": videos,
        "pictures": strip_of(title),
        "collection_titles": _collection(title, who.language),
        "recommended": recommended,
        "similar": similar,
        # Pages of terms show films unless they are asked for shows.
        "of_kind": "" if title.is_movie else "?kind=tv",
    }
    return told | {"linked": linked.title(title, told)}


def _links(title: Title, language: str) -> tuple[list[Title], list[Title]]:
    """What TMDB recommends after it, and what it finds similar besides."""
    shown = Title.objects.for_cards(language).visible()
    linked = shown.filter(links_here__title=title, links_here__rank__lte=CARDS_SHOWN).annotate(
        link_kind=F("links_here__kind"), link_rank=F("links_here__rank")
    )
    links = list(linked.order_by("link_rank", "link_kind", "pk"))
    recommended: list[Title] = [to for to in links if to.link_kind == Link.Kind.RECOMMENDED]
    known = {to.pk for to in recommended}
    return recommended, [to for to in links if to.pk not in known]


def _next_episode(title: Title) -> Episode | None:
    coming = Episode.objects.visible().filter(
        season__title=title, air_date__gte=timezone.localdate()
    )
    first = coming.select_related("season").order_by("air_date", "number", "pk").first()
    if first:
        first.season.title = title
    return first


def _videos(title: Title, language: str) -> list[Video]:
    """The best trailer first, if there is any."""
    tongue = language.partition("-")[0]
    videos = title.videos.filter(site="YouTube").only("title", "key", "name", "type", "site")
    in_order = videos.order_by(
        Case(When(type="Trailer", then=0), When(type="Teaser", then=1), default=2),
        Case(When(language=tongue, then=0), default=1),
        "-official",
        F("published_at").desc(nulls_last=True),
        "pk",
    )
    return list(in_order[:VIDEOS_SHOWN])


def _collection(title: Title, language: str) -> Any:
    """The others of its collection, in the order they came out."""
    if title.collection is None:
        return ()
    titles = Title.objects.for_cards(language).visible().filter(collection=title.collection)
    return titles.exclude(pk=title.pk).order_by("release_date", "pk")[:CARDS_SHOWN]
