"""What the addresses of what is watched are about. Whoever may not see it gets a 404."""

from django.shortcuts import get_object_or_404

from accounts.request import MemberRequest
from catalog.models import Title
from cinehub.kit.addresses import Ref
from cinehub.kit.web import reader
from lists.history import titles_for


def watched_title(request: MemberRequest, kind: str, ref: Ref) -> Title:
    """One that TMDB has, or that the member has to do with."""
    titles = titles_for(request.user, reader(request).language)
    return get_object_or_404(titles, kind=kind, tmdb_id=ref.id)
