"""What a program may do for a member, and what people are told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = "read"
LISTS = "write:lists"
HISTORY = "write:history"
REVIEWS = "write:reviews"
PROFILE = "profile"

# In the order in which people read them.
TOLD: Mapping[str, str | Promise] = {
    READ: _("See what you see: your lists, history, ratings, reviews, feed and statistics"),
    LISTS: _("Change your watchlist, your favourites and your lists"),
    HISTORY: _("Write down what you watch, and take it back"),
    REVIEWS: _("Rate, review, comment and like in your name"),
    PROFILE: _(
        "Know and change who you are here: your name, picture and preferences, who sees you, and"
        " whom you follow, mute or block"
    ),
}
# What OpenID Connect asks for besides, for signing in elsewhere with an account of this site.
OPENID: Mapping[str, str | Promise] = {
    "openid": _("Know you again when you come back"),
    "email": _("Know your e-mail address"),
}
# Of apps; a personal token is for its member's own scripts, which know who they are.
ALL: Mapping[str, str | Promise] = {**TOLD, **OPENID}


@dataclass(frozen=True)
class Auth:
    """How a request was let in, as `request.auth` of the API has it; a session's is None."""

    # None is everything: what we have given out to clients of our own.
    scopes: frozenset[str] | None
    # Which key it was, for limits and logs; nothing that opens anything.
    label: str

    def allows(self, scope: str) -> bool:
        """What names no scope is for our own clients alone."""
        return self.scopes is None or (scope != "" and scope in self.scopes)


def known(names: Iterable[str]) -> list[str]:
    """Those there are, once each, in the order in which people read them."""
    given = set(names)
    return [name for name in ALL if name in given]


def told(names: Iterable[str]) -> list[str | Promise]:
    return [ALL[name] for name in known(names)]
