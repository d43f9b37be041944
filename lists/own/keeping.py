"""On a title's page, which of a member's lists it is on; on a list's page, what is on it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from cinehub.kit.addresses import Ref, address
from cinehub.kit.own import Told
from cinehub.kit.web import reader
from cinehub.kit.written import Given, Somebody, WrittenRows
from lists.models import List, ListItem
from lists.shown import Shown

# So many of the lists that changed last stand in the menu; a page has them all.
AT_HAND = 8
OWN = (List.Kind.WATCHLIST, List.Kind.FAVORITES)


class AtHand(NamedTuple):
    """One of the lists in the menu."""

    pk: int
    name: str


def title(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `keep`."""
    if not request.user.is_authenticated:
        return [_keep(request, told, [], set()) for told in asked]
    lists, on = _lists(request.user, [int(told[0]) for told in asked])
    return [_keep(request, told, lists, on.get(int(told[0]), set())) for told in asked]


def contents(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `list`: what is on it, as its page shows it just now."""
    path, query = _here(request)
    lists = List.objects.visible_to(request.user).select_related("owner")
    found = {str(each.pk): each for each in lists.filter(pk__in=[int(pk) for (pk,) in asked])}
    return [_contents(request, found.get(pk), path, query) for (pk,) in asked]


def _here(request: HttpRequest) -> tuple[str, str]:
    """Where the reader is, as the browser says; what is no address says nothing."""
    try:
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return "", ""
    return here.path, here.query


def _contents(request: HttpRequest, list_: List | None, path: str, query: str) -> str:
    """Nothing where it is not looked at."""
    if list_ is None or path not in (list_.get_absolute_url(), *_pages(list_)):
        return ""
    shown = Shown(list_, request.user, QueryDict(query), reader(request), path)
    return render_to_string("lists/_answer.html", {"shown": shown, "list": list_}, request)


def _pages(list_: List) -> list[str]:
    """Those that one's watchlist and favourites have besides."""
    names = {List.Kind.WATCHLIST: "my-watchlist", List.Kind.FAVORITES: "my-favorites"}
    return [reverse(f"lists:{name}") for kind, name in names.items() if list_.kind == kind]


def _lists(member: User, titles: Sequence[int]) -> tuple[list[AtHand], dict[int, set[str]]]:
    """Those at hand; and on which of them, by its key, or of the two by its kind, each title is."""
    asked = {"member": member.pk, "titles": list(titles)}
    at_hand = [AtHand(*row) for row in _at_hand(is_staff=member.is_staff).ask(**asked)]
    found: dict[int, set[str]] = {}
    for pk, list_, kind in ON.ask(**asked, lists=[each.pk for each in at_hand]):
        found.setdefault(pk, set()).add(kind if kind in OWN else str(list_))
    return at_hand, found


@cache
def _at_hand(*, is_staff: bool) -> WrittenRows:
    """Whom the staff reaches is another question."""

    def rows() -> QuerySet[Any, Any]:
        lists = List.objects.open_to(Somebody("member", is_staff=is_staff))  # type: ignore[arg-type]
        on = ListItem.objects.filter(list=OuterRef("pk"), title__pk__among=Given("titles"))
        in_order = (Exists(on).desc(), "-changed_at", "-pk")
        custom = lists.filter(kind=List.Kind.CUSTOM).order_by(*in_order)
        return custom.values_list("pk", "name")[:AT_HAND]

    return WrittenRows(rows)


def _on() -> QuerySet[Any, Any]:
    own = Q(list__owner=Given("member"), list__kind__in=OWN)
    items = ListItem.objects.filter(own | Q(list__pk__among=Given("lists")))
    items = items.filter(title__pk__among=Given("titles")).order_by("pk")
    return items.values_list("title", "list", "list__kind")


ON = WrittenRows(_on)


def _keep(request: HttpRequest, told: Told, lists: list[AtHand], on: set[str]) -> str:
    pk, kind, tmdb_id, slug, name = told
    ref = Ref(int(tmdb_id), slug)
    context = {
        "pk": pk,
        "kind": kind,
        "ref": ref,
        "name": name,
        "address": address("title", ref, kind),
        "lists": [(each, str(each.pk) in on) for each in lists],
        "is_wanted": List.Kind.WATCHLIST in on,
        "is_favorite": List.Kind.FAVORITES in on,
    }
    return render_to_string("lists/_keep.html", context, request)
