"""The people who make films and shows."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.about.filmography import SORTS, Choice, Filmography, Line
from catalog.api import pictures
from catalog.api.browsing import Browsing
from catalog.api.finding import aged, person_for
from catalog.api.lengths import long_page
from catalog.api.shapes import AGES, PATH, Aged, MediaType, PersonName, Told, page, person_name
from catalog.api.titles import EXPANDS, Brief, brief, titles_of
from catalog.models import Person as PersonRow
from catalog.models.title import fitting
from catalog.refreshing import Age
from cinehub.kit.api import listed, paged


class Person(PersonName):
    known_for_department = serializers.CharField(allow_blank=True, help_text="As TMDB has it.")
    popularity = serializers.FloatField()
    url = serializers.URLField(help_text="Their page.")


class Part(Told):
    name = serializers.CharField(allow_blank=True, help_text="A job, or a character.")
    episode_count = serializers.IntegerField(help_text="Of a show; else 0.")


class Work(Told):
    """All that somebody did on one title in one department."""

    department = serializers.CharField()
    is_guest = serializers.BooleanField(help_text="In single episodes only.")
    parts = Part(many=True)
    title = Brief()


class Portrait(Told):
    file_path = serializers.CharField(help_text=PATH)
    url = serializers.URLField()


class PersonDetails(Aged, Person):
    also_known_as = serializers.ListField(child=serializers.CharField())
    gender = serializers.IntegerField(help_text="0 not said, 1 woman, 2 man, 3 non-binary.")
    biography = serializers.CharField(allow_blank=True)
    birthday = serializers.DateField(allow_null=True)
    deathday = serializers.DateField(allow_null=True)
    place_of_birth = serializers.CharField(allow_blank=True)
    homepage = serializers.CharField(allow_blank=True)
    adult = serializers.BooleanField()
    imdb_id = serializers.CharField(allow_null=True)
    wikidata_id = serializers.CharField(allow_null=True)
    credits = Work(many=True)
    images = Portrait(many=True)


class WorkAsked(MediaType):
    department = serializers.CharField(required=False, max_length=50, help_text="As `directing`.")
    sort = serializers.ChoiceField(["newest", *filter(None, SORTS)], required=False)


class People(Browsing):
    expands = frozenset()

    @extend_schema(summary="Everybody, the best known first", responses=paged(Person))
    def get(self, request: Request) -> Response:
        rows = PersonRow.objects.visible().filter(fitting(adult=self.reader.adult, of=""))
        return long_page(self, rows.by_popularity(), Person, person_told)


class OfPerson(Browsing):
    limit = "details"


class OnePerson(OfPerson):
    expands = frozenset({"credits", "images"})

    @extend_schema(summary="A person", responses=PersonDetails)
    def get(self, request: Request, tmdb_id: int) -> Response:
        person, age = person_for(tmdb_id)
        told = person_told(person) | _facts(person, age)
        if "credits" in self.expanded:
            told["credits"] = self._works(person)
        if "images" in self.expanded:
            told["images"] = _portraits(person)
        return aged(self.show(told, PersonDetails), person, age)

    def _works(self, person: PersonRow) -> list[dict[str, Any]]:
        whole = Filmography.of(person, adult=self.reader.adult)
        return works(self, whole.chosen(_choice(whole, QueryDict())))


class PersonCredits(OfPerson):
    expands = EXPANDS

    @extend_schema(
        summary="What they worked on, each title once in each department",
        parameters=[WorkAsked],
        responses=paged(Work),
    )
    def get(self, request: Request, tmdb_id: int) -> Response:
        person, age = person_for(tmdb_id)
        whole = Filmography.of(person, adult=self.reader.adult)
        found = whole.chosen(_choice(whole, request.query_params))
        told = self.page(found, Work, lambda lines: works(self, lines))
        return aged(told, person, age)


class PersonImages(OfPerson):
    expands = frozenset()

    @extend_schema(summary="Their portrait", responses=listed(Portrait))
    def get(self, request: Request, tmdb_id: int) -> Response:
        person, age = person_for(tmdb_id)
        return aged(self.show_all(_portraits(person), Portrait), person, age)


def person_told(person: PersonRow) -> dict[str, Any]:
    return person_name(person.pk, person.name, person.profile_path) | {
        "known_for_department": person.known_for,
        "popularity": person.popularity,
        "url": page(person),
    }


def works(view: Browsing, lines: list[Line]) -> list[dict[str, Any]]:
    titles = titles_of(view, [line.title.pk for line in lines])
    return [
        {
            "department": line.department,
            "is_guest": line.is_guest,
            "parts": [{"name": name, "episode_count": n} for name, n in line.parts.items()],
            "title": brief(titles[line.title.pk]),
        }
        for line in lines
        if line.title.pk in titles
    ]


def _choice(whole: Filmography, query: QueryDict) -> Choice:
    """What the page would put aside is refused here."""
    asked = WorkAsked(data=query.dict())
    asked.is_valid(raise_exception=True)
    wanted = asked.validated_data
    words = {
        "department": wanted.get("department", ""),
        "kind": wanted.get("media_type", ""),
        "sort": wanted.get("sort", "").replace("newest", ""),
    }
    choice = Choice.read(words, whole.departments)
    if choice.ignored:
        known = ", ".join(department.slug for department in whole.departments)
        raise ValidationError({"department": [f"{known or '-'}"]})
    return choice


def _facts(person: PersonRow, age: Age) -> dict[str, Any]:
    return {
        "as_of": person.fetched_at,
        "data_age": AGES[age],
        "also_known_as": person.also_known_as,
        "gender": person.gender,
        "biography": person.biography,
        "birthday": person.birthday,
        "deathday": person.deathday,
        "place_of_birth": person.place_of_birth,
        "homepage": person.homepage,
        "adult": person.adult,
        "imdb_id": person.imdb_id or None,
        "wikidata_id": person.wikidata_id or None,
    }


def _portraits(person: PersonRow) -> list[dict[str, Any]]:
    """TMDB tells the one that it shows."""
    path = person.profile_path
    return [{"file_path": path, "url": pictures.profile_url(path)}] if path else []
