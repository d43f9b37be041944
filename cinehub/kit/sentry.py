"""Errors told to Sentry, where an operator wants that."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cinehub.kit import tracing


def tell(dsn: str) -> None:
    try:
        sentry_sdk = import_module("sentry_sdk")
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but sentry-sdk is not installed (the extra `sentry`)."
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        before_send=named,
        # Neither who it was nor what they sent; and what stood in variables may be a secret.
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
    )


def named(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """With the ids that its lines in the log have."""
    event.setdefault("tags", {}).update(tracing.facts())
    return event
