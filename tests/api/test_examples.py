"""The examples of the API's description: there is one of everything, and each is right."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from cinehub.api.about import SCHEMA
from cinehub.kit.api.examples import LEFT_OUT, Examples

DESCRIPTION = json.loads(SCHEMA.read_text())
EXAMPLES = DESCRIPTION["components"]["examples"]
HERE = "urn:description"
REGISTRY: Registry[Any] = Registry().with_resource(HERE, DRAFT202012.create_resource(DESCRIPTION))


def bodies() -> list[tuple[str, dict[str, Any]]]:
    """All that is sent, and all that is answered when it is well; as JSON."""
    return [
        (f"{method} {path} {status}", body["content"]["application/json"])
        for path, methods in DESCRIPTION["paths"].items()
        for method, told in methods.items()
        for status, body in {"": told.get("requestBody", {}), **told["responses"]}.items()
        if status[:1] in ("", "2") and "application/json" in body.get("content", {})
    ]


def test_everything_that_has_a_shape_has_an_example() -> None:
    without = [
        place for place, body in bodies() if "$ref" in body["schema"] and "examples" not in body
    ]

    assert without == []
    assert len(EXAMPLES) > 150


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_its_shape_says(name: str) -> None:
    shape = Draft202012Validator(
        {"$ref": f"{HERE}#/components/schemas/{name}"},
        registry=REGISTRY,
        format_checker=FormatChecker(),
    )

    assert [error.message for error in shape.iter_errors(EXAMPLES[name]["value"])] == []


def test_what_has_to_be_asked_for_is_left_out() -> None:
    assert "credits" not in EXAMPLES["Movie"]["value"]
    assert "me" not in EXAMPLES["PageOfListed"]["value"]["results"][0]


SHAPES = {
    "Film": {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "kind": {"allOf": [{"$ref": "#/components/schemas/Kind"}]},
            "on": {"type": ["string", "null"], "format": "date"},
            "is_new": {"type": "boolean"},
        },
    },
    "Films": {
        "type": "object",
        "properties": {
            "films": {"type": "array", "items": {"$ref": "#/components/schemas/Film"}},
        },
    },
    "Kind": {"enum": ["movie", "tv"], "type": "string"},
}


def example(shape: str, **table: Any) -> Any:
    return Examples(SHAPES, table).shape(shape)


def test_an_example_is_put_together_from_one_of_each_field() -> None:
    film = {"name": "Heat", "kind": "movie", "on": "1999-03-31", "is_new": False}

    assert example("Film", name="Heat") == film
    assert example("Films", name="Heat") == {"films": [film]}


def test_what_is_said_of_a_shape_goes_before_what_is_said_of_a_name() -> None:
    told = example("Film", **{"name": "Heat", "Film.name": "Alien", "Film.on": LEFT_OUT})

    assert told == {"name": "Alien", "kind": "movie", "is_new": False}


def test_a_field_that_nobody_has_an_example_of_is_named() -> None:
    with pytest.raises(LookupError, match=r"none of Film\.name"):
        example("Films")
