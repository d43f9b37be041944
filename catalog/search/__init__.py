"""Finding titles, people and collections by name, however it is typed."""

from catalog.search.query import Match, Query

__all__ = ["Match", "Query"]
