"""An example of all that is sent and answered, put together from one of each field.

`settings.API_EXAMPLES` names a table of them. A field's example is looked for by `Shape.field`,
then by `field`; a whole shape may have one, too, where its fields do not go together.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

Schema = dict[str, Any]

BY_FORMAT = {
    "date": "1999-03-31",
    "date-time": "2026-01-17T20:15:00Z",
    "uuid": "0d5f2f4e-5a5b-4a3e-9d53-7f0e6b1f1a11",
}
REFERENCE = "#/components/schemas/"
# In the table, of a field that is there only if it is asked for.
LEFT_OUT = object()


def with_examples(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """A hook of drf-spectacular. Raises LookupError for a field that has no example."""
    components = result["components"]
    maker = Examples(components["schemas"], import_string(settings.API_EXAMPLES))
    examples: dict[str, Any] = {}
    for content in _bodies(result["paths"]):
        name = content["schema"].get("$ref", "").removeprefix(REFERENCE)
        if name:
            examples[name] = {"value": maker.shape(name)}
            content["examples"] = {"usual": {"$ref": f"#/components/examples/{name}"}}
    components["examples"] = dict(sorted(examples.items()))
    return result


class Examples:
    def __init__(self, shapes: dict[str, Schema], table: dict[str, Any]) -> None:
        self.shapes, self.table = shapes, table

    def shape(self, name: str) -> Any:
        return self.table[name] if name in self.table else self._value(self.shapes[name], name, "")

    def _field(self, shape: str, field: str, schema: Schema) -> Any:
        if (named := f"{shape}.{field}") in self.table:
            return self.table[named]
        # What has a shape, or one of some words, says itself what it is.
        is_plain = "#/components" not in str(schema)
        if is_plain and field in self.table:
            return self.table[field]
        return self._value(schema, shape, field)

    def _value(self, schema: Schema, shape: str, field: str) -> Any:
        for several in ("allOf", "oneOf"):
            if several in schema:
                return self._value(schema[several][0], shape, field)
        if "$ref" in schema:
            return self.shape(schema["$ref"].removeprefix(REFERENCE))
        if "enum" in schema:
            return schema["enum"][0]
        return self._by_type(schema, shape, field)

    def _by_type(self, schema: Schema, shape: str, field: str) -> Any:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if "object" in kinds:
            return self._object(schema, shape)
        if "array" in kinds:
            return [self._value(schema["items"], shape, field)]
        if "boolean" in kinds:
            return schema.get("default", False)
        if (form := schema.get("format")) in BY_FORMAT:
            return BY_FORMAT[form]
        raise LookupError(f"{settings.API_EXAMPLES} has none of {shape}.{field}.")

    def _object(self, schema: Schema, shape: str) -> dict[str, Any]:
        fields = schema.get("properties", {})
        return {
            field: self._field(shape, field, told)
            for field, told in fields.items()
            if self.table.get(f"{shape}.{field}", self.table.get(field)) is not LEFT_OUT
        }


def _bodies(paths: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is sent as JSON, and what a success answers."""
    for operations in paths.values():
        for operation in operations.values():
            yield from _json(operation.get("requestBody", {}))
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    yield from _json(answer)


def _json(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "application/json" in body.get("content", {}):
        yield body["content"]["application/json"]
