"""How asking TMDB can fail."""


class TMDBError(Exception):
    """TMDB was asked and there is nothing to use."""


class NotFound(TMDBError):
    """TMDB has no such thing (any more)."""


class Busy(TMDBError):
    """TMDB is down, slow or over its limit: another time."""


class Refused(TMDBError):
    """TMDB does not accept the key or the question: asking again won't help."""


class Garbled(TMDBError):
    """TMDB answered with something that is not what was asked for."""
