"""How asking TMDB can fail."""


class TMDBError(Exception):
    """TMDB was asked and there is nothing to use."""


class NotFound(TMDBError):
    """TMDB has no such thing (any more)."""


class Busy(TMDBError):
    """TMDB is down, slow or over its limit: another time."""


class Unanswered(Busy):
    """TMDB was asked this, again and again, and did not answer."""


class Down(Busy):
    """TMDB has not answered anybody for a while: it is not asked before it was probed."""


class Crowded(Busy):
    """More readers at once than TMDB may be asked for. It is up, and the next one may be lucky."""


class Spent(Busy):
    """Of the day's requests none is left for something so little urgent."""


class Refused(TMDBError):
    """TMDB does not accept the key or the question: asking again won't help."""


class Garbled(TMDBError):
    """TMDB answered with something that is not what was asked for."""
