"""A title's own page."""

from typing import Any

from django.db.models import Case, F, When
from django.utils import timezone

from catalog.about import linked
from catalog.about.people import top_from, top_rows
from catalog.about.pictures import stand_ins, strip_from, strip_rows
from catalog.about.terms import terms_from, terms_rows
from catalog.about.where import code_of, where_from, where_rows
from catalog.carded import card_rows, carded, day_of, speak
from catalog.models import Episode, Link, Season, Title, Video
from catalog.models.title import TitleQuerySet
from cinehub.kit.web import Reader
from cinehub.kit.written import Given, Parts, Written, WrittenThings

# Two screens of a desktop; a collection's page has the rest.
CARDS_SHOWN = 12
VIDEOS_SHOWN = 9
SEASON = ("id", "number", "name", "poster_path", "air_date", "episode_count", "vote_average")
EPISODE = ("tmdb_id", "number", "name", "air_date", "season__number")


def known_as(language: str, kind: str, tmdb_id: int) -> Title | None:
    """In a reader's words, with what its page says from tables beside its own."""
    found = KNOWN.ask(kind=kind, tmdb_id=tmdb_id)
    speak(found, language)
    return next(iter(found), None)


def _known() -> TitleQuerySet:
    titles = Title.objects.filter(kind=Given("kind"), tmdb_id=Given("tmdb_id")).order_by("pk")
    return titles.select_related("collection", "original_language")


KNOWN = WrittenThings(_known)


def everything_on(title: Title, who: Reader, region: str = "") -> dict[str, Any]:
    """For a title of `known_as`; where to watch it, in the region asked for."""
    found = _ask(title, who, region)
    cast, makers = top_from(found)
    recommended, similar = _links(found["links"], who.language)
    videos = [Video(key=key, name=name, type=type_) for key, name, type_ in found["videos"]]
    told = {
        "title": title,
        "words": title.words,
        "where": where_from(found, title, who.country, region),
        "terms": terms_from(found),
        "makers": makers,
        "cast": cast,
        "seasons": _seasons(found.get("seasons", ()), title),
        "next_episode": _next_episode(found.get("next_episode", ()), title),
        "trailer": next((video for video in videos if video.type == "Trailer"), None),
        "videos": videos,
        "pictures": strip_from(found),
        "stand_ins": stand_ins(title.poster_path, title.backdrop_path),
        "collection_titles": carded(found["collection"], who.language),
        "recommended": recommended,
        "similar": similar,
        # Pages of terms show films unless they are asked for shows.
        "of_kind": "" if title.is_movie else "?kind=tv",
    }
    return told | {"linked": linked.title(title, told)}


def _ask(title: Title, who: Reader, region: str) -> dict[str, Any]:
    """All at once, whatever hangs on it."""
    given = {
        "title": title.pk,
        "collection": title.collection_id,
        "country": who.country,
        "asked": code_of(region),
        "tongue": who.language.partition("-")[0],
    }
    if title.is_movie:
        return FILM.ask(**given)
    return SHOW.ask(**given, today=timezone.localdate())


def film_rows() -> Parts:
    shown = Title.objects.visible()
    linked = shown.filter(links_here__title=Given("title"), links_here__rank__lte=CARDS_SHOWN)
    links = linked.annotate(link_kind=F("links_here__kind"), link_rank=F("links_here__rank"))
    collection = shown.filter(collection=Given("collection")).exclude(pk=Given("title"))
    return {
        "links": card_rows(links.order_by("link_rank", "link_kind", "pk"), "link_kind"),
        "collection": card_rows(collection.order_by("release_date", "pk")[:CARDS_SHOWN]),
        "videos": _videos(),
        **top_rows(),
        **where_rows(),
        **terms_rows(),
        **strip_rows(),
    }


def show_rows() -> Parts:
    title = Given("title")
    coming = Episode.objects.visible().filter(season__title=title, air_date__gte=Given("today"))
    next_episode = coming.order_by("air_date", "number", "pk")[:1]
    seasons = Season.objects.visible().filter(title=title).in_order()
    return {
        **film_rows(),
        "seasons": seasons.values_list(*SEASON),
        "next_episode": next_episode.values_list(*EPISODE),
    }


FILM, SHOW = Written(film_rows), Written(show_rows)


def _videos() -> Any:
    """The best trailer first, if there is any."""
    videos = Video.objects.filter(title=Given("title"), site="YouTube").order_by(
        Case(When(type="Trailer", then=0), When(type="Teaser", then=1), default=2),
        Case(When(language=Given("tongue"), then=0), default=1),
        "-official",
        F("published_at").desc(nulls_last=True),
        "pk",
    )
    return videos.values_list("key", "name", "type")[:VIDEOS_SHOWN]


def _links(rows: list[list[Any]], language: str) -> tuple[list[Title], list[Title]]:
    """What TMDB recommends after it, and what it finds similar besides."""
    links = carded(rows, language)
    kinds = [kind for *_card, kind in rows]
    of_kind = zip(links, kinds, strict=True)
    recommended = [to for to, kind in of_kind if kind == Link.Kind.RECOMMENDED]
    known = {to.pk for to in recommended}
    return recommended, [to for to in links if to.pk not in known]


def _seasons(rows: list[list[Any]], title: Title) -> list[Season]:
    return [
        Season(title=title, **dict(zip(SEASON, row, strict=True)) | {"air_date": day_of(row[4])})
        for row in rows
    ]


def _next_episode(rows: list[list[Any]], title: Title) -> Episode | None:
    for key, number, name, day, season in rows:
        of = Season(title=title, number=season)
        return Episode(pk=key, season=of, number=number, name=name, air_date=day_of(day))
    return None
