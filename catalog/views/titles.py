"""What a title's page leads to: everybody who made it, all its pictures, names and dates."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from kombu.exceptions import OperationalError

from catalog import tasks
from catalog.about.people import credits_of
from catalog.about.pictures import gallery_of
from catalog.about.releases import names_of, releases_of
from catalog.models import Title
from catalog.sync.merging import successor
from cinehub.kit.addresses import Ref, address_of
from cinehub.kit.kept import kept
from cinehub.kit.web import reader

log = logging.getLogger(__name__)


@require_safe
@kept(address_of)
def credits(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    title = _find(request, kind, ref)
    if ref != title.ref:
        return redirect("catalog:credits", kind, title.ref, permanent=True)
    context = {"title": title} | credits_of(title, request.GET.dict())
    return render(request, "catalog/credits.html", context)


@require_safe
@kept(address_of)
def images(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    title = _find(request, kind, ref)
    if ref != title.ref:
        return redirect("catalog:images", kind, title.ref, permanent=True)
    gallery = gallery_of(title, request.GET.dict())
    context = {"title": title, "gallery": gallery, "page": gallery.page}
    return render(request, "catalog/images.html", context)


@require_safe
@kept(address_of)
@vary_on_headers("HX-Request")
def releases(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    title = _find(request, kind, ref)
    if ref != title.ref:
        return redirect("catalog:releases", kind, title.ref, permanent=True)
    context = {
        "title": title,
        "countries": releases_of(title, reader(request).country),
        "names": names_of(title),
    }
    is_part = bool(request.headers.get("HX-Request"))
    name = "catalog/title/_releases.html" if is_part else "catalog/releases.html"
    return render(request, name, context)


@require_POST
def refresh(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    if not request.user.is_staff:
        raise PermissionDenied
    title = _find(request, kind, ref)
    try:
        tasks.refresh_title.delay(kind=kind, tmdb_id=title.tmdb_id)
    except (OperationalError, OSError) as error:
        log.warning("No broker takes the refresh of %s: %s", title, error)
        messages.error(request, _("The queue can't be reached just now. Try again in a minute."))
    else:
        messages.success(request, _("A fresh copy is on its way from TMDB."))
    return redirect(title)


def _find(request: HttpRequest, kind: str, ref: Ref) -> Title:
    titles = Title.objects.visible().in_language(reader(request).language)
    title = titles.filter(kind=kind, tmdb_id=ref.id).first()
    if title is None and (other := successor(kind, ref.id)):
        # Its address differs from the one asked for, and so readers are sent there.
        title = titles.filter(kind=other[0], tmdb_id=other[1]).first()
    if title is None:
        raise Http404
    return title
