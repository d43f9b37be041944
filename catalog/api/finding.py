"""What an address of the API is about; what is not here yet is asked of TMDB, as pages do."""

from typing import TypeVar

from django.http import Http404
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.response import Response

from catalog.api.expanding import ME
from catalog.models import Collection, Person, Title
from catalog.refreshing import (
    Age,
    FindTitle,
    collection_for_reader,
    person_for_reader,
    ready_for_reader,
)
from cinehub.kit.answers import RETRY_SECONDS
from cinehub.kit.api import Endpoint, Problem, Who
from cinehub.kit.kept import passing

M = TypeVar("M", Title, Person, Collection)


class OfTitle(Endpoint):
    """What is at a title's address and below it."""

    who = Who.READERS
    limit = "details"
    kind = ""

    def about(self) -> tuple[str, ...] | None:
        return None if ME in self.expanded else (f"{self.kind}/{self.kwargs['tmdb_id']}",)

    def find(self, tmdb_id: int, find: FindTitle | None = None) -> tuple[Title, Age]:
        return title_for(self, self.kind, tmdb_id, find)


def title_for(
    view: Endpoint, kind: str, tmdb_id: int, find: FindTitle | None = None
) -> tuple[Title, Age]:
    """`find` may bring what is told of it. Raises Http404 and Problem."""
    shown, age = _here(*ready_for_reader(find or Title.objects.known_as, kind, tmdb_id))
    if shown.tmdb_id != tmdb_id:
        raise _moved(view, tmdb_id, shown.tmdb_id)
    return shown, age


def person_for(tmdb_id: int) -> tuple[Person, Age]:
    return _here(*person_for_reader(Person.objects.all(), tmdb_id))


def collection_for(tmdb_id: int) -> tuple[Collection, Age]:
    return _here(*collection_for_reader(Collection.objects.all(), tmdb_id))


def aged(response: Response, thing: Title | Person | Collection, age: Age) -> Response:
    """With when TMDB was asked last; what is not fresh is not kept for others."""
    if thing.fetched_at:
        response.headers["Last-Modified"] = http_date(thing.fetched_at.timestamp())
    if age:
        passing(response)
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def unreachable() -> Problem:
    said = _("It is not here, and TMDB does not answer just now.")
    return Problem(503, "tmdb-unreachable", said, headers={"Retry-After": str(RETRY_SECONDS)})


def _here(shown: M | None, age: Age) -> tuple[M, Age]:
    if shown is not None:
        return shown, age
    if age is Age.UNUSABLE:
        raise Problem(502, "tmdb-error", _("TMDB tells nothing usable about it."))
    if age:
        raise unreachable()
    raise Http404


def _moved(view: Endpoint, old: int, new: int) -> Problem:
    query = view.request.META.get("QUERY_STRING", "")
    address = view.request.path.replace(f"/{old}/", f"/{new}/", 1)
    location = f"{address}?{query}" if query else address
    said = _("TMDB has made it one with another.")
    return Problem(308, "moved", said, headers={"Location": location})
