"""Search: among what is here, and by asking TMDB for more."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.browsing import Browsing
from catalog.api.finding import collection_for, person_for, title_for, unreachable
from catalog.api.people import Person, person_told
from catalog.api.shapes import CollectionName, Told, collection_name
from catalog.api.titles import EXPANDS, Listed, in_list
from catalog.api.titles import listed as titles_listed
from catalog.looking import look_further
from catalog.models import Collection, Kind, Name, Title
from catalog.models import Person as PersonRow
from catalog.search import Query, addresses
from catalog.search.query import FIRST_YEAR, LARGEST, LAST_YEAR, LETTERS_READ
from catalog.search.ranking import AT_MOST
from cinehub.kit.api import Endpoint, Who, listed, paged
from cinehub.kit.web import clean_words

Thing = Title | PersonRow | Collection
Key = tuple[str, int]


class Found(Told):
    """One of the three is told, as `media_type` says."""

    media_type = serializers.ChoiceField(Name.Of.values)
    title = Listed(allow_null=True)
    person = Person(allow_null=True)
    collection = CollectionName(allow_null=True)


class Words(serializers.Serializer):
    q = serializers.CharField(max_length=LETTERS_READ, help_text="Names, a year, an IMDb id.")

    def validate_q(self, words: str) -> str:
        cleaned = clean_words(words)
        if not cleaned:
            raise ValidationError(_("What are you looking for?"), "blank")
        return cleaned


class Sought(Words):
    genre = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    year_from = serializers.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year_to = serializers.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class _Searching(Browsing):
    limit = "search"
    tab = ""
    asked: type[Words] = Words

    def keys(self) -> list[Key]:
        """What was found; what a pasted id or address is of stands alone."""
        reading = self.asked(data=self.request.query_params.dict())
        reading.is_valid(raise_exception=True)
        said = reading.validated_data
        years = sorted(year for year in (said.get("year_from"), said.get("year_to")) if year)
        first = said.get("year_from") and years[0]
        last = said.get("year_to") and years[-1]
        query = Query(said["q"], self.tab, said.get("genre"), first, last)
        if thing := query.address():
            return [key for key in [key_of(thing)] if self.tab in ("", key[0])]
        return [(match.of, match.pk) for match in query.matches if self.tab in ("", match.of)]

    def told(self, shape: type[serializers.Serializer], ready: Any) -> Response:
        """There may be more where so many were found."""
        found = self.keys()
        response = self.page(found, shape, ready)
        response.data["total_is_exact"] = len(found) < AT_MOST
        return response


class Multi(_Searching):
    expands = EXPANDS

    @extend_schema(
        summary="Films, shows, people and collections together, the best match first",
        parameters=[Words],
        responses=paged(Found),
    )
    def get(self, request: Request) -> Response:
        return self.told(Found, lambda keys: found(self, keys))


class Titles(_Searching):
    expands = EXPANDS
    asked = Sought

    @extend_schema(summary="By their names", parameters=[Sought], responses=paged(Listed))
    def get(self, request: Request) -> Response:
        return self.told(Listed, lambda keys: titles_listed(self, [key for _of, key in keys]))


class People(_Searching):
    expands = frozenset()
    tab = Name.Of.PERSON

    @extend_schema(summary="People by their names", parameters=[Words], responses=paged(Person))
    def get(self, request: Request) -> Response:
        return self.told(Person, lambda keys: _people(key for _of, key in keys))


class Collections(_Searching):
    expands = frozenset()
    tab = Name.Of.COLLECTION

    @extend_schema(
        summary="Collections by their names", parameters=[Words], responses=paged(CollectionName)
    )
    def get(self, request: Request) -> Response:
        return self.told(CollectionName, lambda keys: _collections(key for _of, key in keys))


class Further(Endpoint):
    """The same words are asked once in half an hour, whoever asks."""

    who = Who.ANYBODY
    limit = "further"

    @extend_schema(
        summary="Have TMDB asked for what is not found here",
        request=Words,
        responses=listed(Found),
    )
    def post(self, request: Request) -> Response:
        words = self.read(Words)["q"]
        if pasted := addresses.TMDB.search(words):
            return self._answer([self._pasted(pasted[1].lower(), int(pasted[2]))])
        looked = look_further(words)
        if looked.is_away:
            raise unreachable()
        return self._answer(looked.things(self.reader.language))

    def _pasted(self, kind: str, number: int) -> Thing:
        if kind in Kind.values:
            return title_for(self, kind, number)[0]
        return (person_for if kind == "person" else collection_for)(number)[0]

    def _answer(self, things: Iterable[Thing]) -> Response:
        return self.show_all(found(self, [key_of(thing) for thing in things]), Found)


def found(view: Endpoint, keys: list[Key]) -> list[dict[str, Any]]:
    """In this order; a query for each sort of thing, two of titles."""
    by_sort: dict[str, list[int]] = {"title": [], "person": [], "collection": []}
    for of, key in keys:
        by_sort[_sort(of)].append(key)
    held: dict[tuple[str, int], Any] = {}
    for title in titles_listed(view, by_sort["title"]):
        held["title", title.pk] = in_list(title)
    held |= {("person", told["id"]): told for told in _people(by_sort["person"])}
    held |= {("collection", told["id"]): told for told in _collections(by_sort["collection"])}
    nothing = dict.fromkeys(by_sort)
    return [
        {"media_type": of, **nothing, _sort(of): held[_sort(of), key]}
        for of, key in keys
        if (_sort(of), key) in held
    ]


def _sort(of: str) -> str:
    return "title" if of in (Kind.MOVIE, Kind.TV) else of


def key_of(thing: Thing) -> Key:
    if isinstance(thing, Title):
        return thing.kind, thing.pk
    return ("person" if isinstance(thing, PersonRow) else "collection"), thing.pk


def _people(keys: Iterable[int]) -> list[dict[str, Any]]:
    wanted = list(keys)
    rows = PersonRow.objects.visible().in_bulk(wanted) if wanted else {}
    return [person_told(rows[key]) for key in wanted if key in rows]


def _collections(keys: Iterable[int]) -> list[dict[str, Any]]:
    wanted = list(keys)
    rows = Collection.objects.filter(hidden_at=None).in_bulk(wanted) if wanted else {}
    return [collection_name(rows[key]) for key in wanted if key in rows]
