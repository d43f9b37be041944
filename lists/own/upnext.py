"""A show among those that go on: how far its member is, what is next, and what they can do."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string

from cinehub.kit.addresses import Ref
from cinehub.kit.own import Told
from lists.own.standing import Standing, standings


def rows(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `next`; there are none for visitors."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    known = standings(request.user, [int(told[0]) for told in asked])
    return [_row(request, told, known.get(int(told[0]))) for told in asked]


def _row(request: HttpRequest, told: Told, standing: Standing | None) -> str:
    pk, tmdb_id, slug, name = told
    context = {"pk": pk, "ref": Ref(int(tmdb_id), slug), "name": name, "show": standing}
    return render_to_string("watching/_next.html", context, request)
