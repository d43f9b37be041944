"""What titles are filed under, and who offers them."""

from django.contrib import admin

from catalog.admin.rows import Told
from catalog.models import Company, Country, Genre, Keyword, Language, Network, Provider


class TermAdmin(Told):
    list_display: tuple[str, ...] = ("name", "pk", "fetched_at")
    search_fields = ("name", "=pk")
    ordering = ("name", "pk")


@admin.register(Genre)
class GenreAdmin(TermAdmin):
    list_display = ("name", "pk", "for_movies", "for_tv", "fetched_at")


@admin.register(Company, Network)
class MakerAdmin(TermAdmin):
    list_display = ("name", "pk", "country", "fetched_at")
    list_select_related = ("country",)


admin.site.register([Country, Keyword, Language, Provider], TermAdmin)
