"""What holds for every endpoint of the catalogue."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator

from tests.catalog.api import world
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator(urlconf="catalog.api.urls").get_schema(public=True)
    return made


@pytest.fixture(autouse=True)
def unlimited(settings: Any) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1000)


def _shape_of(schema: dict[str, Any], address: str) -> dict[str, Any]:
    """What the schema says of a GET of this address."""
    path = "/" + address.partition("?")[0]
    for known, methods in schema["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path):
            if "{" in known and path in schema["paths"]:
                continue
            content = methods["get"]["responses"]["200"]["content"]
            shape: dict[str, Any] = content["application/json"]["schema"]
            return shape
    raise AssertionError(f"The schema knows nothing of {path}")


def _undeclared(told: Any, shape: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """Names in the answer that the schema has not."""
    for each in shape.get("allOf", shape.get("oneOf", ())):
        if "$ref" in each:
            shape = each
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    if isinstance(told, dict) and "properties" in shape:
        yield from (name for name in told if name not in shape["properties"])
        for name in set(told) & set(shape["properties"]):
            yield from _undeclared(told[name], shape["properties"][name], schema)
    elif isinstance(told, list):
        for each in told:
            yield from _undeclared(each, shape.get("items", {}), schema)


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For all tests of this module, which only read, for to fill it takes long."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.begin()
        world.grow(2)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", world.ADDRESSES)
def test_what_anybody_is_told_is_what_the_schema_says(
    filled: None, client: Client, schema: dict[str, Any], address: str
) -> None:
    _check(client, schema, address)


@pytest.mark.parametrize("address", world.STAFFS)
def test_what_the_staff_is_told_is_what_the_schema_says(
    filled: None, staff: Client, schema: dict[str, Any], address: str
) -> None:
    _check(staff, schema, address)


def _check(client: Client, schema: dict[str, Any], address: str) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 200, answer.content
    shape = _shape_of(schema, address)
    jsonschema_rs.validate(shape | {"components": schema["components"]}, answer.json())
    assert not list(_undeclared(answer.json(), shape, schema))
    assert answer.json().get("results", True), "There is nothing to check."


def test_questions_do_not_grow_with_rows(filled: None, staff: Client) -> None:
    addresses = [*world.ADDRESSES, *world.STAFFS]
    few = {address: _questions(staff, address) for address in addresses}

    world.grow(8)

    many = {address: _questions(staff, address) for address in addresses}
    # A search of many steps ends sooner where there is more to find.
    assert {address: many[address] for address in addresses if many[address] > few[address]} == {}


def _questions(client: Client, address: str) -> int:
    for name in django_settings.CACHES:
        caches[name].clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(f"/api/v1/{address}", headers={"Accept-Language": "de"})
    assert answer.status_code == 200, answer.content
    return len(asked)


@pytest.mark.parametrize("address", world.STAFFS)
def test_the_staffs_own_is_nobody_elses(client: Client, address: str) -> None:
    assert client.get(f"/api/v1/{address}").status_code == 401

    client.force_login(make_user())

    assert client.get(f"/api/v1/{address}").status_code == 403
