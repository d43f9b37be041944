"""Everything CineHub knows about talking to TMDB: plain Python and requests."""

from catalog.tmdb.client import TMDB
from catalog.tmdb.errors import (
    Busy,
    Crowded,
    Down,
    Garbled,
    NotFound,
    Refused,
    Spent,
    TMDBError,
    Unanswered,
)
from catalog.tmdb.lanes import Lane

__all__ = [
    "TMDB",
    "Busy",
    "Crowded",
    "Down",
    "Garbled",
    "Lane",
    "NotFound",
    "Refused",
    "Spent",
    "TMDBError",
    "Unanswered",
]
