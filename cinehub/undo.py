"""Undo: the button in the toast, whatever was done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import undoing
from accounts.models import User
from accounts.request import MemberRequest
from cinehub.kit.acting import acted, refused
from lists import arranging, keeping, rewinding
from reviews import undoing as unsaying

# What undoes a deed, from what was kept of it; it gives the parts of pages that have changed.
DEEDS: dict[str, Callable[[User, dict[str, Any]], list[str]]] = {
    "lists.added": keeping.take_off,
    "lists.marked": rewinding.unmark,
    "lists.removed": keeping.put_back,
    "lists.removed-viewings": rewinding.bring_back,
    "lists.said": rewinding.unsay,
    "lists.transferred": arranging.take_back,
    "reviews.rated": unsaying.rated,
    "reviews.withdrawn": unsaying.withdrawn,
    "reviews.uncommented": unsaying.uncommented,
}


TOO_LATE = gettext_lazy("It is too late to undo this.")


@require_POST
@login_required
@transaction.atomic
def undo(request: MemberRequest, key: UUID) -> HttpResponse:
    found = undoing.take(request.user, key)
    if found is None:
        return refused(request, str(TOO_LATE), back="/")
    parts = DEEDS[found.deed](request.user, found.data)
    return acted(request, _("Undone."), parts=parts, back="/")
