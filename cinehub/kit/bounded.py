"""Work that a page waits for, but not longer than it can afford."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="bounded")


def within(seconds: float, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The call's result, or TimeoutError once the time is up, whatever it is stuck in.

    It runs in another thread, so it must not touch the database, whose connections are one's own.
    """
    # With what the log is told about the caller's work.
    context = copy_context()
    future = _pool.submit(lambda: context.run(call, *args, **kwargs))
    try:
        return future.result(timeout=seconds)
    finally:
        future.cancel()
