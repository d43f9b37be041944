"""Whose work this is: the request, and the task it queued, that lines of the log are about."""

import re
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

REQUEST_ID = "request_id"

_facts: ContextVar[Mapping[str, str]] = ContextVar("facts", default=MappingProxyType({}))
# What a proxy or a client may call a request by: nothing that could forge a line of the log.
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def facts() -> Mapping[str, str]:
    """What is known of the work under way: `request_id`, `task_id`, `task`."""
    return _facts.get()


def request_id() -> str:
    return facts().get(REQUEST_ID, "")


def sane_id(told: str) -> str:
    """The id somebody gave, if it is one; or else a new one."""
    return told if _SANE.fullmatch(told) else uuid.uuid4().hex


def begin(**known: str) -> None:
    """From here on, until this thread begins something else, it is about this."""
    _facts.set(known)
