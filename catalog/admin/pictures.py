"""Our own copies of pictures."""

from base64 import b64encode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog import steering
from catalog.admin.asking import few, queued
from catalog.admin.credits import ReadOnly
from catalog.admin.rows import Told
from catalog.models import Picture, PictureFile
from catalog.templatetags.catalog import picture_url


class FileInline(ReadOnly):
    model = PictureFile
    ordering = ("size", "pk")
    fields = readonly_fields = ("size", "width", "height", "weight", "made_at", "used_at")

    @admin.display(description=_("weight"))
    def weight(self, file: PictureFile) -> str:
        return filesizeformat(file.bytes)


@admin.register(Picture)
class PictureAdmin(Told):
    list_display = ("preview", "path", "role", "shape", "sizes", "weight", "missing_until")
    list_display_links = ("path",)
    list_filter = (("missing_until", admin.EmptyFieldListFilter), "role")
    sortable_by = ()
    search_fields = ("path__startswith",)
    search_help_text = _("The beginning of its path, such as /abc.")
    ordering = ("-pk",)
    exclude = ("placeholder",)
    readonly_fields = ("preview", "stand_in")
    inlines = (FileInline,)
    actions = ("make_again", "drop")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        pictures: QuerySet[Picture] = super().get_queryset(request)
        return pictures.prefetch_related("files")

    @admin.action(description=_("Make again"), permissions=["steer"])
    def make_again(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        pictures = few(request, queryset)
        if pictures and queued(request, lambda: steering.make_again(pictures)):
            said = ngettext("%d is made again.", "%d are made again.", len(pictures))
            messages.success(request, said % len(pictures))

    @admin.action(description=_("Drop our copies"), permissions=["drop"])
    def drop(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        pictures = few(request, queryset)
        steering.drop(pictures)
        said = ngettext("%d is off our shelf.", "%d are off our shelf.", len(pictures))
        messages.success(request, said % len(pictures))

    def has_drop_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.delete_picture")

    @admin.display(description=_("picture"))
    def preview(self, picture: Picture) -> SafeString:
        return format_html(
            '<img class="thumb wide" src="{}" alt="" height="51" loading="lazy" decoding="async">',
            picture_url(picture.path, "w92"),
        )

    @admin.display(description=_("stands in while it loads"))
    def stand_in(self, picture: Picture) -> SafeString | None:
        """As pages have it: within the page."""
        if not picture.placeholder:
            return None
        data = b64encode(bytes(picture.placeholder)).decode()
        return format_html('<img class="thumb" src="data:image/webp;base64,{}" alt="">', data)

    @admin.display(description=_("size"))
    def shape(self, picture: Picture) -> str | None:
        return f"{picture.width} × {picture.height}" if picture.width else None

    @admin.display(description=_("made"))
    def sizes(self, picture: Picture) -> str | None:
        return ", ".join(sorted(file.size for file in picture.files.all())) or None

    @admin.display(description=_("weight"))
    def weight(self, picture: Picture) -> str:
        return filesizeformat(sum(file.bytes for file in picture.files.all()))
