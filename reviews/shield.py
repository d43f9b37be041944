"""What tells more than its reader may want to know is folded, and says why."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.models import Review

# Season, number, and whether all that has aired was watched; by the keys of shows.
Reached = Mapping[int, tuple[int, int, bool]]


def reason(review: Review, reader: User | AnonymousUser, reached: Reached, *, is_show: bool) -> str:
    """Why it is folded, in a sentence; empty if it is not. Nobody's own words are."""
    if review.author_id == reader.pk:
        return ""
    if review.has_spoilers:
        return _("This review tells the plot.")
    if not is_show or not getattr(reader, "spoiler_shield", False):
        return ""
    return _beyond(review, reached.get(review.title_id, (0, 0, False)))


def _beyond(review: Review, place: tuple[int, int, bool]) -> str:
    """One that does not say how far it goes is of all there is."""
    season, number, is_all = place
    if is_all:
        return ""
    if review.covers is None:
        return _("This review may be about episodes that you have not seen yet.")
    last = review.covers.season.number, review.covers.number
    if last <= (season, number):
        return ""
    told = {"season": last[0], "episode": last[1]}
    return (
        _("This review goes as far as S%(season)dE%(episode)d. You have not got there yet.") % told
    )
