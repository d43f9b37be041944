"""All that a title's page tells: one query for each table, however much hangs on the title."""

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Certification,
    Country,
    Credit,
    Episode,
    Link,
    Offer,
    Provider,
    Title,
    Video,
)
from catalog.models.title import TitleQuerySet

CAST_SHOWN = 20
LINKS_SHOWN = 20
PROVIDERS_SHOWN = 12

# Whose names stand at the top, by job.
MAKERS = {
    "Creator": _("Created by"),
    "Director": _("Directed by"),
    "Screenplay": _("Written by"),
    "Writer": _("Written by"),
    "Original Music Composer": _("Music by"),
    "Director of Photography": _("Photographed by"),
}


def titles_for(language: str, country: str) -> TitleQuerySet:
    """Titles in a reader's words, with their certification in the reader's country."""
    rated = Certification.objects.filter(title=OuterRef("pk"), country=country).values("code")[:1]
    named = Country.objects.filter(code=country).values("name")
    titles = Title.objects.in_language(language).select_related("collection", "original_language")
    return titles.annotate(
        certification=Coalesce(Subquery(rated), Value("")),
        region=Coalesce(Subquery(named), Value(country)),
    )


def everything_on(title: Title, language: str, country: str) -> dict[str, Any]:
    """For a title of `titles_for`."""
    credits = list(_credits(title))
    recommended, similar = _links(title, language)
    return {
        "title": title,
        "words": title.words,
        "certification": getattr(title, "certification", ""),
        "genres": title.genres.all(),
        "countries": title.countries.all(),
        "languages": title.languages.all(),
        "companies": title.companies.all(),
        "networks": () if title.is_movie else title.networks.all(),
        "keywords": title.keywords.all(),
        "makers": _makers(credits),
        "cast": [c for c in credits if c.department == Credit.ACTING],
        "seasons": () if title.is_movie else title.seasons.visible().in_order(),
        "next_episode": None if title.is_movie else _next_episode(title),
        "offers": _offers(title, country),
        "region": getattr(title, "region", country),
        "trailer": _trailer(title),
        "collection_titles": _collection(title, language),
        "recommended": recommended,
        "similar": similar,
    }


def _credits(title: Title) -> Any:
    """The first of the cast and the makers that a page names, in one query."""
    shown = Q(department=Credit.ACTING, position__lt=CAST_SHOWN) | Q(job__in=MAKERS)
    return (
        title.credits.filter(shown)
        .select_related("person")
        .order_by("position", "pk")[: CAST_SHOWN * 3]
    )


def _makers(credits: list[Credit]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for job, label in MAKERS.items():
        names = [credit.person.name for credit in credits if credit.job == job]
        found[str(label)] = list(dict.fromkeys(found.get(str(label), []) + names))
    return [(label, names) for label, names in found.items() if names]


def _links(title: Title, language: str) -> tuple[list[Title], list[Title]]:
    """What TMDB recommends after it, and what it finds similar besides."""
    shown = Title.objects.in_language(language).visible()
    linked = shown.filter(links_here__title=title, links_here__rank__lte=LINKS_SHOWN).annotate(
        link_kind=F("links_here__kind"), link_rank=F("links_here__rank")
    )
    links = list(linked.order_by("link_rank", "link_kind", "pk"))
    recommended: list[Title] = [to for to in links if to.link_kind == Link.Kind.RECOMMENDED]
    similar: list[Title] = [to for to in links if to.link_kind == Link.Kind.SIMILAR]
    return recommended, [to for to in similar if to not in recommended]


def _next_episode(title: Title) -> Episode | None:
    coming = Episode.objects.visible().filter(
        season__title=title, air_date__gte=timezone.localdate()
    )
    return coming.select_related("season").order_by("air_date", "number", "pk").first()


def _offers(title: Title, country: str) -> list[tuple[str, list[Provider]]]:
    offers = list(
        title.offers.filter(country=country)
        .select_related("provider")
        .order_by("position", "provider__priority", "pk")
    )
    by_kind = [
        (str(kind.label), [o.provider for o in offers if o.kind == kind][:PROVIDERS_SHOWN])
        for kind in Offer.Kind
    ]
    return [(label, providers) for label, providers in by_kind if providers]


def _trailer(title: Title) -> Video | None:
    trailers = title.videos.filter(type="Trailer", site="YouTube")
    return trailers.order_by("-official", "-published_at", "pk").first()


def _collection(title: Title, language: str) -> Any:
    """The others of its collection, in the order they came out."""
    if title.collection is None:
        return ()
    titles = Title.objects.in_language(language).visible().filter(collection=title.collection)
    return titles.exclude(pk=title.pk).order_by("release_date", "pk")
