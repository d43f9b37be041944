"""Errors told to Sentry: with the ids of the log, without what is anybody's own."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.transport import Transport

from cinehub.kit import sentry, tracing

DSN = "http://key@127.0.0.1:1/1"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What would be sent."""
    events: list[dict[str, Any]] = []
    init = sentry_sdk.init

    class Kept(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            events.append(envelope.get_event())

    monkeypatch.setattr(
        sentry_sdk,
        "init",
        lambda **options: init(**options, transport=Kept, default_integrations=False),
    )
    sentry.tell(DSN)
    yield events
    init()


def fail_with_a_secret() -> None:
    password = "nobodys-business"
    raise ValueError(len(password))


def test_an_error_bears_the_ids_of_its_request_and_task(told: list[dict[str, Any]]) -> None:
    tracing.begin(request_id="abc", task_id="one")

    sentry_sdk.capture_exception(ValueError("it broke"))

    assert told[0]["tags"] == {"request_id": "abc", "task_id": "one"}


def test_what_stood_in_variables_is_not_told(told: list[dict[str, Any]]) -> None:
    try:
        fail_with_a_secret()
    except ValueError as error:
        sentry_sdk.capture_exception(error)

    [exception] = told[0]["exception"]["values"]
    assert not any(frame.get("vars") for frame in exception["stacktrace"]["frames"])


def test_a_site_that_wants_sentry_and_lacks_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)

    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN is set, but sentry-sdk is not"):
        sentry.tell(DSN)
