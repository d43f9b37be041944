"""A line of a member's own history, as it is now: changed, taken out, or there again."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from cinehub.kit.own import Told
from cinehub.kit.web import reader
from lists.history import told as with_titles
from lists.models import Viewing


def lines(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `viewing`."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    keys = [int(told[0]) for told in asked]
    mine = Viewing.objects.filter(user=request.user, pk__in=keys)
    there = with_titles(mine, reader(request).language).in_bulk()
    return [_line(request, key, there.get(key)) for key in keys]


def _line(request: HttpRequest, key: int, viewing: Viewing | None) -> str:
    """What is gone leaves a place, where it may come back to."""
    if viewing is None:
        return f'<li data-own="viewing-{key}" hidden></li>'
    context = {"viewing": viewing, "is_own": True, "here": reverse("lists:history")}
    return render_to_string("watching/_viewing.html", context, request)
