"""What a member wants and watches, as rows: plain functions."""

from typing import Any

from accounts.models import User
from catalog.models import Title
from lists.models import List, ListItem, Tracking


def want(member: User, *titles: Title, **values: Any) -> List:
    """On the member's watchlist."""
    held, _ = List.objects.get_or_create(
        owner=member, kind=List.Kind.WATCHLIST, defaults={"slug": "watchlist"}
    )
    for title in titles:
        values = {"position": held.items.count() + 1, "added_by": member} | values
        ListItem.objects.create(list=held, title=title, **values)
    return held


def track(member: User, show: Title, **values: Any) -> Tracking:
    """A show that the member is in the middle of."""
    return Tracking.objects.create(user=member, title=show, **{"seen": 1} | values)
