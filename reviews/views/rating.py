"""A member rates a title, a season, an episode."""

from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from accounts.request import MemberRequest, members_only
from catalog.models import Episode, Kind, Season, Title
from catalog.views.finding import title_of
from cinehub.kit.acting import acted, refused
from cinehub.kit.addresses import Ref
from reviews import own
from reviews.finding import episode_of, season_of
from reviews.rating import rate_undoably
from reviews.scales import GIVEN, in_words, scale_of

limited = ratelimit(key="user", rate="2000/h", group="ratings", block=True)


@require_POST
@members_only
@limited
def rate(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    title = title_of(request, kind, ref)
    return _rate(request, title.get_absolute_url(), title)


@require_POST
@members_only
@limited
def rate_season(request: MemberRequest, ref: Ref, number: int) -> HttpResponse:
    show = title_of(request, Kind.TV, ref)
    season = season_of(show, number)
    return _rate(request, season.get_absolute_url(), show, season=season)


@require_POST
@members_only
@limited
def rate_episode(request: MemberRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    show = title_of(request, Kind.TV, ref)
    episode = episode_of(show, season, number)
    return _rate(request, episode.get_absolute_url(), show, episode=episode)


def _rate(
    request: MemberRequest,
    page: str,
    title: Title,
    season: Season | None = None,
    episode: Episode | None = None,
) -> HttpResponse:
    value = None if request.POST.get("clear") else GIVEN.get(request.POST.get("value", ""))
    if value is None and not request.POST.get("clear"):
        return refused(request, _("This is no rating."), back=page)
    undo = rate_undoably(request.user, title=title, season=season, episode=episode, value=value)
    name = str(episode or season or title.shown_name.name)
    parts = own.parts(title, season, episode)
    return acted(request, _said(request, name, value), parts=parts, undo=undo, back=page)


def _said(request: MemberRequest, name: str, value: Decimal | None) -> str:
    if value is None:
        return _("%(name)s: your rating is cleared.") % {"name": name}
    told = {"name": name, "rating": in_words(value, scale_of(request.user))}
    return _("%(name)s: you gave %(rating)s.") % told
