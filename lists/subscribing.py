"""The address at which a member's own programs read their calendar."""

from accounts.models import User
from lists.models import CalendarLink
from lists.models.calendars import new_key


def open_link(member: User) -> CalendarLink:
    """A new one; the one that there was leads nowhere from now on."""
    return CalendarLink.objects.update_or_create(user=member, defaults={"key": new_key()})[0]


def close_link(member: User) -> None:
    CalendarLink.objects.filter(user=member).delete()
