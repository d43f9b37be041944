"""The order of a list, and what goes from one list to another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import undoing
from accounts.models import User
from catalog.models import Title
from lists import heard
from lists.caring import care_for
from lists.keeping import (
    accept,
    hold,
    last_position,
    make_room,
    mark_changed,
    may_edit,
    put_back,
    remove,
    theirs,
    told,
)
from lists.models import List, ListItem

AT_ONCE = 500
# So many gaps are closed one by one.
FEW = 20


class Transferred(NamedTuple):
    """How many of the titles were not there before, and the key of what takes it all back."""

    number: int
    undo: UUID


class Added(NamedTuple):
    """What is new on a list, and the key of what takes it off again."""

    items: list[ListItem]
    undo: UUID | None = None


@transaction.atomic
def add_all(list_: List, notes: Mapping[Title, str], *, by: User) -> Added:
    """At its end, in this order, what is not there yet; each with a note, which may be empty.

    What waited for an answer is taken by who may give it. Raises Full and NotByHand.
    """
    held = hold(list_)
    there = {item.title_id: item for item in held.items.filter(title__in=notes)}
    waiting = [item for item in there.values() if not item.is_accepted]
    accepted = waiting if may_edit(held, by) else []
    for item in accepted:
        accept(item)
    new = [title for title in notes if title.pk not in there]
    if not new:
        return Added(accepted)
    append(held, [ListItem(list=held, title=title, note=notes[title]) for title in new], by=by)
    for title in new:
        care_for(title)
    data = {"to": held.pk, "titles": [title.pk for title in new]}
    added = held.items.filter(title__in=new)
    return Added([*accepted, *added], undoing.offer(by, "lists.transferred", data))


@transaction.atomic
def arrange(list_: List, keys: Sequence[int]) -> None:
    """In the order of these keys; what is not named comes after, in the order that it had."""
    held = hold(list_)
    before = list(held.items.accepted().in_order().values_list("pk", "position"))
    wanted = {key: place for place, key in enumerate(keys)}
    in_order = sorted(before, key=lambda row: wanted.get(row[0], len(wanted)))
    moved = [
        ListItem(pk=pk, position=place)
        for place, (pk, there) in enumerate(in_order, 1)
        if there != place
    ]
    ListItem.objects.bulk_update(moved, ["position"], batch_size=AT_ONCE)
    if moved:
        mark_changed(held)
        heard.of_list(held)


@transaction.atomic
def move(item: ListItem, to: int) -> None:
    """To the place that is counted so, from 1; beyond the last is the last."""
    held = hold(item.list)
    places = _numbered(held)
    there = places.get(item.pk)
    to = max(1, min(to, len(places)))
    if there is None or there == to:
        return
    between = held.items.accepted().exclude(pk=item.pk)
    if there < to:
        between.filter(position__gt=there, position__lte=to).update(position=F("position") - 1)
    else:
        between.filter(position__gte=to, position__lt=there).update(position=F("position") + 1)
    held.items.filter(pk=item.pk).update(position=to)
    mark_changed(held)
    heard.of_list(held)


def step(item: ListItem, by: int) -> None:
    """So many places down the list; a negative number is up."""
    with transaction.atomic():
        place = _numbered(hold(item.list)).get(item.pk)
        if place is not None:
            move(item, place + by)


@transaction.atomic
def transfer(
    list_: List, titles: Collection[Title], to: List, *, by: User, stay: bool
) -> Transferred:
    """Copies them to the end of the other list; takes them off unless they stay.

    Their notes go along with who may edit them. Raises Full and NotByHand.
    """
    target = next(held for held in _hold((list_, to)) if held.pk == to.pk)
    items = list_.items.accepted().in_order().filter(title__in=titles)
    there = set(target.items.values_list("title", flat=True))
    added = [item for item in items if item.title_id not in there]
    if not may_edit(list_, by):
        for item in added:
            item.note = ""
    append(target, added, by=by)
    data: dict[str, Any] = {"to": to.pk, "titles": [item.title_id for item in added]}
    if not stay and (removed := remove(list_, titles, by=by)):
        data["removed"] = str(removed)
    return Transferred(len(added), undoing.offer(by, "lists.transferred", data))


@transaction.atomic
def take_back(member: User, data: dict[str, Any]) -> list[str]:
    """Undoes `transfer`, as far as the lists are still theirs to change."""
    removed = undoing.take(member, UUID(data["removed"])) if "removed" in data else None
    keys = [data["to"], *([removed.data["list"]] if removed else [])]
    changed: list[str] = []
    for held in _hold(List.objects.open_to(member).filter(pk__in=keys)):
        if held.pk == data["to"]:
            added = theirs(held, member).filter(title__in=data["titles"], added_by=member)
            gone = list(added.accepted().in_order().values_list("title", flat=True))
            added.delete()
            mark_changed(held)
            if gone:
                heard.of_list(held, removed=gone)
            changed += told(held, data["titles"])
    return changed + (put_back(member, removed.data) if removed else [])


def append(held: List, items: Collection[ListItem], *, by: User) -> None:
    """Copies of these, none of which is on the list, at its end. Raises Full."""
    make_room(held, len(items))
    is_accepted = may_edit(held, by)
    last = last_position(held)
    ListItem.objects.bulk_create(
        (
            ListItem(
                list=held,
                title_id=item.title_id,
                note=item.note,
                added_by=by,
                is_accepted=is_accepted,
                position=last + n if is_accepted else 0,
            )
            for n, item in enumerate(items, 1)
        ),
        batch_size=AT_ONCE,
    )
    mark_changed(held)
    if items and is_accepted:
        heard.of_list(held, added=[item.title_id for item in items])


def _hold(lists: Iterable[List]) -> list[List]:
    """Always in the same order, so that nobody waits for ever."""
    return [hold(each) for each in sorted(lists, key=lambda each: each.pk)]


def _numbered(held: List) -> dict[int, int]:
    """The place of every item, by its key; what was taken off has left gaps, which are closed."""
    found = list(held.items.accepted().in_order().values_list("pk", "position"))
    places = {pk: place for place, (pk, _position) in enumerate(found, 1)}
    runs = [list(run) for _by, run in groupby(found, lambda row: row[1] - places[row[0]])]
    # A gap is closed by what is below it; where many are, or two have one place, row by row.
    are_shared = len({there for _pk, there in found}) < len(found)
    if are_shared or len(runs) > FEW:
        moved = [ListItem(pk=pk, position=places[pk]) for pk, there in found if there != places[pk]]
        ListItem.objects.bulk_update(moved, ["position"], batch_size=AT_ONCE)
        return places
    for run in runs:
        (first, there), (_last, end) = run[0], run[-1]
        if gap := there - places[first]:
            below = held.items.accepted().filter(position__gte=there, position__lte=end)
            below.update(position=F("position") - gap)
    return places
