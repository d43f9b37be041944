"""Readers come first, also before whoever is writing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.make import make_title


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("details_at", [None, datetime(2020, 1, 1, tzinfo=UTC)])
def test_a_database_that_takes_no_writes_keeps_no_page_from_being_read(
    client: Client, details_at: datetime | None
) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    title = make_title(name="Still here", details_at=details_at, refresh_at=past)

    def locked(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with connection.execute_wrapper(locked):
        response = client.get(title.get_absolute_url())

    assert response.status_code == 200
    assert "Still here" in response.content.decode()
