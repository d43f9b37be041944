"""The machinery of the API: it knows neither films nor people."""

from cinehub.kit.api.endpoints import Endpoint, Who
from cinehub.kit.api.nowhere import NotHere
from cinehub.kit.api.paging import after, cursor_of
from cinehub.kit.api.problems import Problem
from cinehub.kit.api.schema import cursored, listed, paged
from cinehub.kit.api.shapes import Sparse

__all__ = [
    "Endpoint",
    "NotHere",
    "Problem",
    "Sparse",
    "Who",
    "after",
    "cursor_of",
    "cursored",
    "listed",
    "paged",
]
