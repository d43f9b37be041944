from collections.abc import Callable, Sequence
from typing import TypeVar

from catalog.tmdb.sample.asking import Ask, Json

PER_PAGE = 20

Listed = TypeVar("Listed")


def page(ask: Ask, found: Sequence[Listed], tell: Callable[[Listed], Json]) -> Json:
    """The asked page; only what stands on it is put into words."""
    start = (ask.page - 1) * PER_PAGE
    return {
        "page": ask.page,
        "results": [tell(record) for record in found[start : start + PER_PAGE]],
        "total_pages": max(1, -(-len(found) // PER_PAGE)),
        "total_results": len(found),
    }
