"""Finding titles and people by name."""

from dataclasses import dataclass

from django.http import QueryDict

from catalog.models import Person, Title
from catalog.models.people import PersonQuerySet
from catalog.models.title import TitleQuerySet
from cinehub.kit.web import clean_words

TITLES_SHOWN, PEOPLE_SHOWN = 60, 12


@dataclass(frozen=True)
class Query:
    """What somebody looks for, read from the query string; nonsense in it finds nothing."""

    words: str

    @classmethod
    def read(cls, data: QueryDict) -> "Query":
        return cls(words=clean_words(data.get("q", "")))

    def titles(self) -> TitleQuerySet:
        if not self.words:
            return Title.objects.none()
        found = Title.objects.visible().named_like(self.words)
        return found.order_by("-vote_count", "-popularity", "pk")[:TITLES_SHOWN]

    def people(self) -> PersonQuerySet:
        if not self.words:
            return Person.objects.none()
        return Person.objects.visible().named_like(self.words).by_popularity()[:PEOPLE_SHOWN]
