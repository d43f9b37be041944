"""Actions that queue work: they say what was queued, or that no broker takes it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from kombu.exceptions import OperationalError

from catalog import steering
from catalog.admin.rows import AT_ONCE


def few(request: HttpRequest, rows: QuerySet[Any]) -> list[Any]:
    """The chosen rows, unless they are more than one action is for: then it says so."""
    chosen = list(rows[: AT_ONCE + 1])
    if len(chosen) > AT_ONCE:
        said = _("That is more than %d at once; choose fewer, or use the command line.") % AT_ONCE
        messages.error(request, said)
        return []
    return chosen


def ask_for(request: HttpRequest, rows: QuerySet[Any], kind: str = "") -> None:
    """Have TMDB asked about these again, before all that no reader waits for."""
    chosen = few(request, rows)
    refs = [(kind or row.kind, row.tmdb_id) for row in chosen]
    if refs and queued(request, lambda: steering.refresh(refs)):
        said = ngettext("TMDB is asked about %d.", "TMDB is asked about %d.", len(refs))
        messages.success(request, said % len(refs))


def queued(request: HttpRequest, queue: Callable[[], object]) -> bool:
    try:
        queue()
    except (OperationalError, OSError) as error:
        messages.error(request, _("No broker takes it: %s") % error)
        return False
    return True
