"""All times that a member has watched something: to add another, change one, or take it out."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.about.episodes import episode_of
from catalog.models import Episode, Kind, Title
from cinehub.kit.acting import acted, back_from, refused
from cinehub.kit.addresses import Ref
from cinehub.kit.answers import elsewhere, see_other
from cinehub.kit.web import reader
from lists import watching
from lists.forms.watching import ViewingForm
from lists.history import PER_PAGE, by_day, told
from lists.models import Precision, Viewing
from lists.models.viewings import ViewingQuerySet
from lists.own import row_parts, viewing_parts
from lists.views.finding import watched_title
from lists.watching import NotAired, When

limited = ratelimit(key="user", rate="2000/h", method="POST", group="watching", block=True)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited
@never_cache
def of_title(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    """Of a film, or of all episodes of a show; these are added on their own pages."""
    title = watched_title(request, kind, ref)
    if title.is_movie:
        return _viewings(request, title, None)
    return _listed(request, title, None, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited
@never_cache
def of_episode(request: MemberRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    show = watched_title(request, Kind.TV, ref)
    episode = episode_of(show, season, number)
    if episode is None:
        raise Http404
    return _viewings(request, show, episode)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@limited
@never_cache
def viewing(request: MemberRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = ViewingForm(sent, member=request.user, viewing=found)
    if sent is not None and form.is_valid():
        watching.change(found, when=form.when(), note=form.cleaned_data["note"])
        messages.success(request, _("It is in your history as you say."))
        return see_other(back_from(request, _page(found)))
    back = request.POST.get("next") or request.GET.get("next") or _page(found)
    context = {"viewing": found, "form": form, "batch": uuid4(), "back": back}
    return render(request, "watching/viewing.html", context, status=422 if form.errors else 200)


@require_POST
@members_only
@limited
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """The same once more, to be changed; sent twice, it is there once more and not twice."""
    found = _own(request, pk)
    try:
        copy = _copy(request.user, found, _batch(request))
    except NotAired:
        # TMDB has dropped it since, or dated it anew.
        return refused(request, _("This episode has not aired yet."), back=_page(found))
    messages.success(request, _("It is in your history once more. When was it?"))
    return elsewhere(request, reverse("lists:viewing", args=[copy.pk]))


@require_POST
@members_only
@limited
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    key = watching.delete(found)
    parts = [*viewing_parts(found.title, [found.episode_id]), *row_parts([pk])]
    said = _("It is out of your history.")
    return acted(request, said, parts=parts, back=_page(found), undo=key)


def _viewings(request: MemberRequest, title: Title, episode: Episode | None) -> HttpResponse:
    """With a form for another one."""
    sent = request.POST if request.method == "POST" else None
    form = ViewingForm(sent, member=request.user)
    if sent is None or not form.is_valid():
        return _listed(request, title, episode, form)
    try:
        _add(request.user, title, episode, form)
    except NotAired:
        form.add_error(None, _("This episode has not aired yet."))
        return _listed(request, title, episode, form)
    messages.success(request, _("It is in your history."))
    return see_other(request.path)


def _add(member: User, title: Title, episode: Episode | None, form: ViewingForm) -> None:
    told = form.cleaned_data
    watching.watch(
        member,
        title,
        episode=episode,
        when=form.when(),
        note=told["note"],
        batch=told["batch"] or uuid4(),
    )


def _copy(member: User, viewing: Viewing, batch: UUID) -> Viewing:
    when = When(Precision(viewing.precision), viewing.watched_at, viewing.watched_on)
    episode, note = viewing.episode, viewing.note
    return watching.watch(member, viewing.title, episode=episode, when=when, note=note, batch=batch)


def _listed(
    request: MemberRequest, title: Title, episode: Episode | None, form: forms.Form | None
) -> HttpResponse:
    mine: ViewingQuerySet = request.user.viewings.filter(title=title)
    viewings = mine.filter(episode=episode) if episode else mine
    rows = told(viewings, reader(request).language).newest()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "episode": episode,
        "form": form,
        "page": page,
        "days": by_day(page.object_list),
        "is_own": True,
        "here": request.get_full_path(),
    }
    status = 422 if form and form.errors else 200
    return render(request, "watching/viewings.html", context, status=status)


def _own(request: MemberRequest, pk: int) -> Viewing:
    """Nobody else's is there."""
    viewings = told(request.user.viewings.all(), reader(request).language)
    return get_object_or_404(viewings, pk=pk)


def _page(viewing: Viewing) -> str:
    """Where all viewings of the same are."""
    title = viewing.title
    return reverse("lists:viewings", args=[title.kind, title.ref])


def _batch(request: MemberRequest) -> UUID:
    try:
        return UUID(request.POST.get("batch", ""))
    except ValueError:
        return uuid4()
