"""Buttons: seen, seen up to here, and how somebody is with a show."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.about.episodes import episode_of
from catalog.models import Episode, Kind, Title
from cinehub.kit.acting import acted, refused
from cinehub.kit.addresses import Ref
from lists import tracking, watching
from lists.models import State
from lists.own import viewing_parts
from lists.own.standing import AGAIN, ONCE
from lists.views.finding import watched_title
from lists.watching import Marked, NotAired, Removed, When

limited = ratelimit(key="user", rate="2000/h", group="watching", block=True)

SAID = {
    "none": gettext_lazy("%(name)s goes on as you watch it."),
    State.PLANNED: gettext_lazy("%(name)s is planned."),
    State.PAUSED: gettext_lazy("%(name)s is paused."),
    State.DROPPED: gettext_lazy("%(name)s is dropped."),
    AGAIN: gettext_lazy("%(name)s begins anew."),
    ONCE: gettext_lazy("All that you have seen of %(name)s counts again."),
}


@require_POST
@members_only
@limited
def seen(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    """A film; of a show all that has aired."""
    member, title = request.user, watched_title(request, kind, ref)
    back = title.get_absolute_url()
    if not _is_on(request):
        return _removed(request, title, watching.unwatch(member, title), back)
    when = When.now(member)
    if title.is_movie:
        return _marked(request, title, watching.see(member, title, when=when), back)
    return _marked(request, title, watching.watch_show(member, title, when=when), back)


@require_POST
@members_only
@limited
def seen_season(request: MemberRequest, ref: Ref, number: int) -> HttpResponse:
    show = watched_title(request, Kind.TV, ref)
    season = get_object_or_404(show.seasons.visible(), number=number)
    season.title = show
    back = season.get_absolute_url()
    if not _is_on(request):
        return _removed(request, show, watching.unwatch_season(request.user, season), back)
    when = When.now(request.user)
    return _marked(request, show, watching.watch_season(request.user, season, when=when), back)


@require_POST
@members_only
@limited
def seen_episode(request: MemberRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    member, show = request.user, watched_title(request, Kind.TV, ref)
    episode = episode_of(show, season, number)
    if episode is None:
        raise Http404
    back = episode.get_absolute_url()
    if not _is_on(request) and not request.POST.get("up_to"):
        return _removed(request, show, watching.unwatch(member, show, episode=episode), back)
    try:
        marked = _mark(member, show, episode, is_up_to=bool(request.POST.get("up_to")))
    except NotAired:
        return refused(request, _("This episode has not aired yet."), back=back)
    return _marked(request, show, marked, back)


@require_POST
@members_only
@limited
def state(request: MemberRequest, ref: Ref) -> HttpResponse:
    """How they are with a show."""
    show = watched_title(request, Kind.TV, ref)
    chosen = request.POST.get("state", "")
    if chosen not in SAID:
        raise Http404
    return acted(
        request,
        str(SAID[chosen]) % {"name": show.shown_name.name},
        parts=viewing_parts(show, []),
        back=show.get_absolute_url(),
        undo=tracking.choose(request.user, show, chosen),
    )


def _mark(member: User, show: Title, episode: Episode, *, is_up_to: bool) -> Marked:
    when = When.now(member)
    if is_up_to:
        return watching.watch_up_to(member, episode, when=when)
    return watching.see(member, show, episode=episode, when=when)


def _marked(request: MemberRequest, title: Title, marked: Marked, back: str) -> HttpResponse:
    name, count = title.shown_name.name, len(marked.viewings)
    if title.is_movie or not count:
        said = _("%(name)s: seen.") % {"name": name}
    else:
        words = ngettext(
            "%(name)s: %(count)d episode seen.", "%(name)s: %(count)d episodes seen.", count
        )
        said = words % {"name": name, "count": count}
    parts = viewing_parts(title, [viewing.episode_id for viewing in marked.viewings])
    return acted(request, said, parts=parts, back=back, undo=marked.undo)


def _removed(request: MemberRequest, title: Title, removed: Removed, back: str) -> HttpResponse:
    """It says how much was taken out of the history: perhaps they had seen it more than once."""
    count = len(removed.episodes)
    words = ngettext(
        "%(name)s: %(count)d viewing removed.", "%(name)s: %(count)d viewings removed.", count
    )
    return acted(
        request,
        words % {"name": title.shown_name.name, "count": count},
        parts=viewing_parts(title, removed.episodes),
        back=back,
        undo=removed.undo,
    )


def _is_on(request: MemberRequest) -> bool:
    return request.POST.get("on") == "1"
