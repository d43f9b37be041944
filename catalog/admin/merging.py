"""Making one title of two: which goes into which is chosen, then seen, then done."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from catalog.models import Title
from catalog.search.addresses import meant
from catalog.sync.merging import CannotMerge, merge, unmerge


class TargetForm(forms.Form):
    """The other title, by its address or id; `sure` comes from the page that shows both."""

    into = forms.CharField(
        label=gettext_lazy("The title that stays"),
        help_text=gettext_lazy(
            "Its address here, at TMDB or IMDb, or its TMDB id: /movie/603, tt0133093, 603."
        ),
        max_length=300,
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, title: Title, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.title = title

    def clean_into(self) -> Title:
        words = self.cleaned_data["into"].strip()
        into = meant(f"/{self.title.kind}/{words}" if words.isdigit() else words)
        if not isinstance(into, Title) or into.kind != self.title.kind:
            raise forms.ValidationError(_("There is no such title of the same kind on the site."))
        if into == self.title:
            raise forms.ValidationError(_("That is this title itself."))
        return into


@require_http_methods(["GET", "POST"])
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    title = _for_editor(request, pk, merged_into=None)
    form = TargetForm(title, request.POST or None)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and form.cleaned_data["sure"] and (stays := _merged(request, title, into)):
        return redirect("admin:catalog_title_change", stays.pk)
    context = admin.site.each_context(request) | {
        "title": _("Merge %s into another title") % title,
        "gone": title,
        "into": into,
        "form": form,
        "opts": Title._meta,
    }
    return TemplateResponse(request, "admin/catalog/title/merge.html", context)


@require_POST
def unmerge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two after all."""
    title = _for_editor(request, pk, merged_into__isnull=False)
    unmerge(title)
    messages.success(request, _("%s is a title of its own again.") % title)
    return redirect("admin:catalog_title_change", pk)


def _for_editor(request: HttpRequest, pk: int, **conditions: object) -> Title:
    if not request.user.has_perm("catalog.change_title"):
        raise PermissionDenied
    return get_object_or_404(Title, pk=pk, **conditions)


def _merged(request: HttpRequest, title: Title, into: Title) -> Title | None:
    try:
        stays = merge(title, into, by_hand=True)
    except CannotMerge:
        messages.error(request, _("One of the two has changed meanwhile: they cannot be merged."))
        return None
    said = _("%(gone)s is merged into %(stays)s.") % {"gone": title, "stays": stays}
    messages.success(request, said)
    return stays
