"""Undo, of what was said to be watched; each gives the parts of pages that have changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language

from accounts.models import User
from catalog.models import Title
from lists import heard
from lists.models import State, Viewing
from lists.own import row_parts, viewing_parts
from lists.watching import open_log

Row = Mapping[str, Any]


@transaction.atomic
def unmark(member: User, data: dict[str, Any]) -> list[str]:
    """What was marked in one go was not watched, and the show is as they had said."""
    title = _title(data["title"])
    log = open_log(member, title)
    batch = Viewing.objects.filter(user=member, title=title, batch=data["batch"])
    gone = list(batch.order_by("pk"))
    batch.delete()
    if log.tracking and log.tracking.state == State.NONE:
        log.tracking.state = data["state"]
    log.close()
    heard.of_viewings(member, title, "deleted", gone)
    return viewing_parts(title, [viewing.episode_id for viewing in gone])


@transaction.atomic
def bring_back(member: User, data: dict[str, Any]) -> list[str]:
    """What was taken out of the history is there again; all of it was of one title."""
    rows: list[Row] = data["rows"]
    title = _title(rows[0]["title_id"])
    log = open_log(member, title)
    # Whoever has marked it anew meanwhile has it twice, as they have seen it.
    back = [_viewing(member, row) for row in rows]
    Viewing.objects.bulk_create(back, ignore_conflicts=True)
    log.close()
    heard.of_viewings(member, title, "created", back)
    episodes = [row["episode_id"] for row in rows]
    return [*viewing_parts(title, episodes), *row_parts(row["pk"] for row in rows)]


@transaction.atomic
def unsay(member: User, data: dict[str, Any]) -> list[str]:
    title = _title(data["title"])
    log = open_log(member, title)
    if log.tracking:
        log.tracking.state, log.tracking.rewatch = data["state"], data["rewatch"]
    log.close()
    return viewing_parts(title, [])


def _title(pk: int) -> Title:
    return Title.objects.in_language(get_language() or "").get(pk=pk)


def _viewing(member: User, row: Row) -> Viewing:
    return Viewing(
        user=member,
        **{
            **row,
            "watched_at": parse_datetime(row["watched_at"]),
            "created_at": parse_datetime(row["created_at"]),
            "watched_on": parse_date(row["watched_on"]) if row["watched_on"] else None,
            "changed_at": timezone.now(),
        },
    )
