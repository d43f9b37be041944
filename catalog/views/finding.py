"""What the addresses of pages about a title are about, for the rooms above."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from catalog.models import Title
from cinehub.kit.addresses import Ref
from cinehub.kit.web import reader


def title_of(request: HttpRequest, kind: str, ref: Ref) -> Title:
    """Also one that TMDB has dropped: what members keep of it and said of it is still here."""
    titles = Title.objects.in_language(reader(request).language)
    return get_object_or_404(titles, kind=kind, tmdb_id=ref.id)
