"""Discover's filters, as the API's query strings write them."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from catalog.discover.orders import ORDERS
from catalog.discover.reading import MOST_MINUTES, MOST_VALUES, MOST_VOTES
from catalog.discover.values import LABELS, STATUSES, TYPES
from catalog.models import Offer

# The first three are the reader's, the others the kit's.
NOT_FILTERS = {"kind", "region", "view", "page", "language"}
NAMES = (*(name for name in LABELS if name not in NOT_FILTERS), "original_language")
A_DAY = r"^\d{4}(-\d{2}-\d{2})?$"


def _several(said: str, child: serializers.Field | None = None) -> serializers.ListField:
    return serializers.ListField(
        child=child or serializers.CharField(max_length=200),
        required=False,
        max_length=MOST_VALUES,
        help_text=said,
    )


def _number(most: int, said: str) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=0, max_value=most, help_text=said)


def _score(said: str) -> serializers.FloatField:
    return serializers.FloatField(required=False, min_value=0, max_value=10, help_text=said)


def _words(said: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(required=False, max_length=600, help_text=said, **more)


class Filters(serializers.Serializer):
    """For the schema: `catalog.discover` reads them, and says what it can't make sense of."""

    genre = _several("Ids, as in `genres/`.", serializers.IntegerField(min_value=1))
    genres = serializers.ChoiceField(
        ["all", "any"], required=False, help_text="Whether all of several genres are wanted."
    )
    without = _several("Ids of genres.", serializers.IntegerField(min_value=1))
    runtime_min = _number(MOST_MINUTES, "Minutes.")
    runtime_max = _number(MOST_MINUTES, "Minutes.")
    original_language = _several("Two letters, as `fr`.")
    spoken = _several("Two letters, as `fr`: of what is spoken in it.")
    country = _several("Two letters, as `FR`.")
    certification = _several("Of the region.")
    certification_min = _words("Of the region.")
    certification_max = _words("Of the region.")
    keyword = _several("An id, or a name.")
    company = _several("An id, or a name.")
    person = _several("An id, or a name.")
    provider = _several("Ids, as in `streaming/providers/`, in the region.")
    offer = _several("How it is offered.", serializers.ChoiceField(Offer.Kind.values))
    score_min = _score("TMDB's voters'.")
    score_max = _score("TMDB's voters'.")
    votes_min = _number(MOST_VOTES, "TMDB's voters.")
    sort = serializers.ChoiceField(list(ORDERS), required=False)
    after = _words("Where the page before ended, as its `Link` to the next one says.")


class ShowFilters(Filters):
    network = _several("An id, or a name.")
    status = _several("As TMDB has it.", serializers.ChoiceField(list(STATUSES)))
    type = _several("As TMDB has it.", serializers.ChoiceField(list(TYPES)))


# `from` is a word of Python's own, so these are no fields.
SPAN = [
    OpenApiParameter(
        name, {"type": "string", "pattern": A_DAY}, description=f"Released {word}: a year or a day."
    )
    for name, word in (("from", "since"), ("to", "until"))
]


def written(query: QueryDict) -> QueryDict:
    """The same filters as a page of the site has them in its address."""
    told = QueryDict(mutable=True)
    for name in NAMES:
        if name in query:
            told.setlist("language" if name == "original_language" else name, query.getlist(name))
    return told
