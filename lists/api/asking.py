"""What may be asked of what is on a list: discover's filters, as the API names them."""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from catalog.api.filters import ShowFilters, written
from catalog.discover import Discover
from catalog.discover.orders import ORDERS
from catalog.models import Kind
from lists.orders import OF_LISTS, OF_SEEN

MEDIA_TYPE = serializers.ChoiceField(
    Kind.values, required=False, help_text="Films alone, or shows."
)
# What the API calls otherwise than the pages' addresses.
NAMES = {"kind": "media_type", "language": "original_language"}


class Keyed(serializers.Serializer):
    """What a query string may say of a list besides its filters."""

    key = serializers.CharField(
        max_length=100, required=False, help_text="Of its link, for a list that is unlisted."
    )


class SeenFilters(ShowFilters):
    media_type = MEDIA_TYPE
    sort = serializers.ChoiceField(list(OF_SEEN), required=False)
    after = None


class ItemFilters(SeenFilters):
    sort = serializers.ChoiceField(
        [*dict.fromkeys([*OF_LISTS, *ORDERS])],
        required=False,
        help_text="Which there are depends on the list.",
    )


class ListFilters(Keyed, ItemFilters):
    pass


class HistoryFilters(serializers.Serializer):
    media_type = MEDIA_TYPE
    id = serializers.IntegerField(
        min_value=1, max_value=10**15 - 1, required=False, help_text="TMDB's, of one title."
    )
    season_number = serializers.IntegerField(min_value=0, max_value=999_999, required=False)
    episode_number = serializers.IntegerField(min_value=0, max_value=999_999, required=False)
    q = serializers.CharField(
        max_length=100, required=False, help_text="In any of a title's names."
    )
    year = serializers.IntegerField(min_value=1881, max_value=2999, required=False)
    month = serializers.IntegerField(min_value=1, max_value=12, required=False)
    again = serializers.BooleanField(required=False, help_text="What had been watched before.")
    unknown = serializers.BooleanField(
        required=False, help_text="What nobody remembers the day of."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Two of the names are Python's own."""
        days = {
            "from": serializers.DateField(required=False, help_text="On this day or later."),
            "to": serializers.DateField(required=False, help_text="On this day or before."),
        }
        return super().get_fields() | days


class OfKind(serializers.Serializer):
    media_type = MEDIA_TYPE


OF_SEEN_TITLES = [SeenFilters]
OF_ITEMS = [ListFilters]


def filters(request: Request) -> QueryDict:
    """As the pages' addresses have them. Raises ValidationError."""
    asked = written(request.query_params)
    kind = read(request, OfKind).get("media_type")
    if kind:
        asked["kind"] = kind
    return asked


def understood(asked: Discover) -> None:
    """What a page puts aside, and says so, is an error here. Raises ValidationError."""
    if asked.wrong:
        raise ValidationError({NAMES.get(name, name): said for name, said in asked.wrong.items()})


def keyed(request: Request) -> str:
    key: str = read(request, Keyed).get("key", "")
    return key


def read(request: Request, of: type[serializers.Serializer]) -> dict[str, Any]:
    """What of the query string it knows. Raises ValidationError."""
    named = [name for name in of().fields if name in request.query_params]
    reading = of(data={name: request.query_params[name] for name in named})
    reading.is_valid(raise_exception=True)
    told: dict[str, Any] = reading.validated_data
    return told
