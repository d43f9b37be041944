"""A title's pictures: a few for its page, all of them by kind and language for their own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Image, Language, Picture, Title
from cinehub.kit.written import Given, Parts, WrittenRows

STRIP = 8
# Whole rows of 2, 3, 4, 5 and 6.
PER_PAGE = 60
# How the filter calls pictures without words, which TMDB gives no language.
WORDLESS = "none"

HEADINGS = {
    Image.Kind.POSTER: _("Posters"),
    Image.Kind.BACKDROP: _("Backdrops"),
    Image.Kind.LOGO: _("Logos"),
}
_BEST = ("-vote_average", "-vote_count", "pk")
_SHOWN = ("kind", "path", "width", "height")


class Choice(NamedTuple):
    key: str
    name: str
    number: int


@dataclass(frozen=True)
class Gallery:
    """Pictures of one kind and, if one was asked for, one language."""

    kind: str
    language: str
    kinds: list[Choice]
    languages: list[Choice]
    page: Page[Image]
    fell_back: bool

    @property
    def heading(self) -> str:
        return str(HEADINGS[Image.Kind(self.kind)])


def strip_rows() -> Parts:
    """Backdrops before posters."""
    found = Image.objects.filter(title=Given("title")).exclude(kind=Image.Kind.LOGO.value)
    return {"pictures": found.order_by("kind", *_BEST).values_list(*_SHOWN)[:STRIP]}


def strip_from(found: dict[str, Any]) -> list[Image]:
    return [Image(**dict(zip(_SHOWN, row, strict=True))) for row in found["pictures"]]


def gallery_of(title: Title, asked: Mapping[str, str]) -> Gallery:
    """As the query string asks; what is nonsense in it is left out, and that is said."""
    counts = _counts(title)
    kinds = _kinds(counts)
    kind = _one_of(kinds, asked.get("kind")) or (kinds[0].key if kinds else Image.Kind.POSTER)
    languages = _languages(counts, kind)
    language = _one_of(languages, asked.get("language"))
    page = Paginator(_pictures(title, kind, language), PER_PAGE).get_page(asked.get("page"))
    shown = {"kind": kind, "language": language, "page": str(page.number)}
    wanted = {name: asked[name] for name in shown if asked.get(name)}
    fell_back = any(shown[name] != value for name, value in wanted.items())
    return Gallery(kind, language, kinds, languages, page, fell_back)


def _counts(title: Title) -> list[tuple[str, str, int]]:
    counted = _usable(title).values_list("kind", "language").annotate(count=Count("pk"))
    return list(counted.order_by("kind", "language"))


def _kinds(counts: list[tuple[str, str, int]]) -> list[Choice]:
    found = Counter[str]()
    for kind, _language, count in counts:
        found[kind] += count
    return [Choice(key, str(name), found[key]) for key, name in HEADINGS.items() if found[key]]


def _languages(counts: list[tuple[str, str, int]], kind: str) -> list[Choice]:
    """Those that most pictures are in come first."""
    here = {language: count for each, language, count in counts if each == kind}
    names = dict(Language.objects.filter(pk__in=here).values_list("pk", "name"))
    choices = [
        Choice(language or WORDLESS, names.get(language, language) or str(_("No words")), count)
        for language, count in here.items()
    ]
    return sorted(choices, key=lambda choice: (-choice.number, choice.key))


def _one_of(choices: list[Choice], asked: str | None) -> str:
    return asked if asked and asked in [choice.key for choice in choices] else ""


def _pictures(title: Title, kind: str, language: str) -> QuerySet[Image]:
    found = _usable(title).filter(kind=kind)
    if language:
        found = found.filter(language="" if language == WORDLESS else language)
    return found.order_by(*_BEST)


def _usable(title: Title) -> QuerySet[Image]:
    """Drawings, which some logos are, have no sizes to choose from."""
    return title.images.exclude(path__endswith=".svg")


def stand_ins(*paths: str) -> dict[str, bytes]:
    """What stands in for these pictures while they load, by their paths."""
    known = PLACEHOLDERS.ask(paths=[path for path in paths if path])
    return {path: bytes(content) for path, content in known}


def _placeholders() -> QuerySet[Picture, Any]:
    known = Picture.objects.filter(path__among=Given("paths")).exclude(placeholder=b"")
    return known.order_by("pk").values_list("path", "placeholder")


PLACEHOLDERS = WrittenRows(_placeholders)
