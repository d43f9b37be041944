"""People, and collections of films: told by TMDB, and seen to there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.admin.asking import ask_for
from catalog.admin.rows import Told, thumbnail
from catalog.models import Collection, Name, Person


class RefreshedAdmin(Told):
    """Of which TMDB can be asked one by one."""

    actions = ("refresh",)

    @admin.action(description=_("Refresh from TMDB"), permissions=["steer"])
    def refresh(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        ask_for(request, queryset, self.of[0])


@admin.register(Person)
class PersonAdmin(RefreshedAdmin):
    of = (Name.Of.PERSON,)
    list_display = ("picture", "name", "known_for", "popularity", "fetched_at", "hidden_at")
    list_display_links = ("name",)
    sortable_by = ("name", "popularity")
    search_fields = ("name",)
    search_help_text = _("A name in any spelling, a TMDB or IMDb id, or an address.")
    ordering = ("-popularity", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those who are hidden have no index in this order; who is looked for by id is found."""
        people: Any = super().get_queryset(request)
        is_list = getattr(request.resolver_match, "url_name", "").endswith("_changelist")
        return people.visible() if is_list and not request.GET.get("q") else people

    @admin.display(description=_("portrait"))
    def picture(self, person: Person) -> SafeString:
        return thumbnail(person.profile_path)


@admin.register(Collection)
class CollectionAdmin(RefreshedAdmin):
    of = (Name.Of.COLLECTION,)
    list_display = ("picture", "name", "fetched_at", "hidden_at")
    list_display_links = ("name",)
    search_fields = ("name",)
    search_help_text = _("A name in any spelling, a TMDB id, or an address.")
    ordering = ("name", "pk")

    @admin.display(description=_("poster"))
    def picture(self, collection: Collection) -> SafeString:
        return thumbnail(collection.poster_path)
