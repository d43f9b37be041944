"""Finding titles, people and collections by name, however it is typed."""

from catalog.search.query import Query
from catalog.search.ranking import Match

__all__ = ["Match", "Query"]
