"""What titles are found by: their names in the search, their facets in discover."""

from collections.abc import Collection

from catalog.sync.facets import file_titles
from catalog.sync.names import name_titles


def index_titles(ids: Collection[int]) -> None:
    """After anything about them has changed, and in the same transaction."""
    name_titles(ids)
    file_titles(ids)
