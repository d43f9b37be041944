"""An address or an id that was pasted in: of TMDB, IMDb, or this site."""

import re

from catalog.models import Collection, Kind, Person, Title
from catalog.models.title import VISIBLE

IMDB = re.compile(r"(?:^|imdb\.com/(?:[a-z-]+/)?(?:title|name)/)(tt|nm)(\d{5,12})(?:$|[/?#])", re.I)
# As many digits as surely fit in a database's integer.
TMDB = re.compile(r"(?:^|/)(movie|tv|person|collection)/(\d{1,15})(?:$|[-/?#])", re.I)

Thing = Title | Person | Collection


def meant(words: str) -> Thing | None:
    """What the address is of, if it is one and held."""
    if found := IMDB.search(words):
        return _of_imdb(found[1].lower(), found[2])
    if found := TMDB.search(words):
        return _of_tmdb(found[1].lower(), int(found[2]))
    return None


def _of_imdb(prefix: str, number: str) -> Thing | None:
    held = Title.objects.visible() if prefix == "tt" else Person.objects.visible()
    return held.filter(imdb_id=prefix + number).order_by("pk").first()


def _of_tmdb(kind: str, number: int) -> Thing | None:
    if kind in Kind.values:
        return Title.objects.visible().filter(kind=kind, tmdb_id=number).first()
    if kind == "person":
        return Person.objects.visible().filter(pk=number).first()
    return Collection.objects.filter(VISIBLE, pk=number).first()
