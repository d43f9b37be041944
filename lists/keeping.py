"""What is put on lists, and taken off them.

Whoever changes what is on a list holds the list first: of two who do it at once one waits, so that
no title is on it twice and no place is lost.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import records, undoing
from accounts.models import User
from catalog.models import Title
from cinehub.kit.own import own
from lists import heard
from lists.caring import care_for
from lists.models import Collaborator, List, ListItem
from lists.models.lists import ListItemQuerySet
from lists.own import parts

# More than anybody looks through, and what a database sorts at once.
MOST_ITEMS = 10_000
# So many titles' parts are sent anew with an answer; on a page there are hardly more.
MOST_TOLD = 60


class Full(Exception):
    """There is no room for another."""


class NotByHand(Exception):
    """What is on it a filter says."""


def watchlist(member: User) -> List:
    """Made on its first use."""
    return _own_one(member, List.Kind.WATCHLIST)


def favorites(member: User) -> List:
    return _own_one(member, List.Kind.FAVORITES)


@transaction.atomic
def add(list_: List, title: Title, *, by: User, note: str = "") -> ListItem:
    """At its end; whoever may only propose proposes it. One that is there is given as it is.

    Raises Full and NotByHand.
    """
    held = hold(list_)
    is_accepted = may_edit(held, by)
    there = held.items.filter(title=title).first()
    if there and is_accepted and not there.is_accepted:
        accept(there)
        there.is_accepted = True
    if there:
        return there
    make_room(held, 1)
    item = held.items.create(
        title=title,
        note=note,
        added_by=by,
        is_accepted=is_accepted,
        position=last_position(held) + 1 if is_accepted else 0,
    )
    if is_accepted:
        mark_changed(held)
        heard.of_list(held, added=[title.pk])
    else:
        tell_keepers(held)
    care_for(title)
    return item


@transaction.atomic
def put(list_: List, title: Title, *, by: User, note: str = "") -> tuple[ListItem, UUID | None]:
    """`add`, and the key of what takes it off again; none where it was there before."""
    is_new = not hold(list_).items.filter(title=title).exists()
    item = add(list_, title, by=by, note=note)
    data = {"list": list_.pk, "title": title.pk}
    return item, undoing.offer(by, "lists.added", data) if is_new else None


@transaction.atomic
def take_off(member: User, data: dict[str, Any]) -> list[str]:
    """Undoes `put`, as far as the list is still theirs to change."""
    lists = List.objects.open_to(member).filter(pk=data["list"])
    if not lists:
        return []
    held = hold(lists[0])
    added = theirs(held, member).filter(title=data["title"], added_by=member)
    was_on_it = added.accepted().exists()
    if added.delete()[0]:
        mark_changed(held)
    if was_on_it:
        heard.of_list(held, removed=[data["title"]])
    return told(held, [data["title"]])


@transaction.atomic
def remove(list_: List, titles: Collection[Title], *, by: User) -> UUID | None:
    """Together; the key of what puts them back where they were, if anything went.

    Whoever may only propose takes back what they have proposed, and nothing else.
    """
    held = hold(list_)
    items = theirs(held, by).filter(title__in=titles).in_order()
    kept = [_written(item) for item in items]
    if not kept:
        return None
    items.delete()
    mark_changed(held)
    if gone := _accepted(kept):
        heard.of_list(held, removed=gone)
    return undoing.offer(by, "lists.removed", {"list": held.pk, "items": kept})


@transaction.atomic
def put_back(member: User, data: dict[str, Any]) -> list[str]:
    """Undoes `remove`, as far as the list is still theirs to change."""
    lists = List.objects.open_to(member).filter(pk=data["list"])
    if not lists:
        return []
    held = hold(lists[0])
    present = set(held.items.values_list("title", flat=True))
    is_editor = may_edit(held, member)
    rows = [
        row
        for row in data["items"]
        if row["title"] not in present and (is_editor or not row["is_accepted"])
    ]
    members = set(User.objects.filter(pk__in=[r["by"] for r in rows]).values_list("pk", flat=True))
    ListItem.objects.bulk_create(_read(held, row, members) for row in rows)
    mark_changed(held)
    if back := _accepted(rows):
        heard.of_list(held, added=back)
    return told(held, [row["title"] for row in rows])


def told(list_: List, titles: Collection[int]) -> list[str]:
    """What of pages has changed with the list and these of its titles, by their keys."""
    shown = Title.objects.filter(pk__in=list(titles)[:MOST_TOLD]).order_by("pk")
    return [own("list", list_.pk), *(part for title in shown for part in parts(title))]


@transaction.atomic
def write_note(item: ListItem, note: str) -> None:
    ListItem.objects.filter(pk=item.pk).update(note=note)
    mark_changed(item.list)
    heard.of_list(item.list)


@transaction.atomic
def accept(item: ListItem) -> None:
    """What was proposed is on the list from now on, at its end."""
    held = hold(item.list)
    proposed = held.items.proposed().filter(pk=item.pk)
    if proposed.update(is_accepted=True, position=last_position(held) + 1):
        mark_changed(held)
        heard.of_list(held, added=[item.title_id])


@transaction.atomic
def decline(item: ListItem) -> None:
    held = hold(item.list)
    held.items.proposed().filter(pk=item.pk).delete()
    tell_keepers(held)


def hold(list_: List) -> List:
    """As it is now, until the transaction ends. Raises NotByHand; where it is gone, Http404."""
    held = get_object_or_404(List.objects.select_for_update(no_key=True), pk=list_.pk)
    if held.is_smart:
        raise NotByHand
    return held


def make_room(held: List, number: int) -> None:
    """Raises Full if there is none for so many more."""
    if held.items.count() + number > MOST_ITEMS:
        raise Full


def last_position(held: List) -> int:
    last: int | None = held.items.accepted().aggregate(last=Max("position"))["last"]
    return last or 0


def may_edit(list_: List, member: User) -> bool:
    editors = list_.collaborators.filter(role=Collaborator.Role.EDITOR)
    return list_.owner_id == member.pk or editors.filter(user=member).exists()


def theirs(list_: List, member: User) -> ListItemQuerySet:
    """What of it the member may take off: all, or what they have proposed."""
    items = ListItem.objects.filter(list=list_)
    return items if may_edit(list_, member) else items.proposed().filter(added_by=member)


def mark_changed(list_: List) -> None:
    List.objects.filter(pk=list_.pk).update(changed_at=timezone.now())
    records.touch(list_.owner_id)
    tell_keepers(list_)


def tell_keepers(list_: List) -> None:
    """All whose pages of titles say whether they are on it."""
    shared_with = list_.collaborators.order_by("pk").values_list("user", flat=True)
    records.refresh(list_.owner_id, *shared_with)


def _own_one(member: User, kind: List.Kind) -> List:
    """Of two who are first one makes it, and the other one finds it."""
    made, _is_new = List.objects.get_or_create(
        owner=member,
        kind=kind,
        defaults={
            "slug": kind.value,
            "name": kind.value,
            "visibility": member.default_audience,
        },
    )
    return made


def _accepted(rows: Iterable[dict[str, Any]]) -> list[int]:
    """The titles that are on the list by them, rather than proposed."""
    return [row["title"] for row in rows if row["is_accepted"]]


def _written(item: ListItem) -> dict[str, Any]:
    return {
        "title": item.title_id,
        "position": item.position,
        "note": item.note,
        "by": item.added_by_id,
        "at": item.added_at.isoformat(),
        "is_accepted": item.is_accepted,
    }


def _read(held: List, row: dict[str, Any], members: set[int]) -> ListItem:
    return ListItem(
        list=held,
        title_id=row["title"],
        position=row["position"],
        note=row["note"],
        added_by_id=row["by"] if row["by"] in members else None,
        added_at=datetime.fromisoformat(row["at"]),
        is_accepted=row["is_accepted"],
    )
