"""How members hear of things: as usual, or as they have chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Choice, Kind, Mail, User


@dataclass(frozen=True)
class Way:
    is_on_site: bool
    mail: Mail

    def __bool__(self) -> bool:
        return self.is_on_site or self.mail != Mail.OFF


# What somebody waits for comes at once; what one would miss comes daily; all else is on the site.
USUAL: Mapping[Kind, Way] = {
    Kind.FOLLOW: Way(True, Mail.DAILY),
    Kind.REQUEST: Way(True, Mail.AT_ONCE),
    Kind.ACCEPTED: Way(True, Mail.OFF),
    Kind.LIKE: Way(True, Mail.OFF),
    Kind.COMMENT: Way(True, Mail.DAILY),
    Kind.MENTION: Way(True, Mail.DAILY),
    Kind.COLLABORATION: Way(True, Mail.AT_ONCE),
    Kind.EPISODE: Way(True, Mail.DAILY),
    Kind.STREAMING: Way(True, Mail.DAILY),
    Kind.MODERATION: Way(True, Mail.AT_ONCE),
    Kind.WEBHOOK: Way(True, Mail.AT_ONCE),
    Kind.SECURITY: Way(True, Mail.AT_ONCE),
}
# What happens to an account its member has to hear of.
FIXED = frozenset({Kind.SECURITY})


def way(user: User, kind: Kind) -> Way:
    if kind in FIXED:
        return USUAL[kind]
    chosen = user.choices.filter(kind=kind).first()
    return _way(chosen) if chosen else USUAL[kind]


def ways(user: User) -> dict[Kind, Way]:
    """Of every kind, in the order of the kinds."""
    chosen = {Kind(choice.kind): _way(choice) for choice in user.choices.all()}
    return {kind: USUAL[kind] if kind in FIXED else chosen.get(kind, USUAL[kind]) for kind in Kind}


@transaction.atomic
def choose(user: User, chosen: Mapping[Kind, Way]) -> None:
    """What is fixed stays as it is, whatever is chosen."""
    silent = [kind for kind, how in chosen.items() if how.mail == Mail.OFF and kind not in FIXED]
    # What waits for the next morning's mail is not to come after all.
    waiting = user.notifications.filter(kind__in=silent, mailed_at=None)
    waiting.exclude(mail=Mail.OFF).update(mail=Mail.OFF)
    Choice.objects.bulk_create(
        [
            Choice(user=user, kind=kind, is_on_site=how.is_on_site, mail=how.mail)
            for kind, how in chosen.items()
            if kind not in FIXED
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["is_on_site", "mail"],
    )


def stop_mail(user: User, *, kind: Kind | None = None, only: Mail | None = None) -> None:
    """Of the kind, or of all kinds; if `only` is said, of those that are mailed that way."""
    kinds = [kind] if kind else list(Kind)
    now = ways(user)
    stopped = {
        each: Way(now[each].is_on_site, Mail.OFF)
        for each in kinds
        if only is None or now[each].mail == only
    }
    choose(user, stopped)


def _way(choice: Choice) -> Way:
    return Way(choice.is_on_site, Mail(choice.mail))
