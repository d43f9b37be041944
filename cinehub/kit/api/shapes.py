"""How answers are shaped: as much of them as was asked for, and what was asked for besides."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError


class Sparse(serializers.Serializer):
    """A serializer of which `fields=id,title` leaves no more than these.

    The names are of the outermost one: what stands within a field is whole.
    """

    def get_fields(self) -> dict[str, serializers.Field]:
        known = super().get_fields()
        wanted = self._wanted()
        if wanted is None:
            return known
        if unknown := wanted - set(known):
            said = _("There is no field %(name)s.") % {"name": ", ".join(sorted(unknown))}
            raise ValidationError({"fields": [said]})
        return {name: field for name, field in known.items() if name in wanted}

    def _wanted(self) -> set[str] | None:
        view = self.context.get("view")
        is_outermost = self.parent is None or (
            isinstance(self.parent, serializers.ListSerializer) and self.parent.parent is None
        )
        request = self.context.get("request")
        if view is None or request is None or not is_outermost or self.context.get("is_whole"):
            return None
        return words(request.query_params, "fields")


def last_modified(shown: Mapping[str, Any]) -> dict[str, str]:
    """The header, of what tells when it changed last; what was never edited has changed once."""
    told = [shown.get(name) for name in ("changed_at", "rated_at", "edited_at")]
    told += [shown.get("created_at")] if "edited_at" in shown else []
    found = next((parse_datetime(text) for text in told if text), None)
    return {"Last-Modified": http_date(found.timestamp())} if found else {}


def words(query: Any, name: str) -> set[str] | None:
    """What stands in a parameter between commas; None where nothing does."""
    return {word.strip() for word in query.get(name, "").split(",") if word.strip()} or None


def expanded(query: Any, known: set[str]) -> set[str]:
    """What of `known` is asked for by `expand=`. Raises ValidationError for anything else."""
    wanted = words(query, "expand") or set()
    if unknown := wanted - known:
        said = _("There is no %(name)s to expand.") % {"name": ", ".join(sorted(unknown))}
        raise ValidationError({"expand": [said]})
    return wanted
