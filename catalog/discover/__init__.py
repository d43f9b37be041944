"""Titles by every filter: one object, read from the query string, for page, fragment and API."""

from catalog.discover.between import changes_for
from catalog.discover.choices import Choices, Option, choices, sorts
from catalog.discover.discovering import Chip, Discover
from catalog.discover.paging import PER_PAGE, Count, Page, PageLink
from catalog.discover.terms import names
from catalog.discover.values import Span, Values

__all__ = [
    "PER_PAGE",
    "Chip",
    "Choices",
    "Count",
    "Discover",
    "Option",
    "Page",
    "PageLink",
    "Span",
    "Values",
    "changes_for",
    "choices",
    "names",
    "sorts",
]
