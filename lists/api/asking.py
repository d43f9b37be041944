"""What may be asked of what is on a list: discover's filters, as the API names them."""

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from catalog.api.filters import SPAN, Filters, written
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


class SeenFilters(Filters):
    media_type = MEDIA_TYPE
    sort = serializers.ChoiceField(list(OF_SEEN), required=False)
    after = None


class ItemFilters(SeenFilters):
    sort = serializers.ChoiceField(
        list(OF_LISTS | ORDERS), required=False, help_text="Which there are depends on the list."
    )


class ListFilters(Keyed, ItemFilters):
    pass


class OfKind(serializers.Serializer):
    media_type = MEDIA_TYPE


OF_SEEN_TITLES = [SeenFilters, *SPAN]
OF_ITEMS = [ListFilters, *SPAN]


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


def read(request: Request, of: type[serializers.Serializer]) -> dict[str, object]:
    """What of the query string it knows. Raises ValidationError."""
    named = [name for name in of().fields if name in request.query_params]
    reading = of(data={name: request.query_params[name] for name in named})
    reading.is_valid(raise_exception=True)
    told: dict[str, object] = reading.validated_data
    return told
