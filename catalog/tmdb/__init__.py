"""Everything CineHub knows about talking to TMDB: plain Python and requests."""

from catalog.tmdb.client import TMDB
from catalog.tmdb.errors import Busy, Garbled, NotFound, Refused, TMDBError

__all__ = ["TMDB", "Busy", "Garbled", "NotFound", "Refused", "TMDBError"]
