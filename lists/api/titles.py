"""On which of a member's lists a title is."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import LISTS
from catalog.models import Title
from cinehub.kit.api import Endpoint, Problem, listed
from lists.api import finding
from lists.api.shapes import ListOfTitle, ListsOfTitle
from lists.forms.keeping import OnListsForm


class TitleLists(Endpoint):
    writes = LISTS
    limit = "lists"

    @extend_schema(
        summary="All lists to which you may add a title, and on which of them it is",
        responses=listed(ListOfTitle),
    )
    def get(self, request: Request, media_type: str, tmdb_id: int) -> Response:
        return self._shown(finding.title_of(self, media_type, tmdb_id))

    @extend_schema(
        summary="Say on which of your lists a title is to be",
        request=ListsOfTitle,
        responses=listed(ListOfTitle),
    )
    def put(self, request: Request, media_type: str, tmdb_id: int) -> Response:
        title = finding.title_of(self, media_type, tmdb_id)
        wanted = [str(pk) for pk in self.read(ListsOfTitle)["lists"]]
        form = self._form(title)
        if unknown := set(wanted) - form.open.keys():
            said = _("There is no list %(name)s of yours.") % {"name": ", ".join(sorted(unknown))}
            raise ValidationError({"lists": [said]})
        sent = {"lists": wanted, "shown": ",".join(form.open), "new": ""}
        form = self._form(title, sent)
        if not form.is_valid() or not form.save():
            raise Problem(422, "unprocessable", " ".join(map(str, form.non_field_errors())))
        return self._shown(title)

    def _form(self, title: Title, sent: dict[str, Any] | None = None) -> OnListsForm:
        return OnListsForm(sent, member=self.request.user, title=title)

    def _shown(self, title: Title) -> Response:
        form = self._form(title)
        lists: list[Any] = list(form.open.values())
        for each in lists:
            each.is_on = str(each.pk) in form.on
        return self.show_all(lists, ListOfTitle)
