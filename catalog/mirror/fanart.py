"""Fanart.tv: asked for a poster or a backdrop where TMDB has none."""

import json
import logging
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from catalog.mirror.asking import Missing, Unreachable, ask
from catalog.mirror.sizes import Role
from catalog.models import Kind, Picture, Title
from catalog.models.pictures import FANART
from cinehub.kit.kept import changed
from cinehub.work.models import Claim

log = logging.getLogger(__name__)

# By kind and role, as Fanart.tv calls them.
GROUPS = {
    ("movie", Role.POSTER): "movieposter",
    ("movie", Role.BACKDROP): "moviebackground",
    ("tv", Role.POSTER): "tvposter",
    ("tv", Role.BACKDROP): "showbackground",
}
FIELDS = {Role.POSTER: "poster_path", Role.BACKDROP: "backdrop_path"}
# What has no words on it suits everybody; then what most people can read.
NEUTRAL, LAST_RESORT = {"", "00", None}, "en"
ASK_AGAIN_SECONDS = 30 * 24 * 3600
CLAIM = "fanart "


@dataclass(frozen=True, slots=True)
class Art:
    number: int
    url: str
    language: str | None
    likes: int

    @property
    def path(self) -> str:
        """As no picture of TMDB is called."""
        return f"{FANART}{self.number}.jpg"


def is_asked() -> bool:
    return bool(settings.FANART_API_KEY) and not settings.TMDB_IS_SAMPLE


def look_for_art(most: int) -> int:
    """Ask about the most popular titles that lack a picture; how many have one now."""
    found = 0
    for kind in Kind.values if is_asked() else ():
        for title in _lacking(kind)[:most]:
            try:
                found += bool(fill(title))
            except Unreachable as error:
                log.warning("Fanart.tv is not asked any further: %s", error)
                return found
    return found


def fill(title: Title) -> list[str]:
    """The paths of what Fanart.tv has and TMDB lacks. Raises Unreachable."""
    answer = _ask(title)
    Claim.objects.hold(_claim(title), seconds=ASK_AGAIN_SECONDS)
    chosen = {
        role: art
        for role, field in FIELDS.items()
        if not getattr(title, field)
        and (art := best(answer.get(GROUPS[title.kind, role]), settings.TMDB_LANGUAGE[:2]))
    }
    if chosen:
        _store(title, chosen)
    return [art.path for art in chosen.values()]


def best(listed: Any, language: str) -> Art | None:
    """In the site's language, or without words; the best liked of those."""
    arts = [art for item in listed or () if (art := _read(item))]
    ranks = {LAST_RESORT: 2, language: 0}

    def rank(art: Art) -> tuple[int, int, int]:
        tongue = 1 if art.language in NEUTRAL else ranks.get(art.language or "", 3)
        return tongue, -art.likes, art.number

    return min(arts, key=rank, default=None)


def _read(item: Any) -> Art | None:
    """Of what others write, no type is certain."""
    try:
        return Art(int(item["id"]), str(item["url"]), item.get("lang"), int(item.get("likes") or 0))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _ask(title: Title) -> dict[str, Any]:
    number, kind = (title.tmdb_id, "movies") if title.is_movie else (title.tvdb_id, "tv")
    try:
        answer = json.loads(
            ask(f"{settings.FANART_URL}/{kind}/{number}", {"api-key": settings.FANART_API_KEY})
        )
    except Missing:
        return {}
    except ValueError:
        raise Unreachable("Fanart.tv's answer is not JSON") from None
    return answer if isinstance(answer, dict) else {}


def _lacking(kind: str) -> QuerySet[Title]:
    """The most popular first; those that were asked about wait for a month."""
    name = Concat(
        Value(f"{CLAIM}{kind} "), Cast(OuterRef("tmdb_id"), CharField()), output_field=CharField()
    )
    asked = Claim.objects.filter(name=name, until__gt=timezone.now())
    bare = Q(poster_path="") | Q(backdrop_path="")
    titles = (
        Title.objects.visible().with_details().of_kind(kind).filter(bare).exclude(Exists(asked))
    )
    if kind == Kind.TV:
        # It knows shows by TheTVDB's numbers alone.
        titles = titles.exclude(tvdb_id=None)
    return titles.by_popularity()


def _claim(title: Title) -> str:
    return f"{CLAIM}{title.kind} {title.tmdb_id}"


def _store(title: Title, chosen: dict[Role, Art]) -> None:
    """Unless TMDB has one by now. `mirror_ahead` brings them like all others."""
    rows = [Picture(path=art.path, role=role, source_url=art.url) for role, art in chosen.items()]
    address = f"{title.kind}/{title.tmdb_id}"
    with transaction.atomic():
        Picture.objects.bulk_create(rows, ignore_conflicts=True)
        for role, art in chosen.items():
            field = FIELDS[role]
            Title.objects.filter(pk=title.pk, **{field: ""}).update(**{field: art.path})
        transaction.on_commit(partial(changed, address))
