"""Lists to test with."""

from typing import Any

from accounts.models import User
from catalog.models import Title
from lists import keeping, making
from lists.models import Collaborator, List
from tests.make import make_title


def make_list(owner: User, *titles: Title, **values: Any) -> List:
    values = {"name": "Rainy Sundays"} | values
    made = making.make(owner, **values)
    for title in titles:
        keeping.add(made, title, by=owner)
    return made


def make_smart_list(owner: User, query: str = "", **values: Any) -> List:
    values = {"name": "Smart", "kind": List.Kind.SMART, "of_kind": "movie"} | values
    return making.make(owner, query=query, **values)


def share(list_: List, member: User, role: str = "editor") -> Collaborator:
    return Collaborator.objects.create(list=list_, user=member, role=role)


def titles(number: int, **values: Any) -> list[Title]:
    return [make_title(**values) for _ in range(number)]


def names(list_: List) -> list[str]:
    """What is on it, in its order."""
    items = list_.items.accepted().in_order()
    return list(items.values_list("title__name", flat=True))
