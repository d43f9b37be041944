"""What the staff does to members. Each act leaves a line in the log that says who it was."""

from collections.abc import Collection, Iterable

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import avatars, ranks, records, sessions
from accounts.models import Kind, User
from accounts.notifying import notify


@transaction.atomic
def deactivate(members: Collection[User], *, by: User) -> int:
    """They can't sign in, and nobody sees them, until somebody thinks better of it."""
    done = _set_active(members, False, by)
    note(done, gettext_noop("Deactivated"), by=by)
    _end_sessions(done)
    return len(done)


@transaction.atomic
def reactivate(members: Collection[User], *, by: User) -> int:
    done = _set_active(members, True, by)
    note(done, gettext_noop("Reactivated"), by=by)
    return len(done)


@transaction.atomic
def end_sessions(members: Collection[User], *, by: User) -> int:
    """They have to sign in again, wherever they were."""
    done = _beneath(members, by)
    note(done, gettext_noop("Sessions ended"), by=by)
    _end_sessions(done)
    return len(done)


@transaction.atomic
def remove_pictures(members: Collection[User], *, by: User) -> int:
    done = [member for member in _beneath(members, by) if member.avatar]
    for member in done:
        avatars.clear(member)
    note(done, gettext_noop("Picture removed"), by=by)
    return len(done)


@transaction.atomic
def remove_second_factors(members: Collection[User], *, by: User) -> int:
    """For who has lost them all: the password is enough again, and the member hears of it."""
    factors = Authenticator.objects.filter(user__in=_beneath(members, by))
    owners = list(User.objects.filter(pk__in=factors.values("user")).order_by("pk"))
    factors.delete()
    note(owners, gettext_noop("Second factors removed"), by=by)
    for member in owners:
        notify(
            recipient=member,
            actor=None,
            kind=Kind.SECURITY,
            text=_("An admin has removed your second factors and passkeys."),
            url=reverse("mfa_index"),
        )
    return len(owners)


def tell_of_password(member: User) -> None:
    """It was set by somebody else: its owner is to know."""
    notify(
        recipient=member,
        actor=None,
        kind=Kind.SECURITY,
        text=_("An admin has set a new password for your account."),
        url=reverse("account_change_password"),
    )


@transaction.atomic
def give_roles(member: User, roles: Iterable[Group], *, by: User) -> None:
    """Of those that an admin may give, exactly these; who has none is no staff."""
    if not ranks.is_beneath(member, by):
        return
    may, wanted = set(ranks.given()), set(roles)
    member.groups.remove(*may - wanted)
    member.groups.add(*may & wanted)
    member.is_staff = member.groups.exists() or member.user_permissions.exists()
    member.save(update_fields=["is_staff"])


def note(members: Collection[User], said: str, *, by: User) -> None:
    """Into the log, in English: whoever reads it reads it in their own language."""
    if members:
        LogEntry.objects.log_actions(by.pk, members, CHANGE, said)


def _set_active(members: Collection[User], is_active: bool, by: User) -> list[User]:
    chosen = [member for member in _beneath(members, by) if member.is_active != is_active]
    User.objects.filter(pk__in=[member.pk for member in chosen]).update(is_active=is_active)
    records.appear()
    return chosen


def _beneath(members: Collection[User], actor: User) -> list[User]:
    """In one order, so that two who deal with the same members wait instead of failing."""
    chosen = ranks.beneath(actor).filter(pk__in=[member.pk for member in members]).order_by("pk")
    return list(chosen.select_for_update(no_key=True, of=("self",)))


def _end_sessions(members: Collection[User]) -> None:
    for member in members:
        sessions.end_others(member, but=None)
