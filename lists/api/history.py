"""What members have watched: their history, the last first."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import HISTORY
from catalog.api.titles import EXPANDS, titles_of
from cinehub.kit.api import Endpoint, Problem, after, cursored
from cinehub.kit.places import place, place_of
from lists import recording, watching
from lists.api import finding
from lists.api.asking import HistoryFilters, read
from lists.api.moments import (
    ErasedViewings,
    NewViewing,
    NewViewings,
    OwnViewing,
    PublicViewing,
    RecordedViewings,
    ViewingChanges,
    ViewingKeys,
    when_of,
)
from lists.api.shapes import Undoable
from lists.history import Asked, placed
from lists.models import Precision, Viewing
from lists.models.viewings import ViewingQuerySet
from lists.recording import Entry, Outcome
from lists.watching import NotAired, When

ONE_OR_MANY = PolymorphicProxySerializer(
    component_name="OneOrManyNewViewings",
    serializers=[NewViewing, NewViewings],
    resource_type_field_name=None,
)


class Telling(Endpoint):
    """Tells of viewings."""

    writes = HISTORY
    limit = "history"
    expands = EXPANDS

    def part_of(self, viewings: ViewingQuerySet, shape: type[PublicViewing]) -> Response:
        """What is asked for of a history, and where the rest of it begins."""
        found = asked_of(self.request).of(_narrowed(self.request, viewings))
        size = self.asked_after["page_size"]
        last = after(place_of, self.asked_after["cursor"])
        rows = placed(found.before(*last) if last else found).newest()[: size + 1]
        shown = self.told(list(rows))
        rest = place(shown[size - 1].watched_at, shown[size - 1].pk) if shown[size:] else None
        return self.cursor_page(shown[:size], shape, following=rest)

    def told(self, viewings: list[Viewing]) -> list[Viewing]:
        titles = titles_of(self, [viewing.title_id for viewing in viewings])
        for viewing in viewings:
            viewing.title = titles[viewing.title_id]
        return viewings

    def show_viewing(self, pk: int, status: int = 200, **headers: str) -> Response:
        (viewing,) = self.told([_own(self.request, pk)])
        changed = http_date(viewing.changed_at.timestamp())
        return self.show(viewing, OwnViewing, status, Last_Modified=changed, **headers)


class History(Telling):
    @extend_schema(
        summary="Your history", parameters=[HistoryFilters], responses=cursored(OwnViewing)
    )
    def get(self, request: Request) -> Response:
        return self.part_of(Viewing.objects.filter(user=request.user), OwnViewing)

    @extend_schema(
        summary="Write down what you have watched, one thing or many",
        request=ONE_OR_MANY,
        responses={200: RecordedViewings, 201: OwnViewing},
    )
    def post(self, request: Request) -> Response:
        if isinstance(request.data, dict) and "items" in request.data:
            items = self.read(NewViewings)["items"]
            return self.show(self._record(items), RecordedViewings)
        told = self.read(NewViewing)
        title = finding.watched_title(self, told["media_type"], told["id"])
        numbers = told["season_number"], told["episode_number"]
        episode = None if title.is_movie else finding.episode(title, *numbers)
        entry = Entry(title, episode, when_of(told, request.user), told["note"])
        (done,) = recording.record(request.user, [entry])
        if done.outcome is Outcome.NOT_AIRED:
            raise not_aired()
        if done.viewing is None:
            raise Problem(409, "duplicate", _("It is in your history, at the same moment."))
        where = f"/api/v1/history/{done.viewing.pk}/"
        return self.show_viewing(done.viewing.pk, 201, Location=where)

    def _record(self, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
        found = finding.watched_things(self, items)
        entries = [
            Entry(*thing, when_of(item, self.request.user), item["note"])
            for item, thing in zip(items, found, strict=True)
            if thing
        ]
        recorded = iter(recording.record(self.request.user, entries))
        for item, thing in zip(items, found, strict=True):
            done = next(recorded) if thing else None
            item["outcome"] = done.outcome.value if done else "not_found"
            item["viewing"] = done.viewing.pk if done and done.viewing else None
        counts = Counter(item["outcome"] for item in items)
        names = [*(each.value for each in Outcome), "not_found"]
        return {name: counts[name] for name in names} | {"results": items}


class Removal(Endpoint):
    writes = HISTORY
    limit = "history"

    @extend_schema(
        summary="Take viewings out of your history",
        request=ViewingKeys,
        responses={200: ErasedViewings},
    )
    def post(self, request: Request) -> Response:
        done = recording.erase(request.user, self.read(ViewingKeys)["ids"])
        erased = {
            "removed": sum(len(each.episodes) for each in done),
            "undos": [each.undo for each in done if each.undo],
        }
        return self.show(erased, ErasedViewings)


class OneViewing(Telling):
    @extend_schema(summary="A viewing of yours", responses=OwnViewing)
    def get(self, request: Request, pk: int) -> Response:
        return self.show_viewing(pk)

    @extend_schema(
        summary="Say when it was, or note something else",
        request=ViewingChanges,
        responses=OwnViewing,
    )
    def patch(self, request: Request, pk: int) -> Response:
        found = _own(request, pk)
        told = self.read(ViewingChanges)
        when = when_of(told, request.user, _when(found))
        watching.change(found, when=when, note=told.get("note", found.note))
        return self.show_viewing(pk)

    @extend_schema(summary="Take a viewing out of your history", request=None, responses=Undoable)
    def delete(self, request: Request, pk: int) -> Response:
        return self.show({"undo": watching.delete(_own(request, pk))}, Undoable)


class Again(Telling):
    @extend_schema(summary="The same viewing once more", request=None, responses={201: OwnViewing})
    def post(self, request: Request, pk: int) -> Response:
        found = _own(request, pk)
        try:
            copy = watching.watch(
                request.user,
                found.title,
                episode=found.episode,
                when=_when(found),
                note=found.note,
                batch=uuid4(),
            )
        except NotAired:
            raise not_aired() from None
        return self.show_viewing(copy.pk, 201, Location=f"/api/v1/history/{copy.pk}/")


def not_aired() -> Problem:
    return Problem(422, "unprocessable", _("This episode has not aired yet."))


def asked_of(request: Request) -> Asked:
    """Raises ValidationError."""
    told: dict[str, Any] = read(request, HistoryFilters)
    return Asked(
        kind=told.get("media_type", ""),
        words=told.get("q", ""),
        year=told.get("year"),
        month=told.get("month"),
        since=told.get("from"),
        until=told.get("to"),
        is_again=told.get("again", False),
        is_unknown=told.get("unknown", False),
    )


def _narrowed(request: Request, viewings: ViewingQuerySet) -> ViewingQuerySet:
    """To one title, a season or an episode of it."""
    told = read(request, HistoryFilters)
    by = {
        "id": "title__tmdb_id",
        "season_number": "episode__season__number",
        "episode_number": "episode__number",
    }
    return viewings.filter(**{by[name]: told[name] for name in by if name in told})


def _own(request: Request, pk: int) -> Viewing:
    """Nobody else's is there."""
    viewings = placed(Viewing.objects.filter(user=request.user))
    return get_object_or_404(viewings.select_related("title"), pk=pk)


def _when(viewing: Viewing) -> When:
    return When(Precision(viewing.precision), viewing.watched_at, viewing.watched_on)
