"""Lists are made, described, copied and deleted."""

from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import records
from accounts.models import User
from lists import heard
from lists.arranging import append
from lists.keeping import tell_keepers
from lists.models import List
from lists.models.lists import LONGEST_NAME, new_key

MOST_LISTS = 1_000
# What those lists have in their addresses that are made by themselves.
TAKEN = frozenset({List.Kind.WATCHLIST.value, List.Kind.FAVORITES.value})


class TooMany(Exception):
    """Nobody keeps so many lists."""


class OutOfSight(Exception):
    """It is a choice of a list that they may not see."""


@transaction.atomic
def make(owner: User, *, name: str, **values: Any) -> List:
    """With an address after its name. Raises TooMany."""
    # Of two that are made at once each has an address of its own.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if owner.lists.count() >= MOST_LISTS:
        raise TooMany
    made = List.objects.create(owner=owner, name=name, slug=_free_slug(owner, name), **values)
    records.touch(owner.pk)
    heard.of_list(made, "created")
    return made


@transaction.atomic
def describe(list_: List, **values: Any) -> None:
    """What it is called and whom it is for; its address stays, for others know it."""
    List.objects.filter(pk=list_.pk).update(**values, changed_at=timezone.now())
    for name, value in values.items():
        setattr(list_, name, value)
    records.touch(list_.owner_id)
    tell_keepers(list_)
    heard.of_list(list_)


def change_link(list_: List) -> None:
    """Whoever has the old one is shut out."""
    List.objects.filter(pk=list_.pk).update(key=new_key())


@transaction.atomic
def delete(list_: List) -> None:
    """With what is on it, and smart lists that are a choice of it."""
    owner = list_.owner_id
    heard.of_list(list_, "deleted")
    tell_keepers(list_)
    list_.delete()
    records.touch(owner)


@transaction.atomic
def clone(list_: List, *, by: User) -> List:
    """One's own, with the same titles, for whom one's additions are for.

    What somebody else has noted on theirs stays there; so does what waits for an answer. Raises
    TooMany and OutOfSight.
    """
    source = list_.source_id
    if source and not List.objects.visible_to(by).filter(pk=source).exists():
        raise OutOfSight
    values = {name: getattr(list_, name) for name in ("description", "is_ranked", "cover")}
    if list_.is_smart:
        values |= {name: getattr(list_, name) for name in ("query", "of_kind", "scope", "source")}
        values["kind"] = List.Kind.SMART
    made = make(by, name=list_.shown_name, visibility=by.default_audience, **values)
    if not list_.is_smart:
        items = list(list_.items.accepted().in_order())
        if list_.owner_id != by.pk:
            for item in items:
                item.note = ""
        append(made, items, by=by)
    return made


def _free_slug(owner: User, name: str) -> str:
    # Room for a number after it.
    slug = slugify(name)[: LONGEST_NAME - 8] or "list"
    taken = set(owner.lists.filter(slug__startswith=slug).values_list("slug", flat=True)) | TAKEN
    tries = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
    return next(free for free in tries if free not in taken)
