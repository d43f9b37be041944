"""What a member's history and ratings come to, as data."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.members import named
from accounts.models import User, shows_additions
from catalog.api.expanding import EXPANDS
from catalog.api.titles import titles_of
from catalog.models import Title
from cinehub.api.figures import Stats, told
from cinehub.kit.api import Endpoint, Who
from cinehub.statistics import telling
from cinehub.statistics.figures import figures_of
from cinehub.statistics.views import FIRST_YEAR


class Figured(Endpoint):
    """Of a year, or of all time."""

    limit = "stats"
    expands = EXPANDS

    def _of(self, member: User, year: int | None = None) -> Response:
        # For some it is tomorrow's already.
        if year is not None and not FIRST_YEAR <= year <= timezone.now().year + 1:
            raise Http404
        figures = figures_of(member, year)
        titles = titles_of(self, telling.named(figures))
        shown = {pk: title for pk, title in titles.items() if self._shows(title)}
        return self.show(told(figures, shown), Stats)

    def _shows(self, title: Title) -> bool:
        return self.reader.adult or not title.adult


class Mine(Figured):
    @extend_schema(summary="What you have watched and rated, in figures", responses=Stats)
    def get(self, request: Request) -> Response:
        return self._of(request.user)


class MyYear(Figured):
    @extend_schema(summary="Your year in figures", responses=Stats)
    def get(self, request: Request, year: int) -> Response:
        return self._of(request.user, year)


class Theirs(Figured):
    who = Who.READERS

    @extend_schema(summary="What a member has watched and rated, in figures", responses=Stats)
    def get(self, request: Request, username: str) -> Response:
        return self._of(_open(request, username))


class TheirYear(Figured):
    who = Who.READERS

    @extend_schema(summary="A member's year in figures", responses=Stats)
    def get(self, request: Request, username: str, year: int) -> Response:
        return self._of(_open(request, username), year)


def _open(request: Request, username: str) -> User:
    """One whose history and ratings are for whoever asks. Raises Http404."""
    member = named(request, username, User.objects.reachable_by(request.user))
    if not shows_additions(member, request.user):
        raise Http404
    return member
