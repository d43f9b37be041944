"""What is left of a member once they have left: nothing."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import avatars, records, sessions
from accounts.models import Invitation, Notification, User
from accounts.models.user import UserQuerySet
from cinehub.work.models import DeadLetter

log = logging.getLogger(__name__)

# What of a member's has to be seen to before their row goes.
Room = Callable[[User], None]

# Instead of a name in the admin's log, which says that something was done, and not to whom.
NOBODY = "—"


def due() -> list[int]:
    """The keys of those whose time is up."""
    return list(_gone().order_by("leaves_at", "pk").values_list("pk", flat=True))


def erase(pk: int, *, rooms: Iterable[Room] = ()) -> bool:
    """For good, if their time is up; whether somebody was erased.

    Rooms above see to what has to be right when their rows go with the member's.
    """
    member = _gone().filter(pk=pk).first()
    if member is None or _is_needed(member):
        return False
    # These and the files first: who is interrupted here begins anew, and finds whose they were.
    for see_to in rooms:
        see_to(member)
    avatars.clear(member)
    with transaction.atomic():
        held = _gone().select_for_update().filter(pk=pk).first()
        if held is None or _is_needed(held):
            return False
        _erase(held)
    return True


def _is_needed(member: User) -> bool:
    if member.is_last_admin():
        log.error("The last admin is not erased: nobody would be left who may do everything.")
        return True
    return False


def _gone() -> UserQuerySet:
    return User.objects.filter(leaves_at__lte=timezone.now())


def _erase(member: User) -> None:
    addresses = {member.email, *_addresses(member)} - {""}
    _silence_log(member, addresses)
    _drop_letters({member.username, member.name}, addresses)
    invited = Q(accepted_by=member)
    for address in addresses:
        invited |= Q(email__iexact=address)
    Invitation.objects.filter(invited).delete()
    sessions.end_others(member, but=None)
    told = Notification.objects.filter(actor=member).order_by("recipient")
    records.refresh(*told.values_list("recipient", flat=True).distinct())
    records.appear()
    # What hangs on the row goes with it.
    member.delete()


def _addresses(member: User) -> Iterator[str]:
    yield from EmailAddress.objects.filter(user=member).values_list("email", flat=True)


def _silence_log(member: User, addresses: set[str]) -> None:
    """What the admin's log says of them, and of what is theirs."""
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(member.pk))
    for address in addresses:
        about |= Q(object_repr__icontains=address) | Q(change_message__icontains=address)
    for relation in User._meta.related_objects:
        model = relation.related_model
        if admin.site.is_registered(model) and model is not LogEntry:
            rows = model._base_manager.filter(**{relation.field.name: member})
            keys = [str(key) for key in rows.values_list("pk", flat=True)]
            about |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    LogEntry.objects.filter(about).update(object_repr=NOBODY, change_message="")


def _drop_letters(names: set[str], addresses: set[str]) -> None:
    """Mails that could not be sent and tell of them, and errors that name where to."""
    told = Q(pk=None)
    for address in addresses:
        told |= Q(error__icontains=address) | Q(traceback__icontains=address)
    DeadLetter.objects.filter(told).delete()
    name = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)
    mails = DeadLetter.objects.filter(task="accounts.tasks.send_mail").only("arguments")
    about = [one.pk for one in mails.iterator() if name.search(one.arguments.get("subject", ""))]
    DeadLetter.objects.filter(pk__in=about).delete()
