"""JSON says what is a number and what is a word; DRF's fields would take the one for the other.

What a generated client sends is of the schema's types. Who sends `"5"` where a number is asked for
hears of it, rather than to be understood by chance.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

NUMBERS = (serializers.FloatField, serializers.DecimalField)
# Before the general ones: a field is judged by the first that it is of.
TYPES: tuple[tuple[Any, tuple[type, ...], str], ...] = (
    (serializers.BooleanField, (bool,), "boolean"),
    (serializers.IntegerField, (int,), "integer"),
    (NUMBERS, (int, float), "number"),
    (
        (
            serializers.CharField,
            serializers.ChoiceField,
            serializers.DateField,
            serializers.DateTimeField,
            serializers.UUIDField,
        ),
        (str,),
        "string",
    ),
)


def check(reading: serializers.Serializer, data: Any) -> None:
    """Raises ValidationError with every field whose value is of another type than it says."""
    if wrong := dict(_wrong(reading, data)):
        raise ValidationError(wrong)


def _wrong(reading: serializers.Serializer, data: Any) -> Iterator[tuple[str, Any]]:
    # That it is no object is the serializer's own to say.
    if isinstance(data, dict):
        for name, field in reading.fields.items():
            value = data.get(name)
            if value is not None and not field.read_only and (said := _of_field(field, value)):
                yield name, said


def _of_field(field: Any, value: Any) -> Any:
    if isinstance(field, serializers.ListSerializer):
        return _of_each(field.child, value)
    if isinstance(field, serializers.Serializer):
        return dict(_wrong(field, value))
    if isinstance(field, serializers.MultipleChoiceField):
        return []
    if isinstance(field, serializers.ListField):
        return _of_each(field.child, value)
    return _of_value(field, value)


def _of_each(child: Any, values: Any) -> Any:
    """Beside every item what is wrong with it, as DRF has it."""
    if not isinstance(values, list):
        return []
    told = [_of_field(child, value) if value is not None else [] for value in values]
    if not any(told):
        return []
    return {str(place): said for place, said in enumerate(told) if said}


def _of_value(field: Any, value: Any) -> list[Any]:
    for of, types, name in TYPES:
        if isinstance(field, of):
            is_bool = isinstance(value, bool) and bool not in types
            if isinstance(value, types) and not is_bool:
                return _of_words(value)
            said = _("This is to be of the type %(type)s.") % {"type": name}
            return [ErrorDetail(said, "type")]
    return []


def _of_words(value: Any) -> list[Any]:
    """No database takes half a character, and no answer can say it."""
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        return [ErrorDetail(_("This is no text."), "invalid")]
    return []
