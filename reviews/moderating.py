"""What moderators do about what members say: hide it, show it again, leave it as it is.

Whoever decides holds what it is about, so that of two moderators one decides and the other one is
told so. Each decision stays, with who decided and why; nothing here changes or deletes one.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.models import Kind, User
from accounts.notifying import notify
from reviews import commenting, reporting, writing
from reviews.models import Comment, Decision, Review
from reviews.models.reports import Reason
from reviews.reporting import OwnWords, Said

# The permission of those who decide.
MAY_DECIDE = "reviews.decide_report"

SAY_WHY = _("Say why it is to be hidden.")

Deed = Decision.Deed
Words = str | Promise


class Decided(Exception):
    """It is like that already: somebody else was quicker."""


@transaction.atomic
def hide(said: Said, *, by: User, reason: str, text: str = "") -> Decision:
    """From all but its author, who is told why, and the staff. Raises Decided and OwnWords."""
    _hold(said, by)
    if said.hidden_at:
        raise Decided
    said.hidden_at = timezone.now()
    return _decide(said, Deed.HIDDEN, by=by, reason=reason, text=text)


@transaction.atomic
def restore(said: Said, *, by: User, reason: str = "", text: str = "") -> Decision:
    """Raises Decided and OwnWords."""
    _hold(said, by)
    if not said.hidden_at:
        raise Decided
    said.hidden_at = None
    return _decide(said, Deed.RESTORED, by=by, reason=reason, text=text)


@transaction.atomic
def dismiss(said: Said, *, by: User, reason: str = "", text: str = "") -> Decision:
    """What was reported is no reason to hide it. Raises Decided and OwnWords."""
    _hold(said, by)
    if not reporting.settle(said):
        raise Decided
    return _written_down(said, Deed.DISMISSED, by=by, reason=reason, text=text)


DEEDS: dict[str, Callable[..., Decision]] = {
    Deed.HIDDEN: hide,
    Deed.RESTORED: restore,
    Deed.DISMISSED: dismiss,
}


def needs_reason(deed: object) -> bool:
    """Nothing is taken from sight without one."""
    return deed == Deed.HIDDEN


def explain(author: User) -> dict[tuple[str, int], Decision]:
    """Why what they wrote was hidden, by what it is and its key: what was decided last."""
    found = author.decisions_about.filter(deed=Deed.HIDDEN).order_by("decided_at", "pk")
    return {
        ("review", one.review_id) if one.review_id else ("comment", one.comment_id or 0): one
        for one in found
    }


def _hold(said: Said, by: User) -> None:
    """As it is now, until the transaction ends; the review first, as whoever comments does."""
    if said.author_id == by.pk:
        raise OwnWords
    if isinstance(said, Comment):
        writing.hold(said.review)
        said.hidden_at = commenting.hold(said).hidden_at
    else:
        said.hidden_at = writing.hold(said).hidden_at


def _decide(said: Said, deed: Deed, *, by: User, reason: str, text: str) -> Decision:
    """Of what was changed: it is told to whom it concerns."""
    said.save(update_fields=["hidden_at"])
    reporting.settle(said)
    if isinstance(said, Comment):
        commenting.recount(said.review)
        records.touch(said.author_id)
    else:
        writing.tell_of(said.author, said.title)
    decision = _written_down(said, deed, by=by, reason=reason, text=text)
    _tell(said, decision)
    return decision


def _written_down(said: Said, deed: Deed, *, by: User, reason: str, text: str) -> Decision:
    about = reporting.of(said) | {"author": said.author}
    return Decision.objects.create(moderator=by, deed=deed, reason=reason, text=text, **about)


def _tell(said: Said, decision: Decision) -> None:
    """The author; not who has decided, so that nobody has to answer for it in person."""
    notify(
        recipient=said.author,
        actor=None,
        kind=Kind.MODERATION,
        text=_words(said, decision),
        url=said.get_absolute_url(),
    )


def _words(said: Said, decision: Decision) -> Words:
    is_review = isinstance(said, Review)
    title = said.title if isinstance(said, Review) else said.review.title
    tell = partial(format_lazy, title=title.name, reason=why(decision))
    if decision.deed == Deed.HIDDEN:
        if is_review:
            return tell(_("Moderators have hidden your review of {title}: {reason}."))
        return tell(_("Moderators have hidden your comment on a review of {title}: {reason}."))
    if is_review:
        return tell(_("Your review of {title} can be seen again."))
    return tell(_("Your comment on a review of {title} can be seen again."))


def why(decision: Decision) -> Words:
    """The reason, and what the moderator has said besides."""
    reason = Reason(decision.reason).label if decision.reason else ""
    if reason and decision.text:
        return format_lazy(_("{reason} ({words})"), reason=reason, words=decision.text)
    return reason or decision.text
