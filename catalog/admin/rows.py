"""How lists and forms of what came from TMDB behave."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.search.addresses import meant
from catalog.search.query import Query
from catalog.templatetags.catalog import picture_url
from cinehub.kit.estimating import EstimatedPaginator

# What one action may be asked to do at once; more is a job for the command line.
AT_ONCE = 500
BIGGEST = 2**63 - 1


class FromTMDB(admin.ModelAdmin):
    """Rows that nobody adds or deletes by hand: sync does, and what is not wanted is hidden."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 100
    # What `Name` calls these, where the site's search knows them.
    of: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the site's own search, which forgives typos and needs no look at every row."""
        if not (self.of and search_term.strip()):
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(pk__in=found(self.model, self.of, search_term)), False


class Told(FromTMDB):
    """What only sync and workers write: people read it, and those who may change it steer them."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_steer_permission(self, request: HttpRequest) -> bool:
        """To ask again, to try again: what "change" means where nothing is written by hand."""
        return super().has_change_permission(request)


def found(model: Any, of: Iterable[str], words: str) -> set[int]:
    """The keys of what is meant: names, addresses, ids; hidden ones by their id alone."""
    keys = {match.pk for match in Query(words=words[:200]).matches if match.of in of}
    thing = meant(words)
    if isinstance(thing, model):
        keys.add(thing.pk)
    number = words.strip()
    if number.isascii() and number.isdigit() and int(number) <= BIGGEST:
        same = Q(tmdb_id=int(number))
        if hasattr(model, "kind"):
            same &= Q(kind__in=of)
        keys |= set(model.objects.filter(same).values_list("pk", flat=True))
    return keys


def thumbnail(path: str) -> SafeString:
    """For eyes only: the name stands beside it."""
    if not path:
        return SafeString('<span class="thumb thumb-none"></span>')
    return format_html(
        '<img class="thumb" src="{}" width="34" height="51" alt="" loading="lazy">',
        picture_url(path, "w92"),
    )


def badge(word: str, tone: str = "") -> SafeString:
    """A word that says a state; its colour only repeats it."""
    return format_html('<span class="badge {}">{}</span>', tone, word)
