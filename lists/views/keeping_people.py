"""With whom a list is shared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from cinehub.kit.answers import elsewhere
from lists import collaborating
from lists.forms.keeping import InviteForm
from lists.models import Collaborator, List

# Each one invited gets a mail.
INVITATIONS = "60/h"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@ratelimit(key="user", rate=INVITATIONS, method="POST", block=True)
def people(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """Its owner invites, and says what each may do; all others may leave."""
    list_ = _shared(request.user, username, slug)
    is_own = list_.owner_id == request.user.pk
    sent = request.POST if is_own and request.method == "POST" else None
    form = InviteForm(sent, list_=list_, initial={"role": Collaborator.Role.EDITOR})
    invited = form.save() if form.is_valid() else None
    if invited:
        said = _("You share the list with %(name)s now.") % {"name": invited.user.name}
        messages.success(request, said)
        return _back(request, list_)
    context = {
        "list": list_,
        "is_own": is_own,
        "form": form,
        "roles": Collaborator.Role.choices,
        "collaborators": collaborating.seen_by(request.user, list_),
    }
    return render(request, "lists/people.html", context, status=422 if form.errors else 200)


@require_POST
@members_only
@ratelimit(key="user", rate="300/h", block=True)
def change_role(request: MemberRequest, username: str, slug: str, pk: int) -> HttpResponse:
    collaborator = _own(request.user, username, slug, pk)
    role = request.POST.get("role", "")
    if role in Collaborator.Role.values:
        collaborating.change_role(collaborator, role)
        messages.success(request, _("Saved."))
    return _back(request, collaborator.list)


@require_POST
@members_only
@ratelimit(key="user", rate="300/h", block=True)
def part(request: MemberRequest, username: str, slug: str, pk: int) -> HttpResponse:
    collaborator = _own(request.user, username, slug, pk)
    said = _("The list is no longer shared with %(name)s.") % {"name": collaborator.user.name}
    collaborating.part(collaborator)
    messages.success(request, said)
    return _back(request, collaborator.list)


@require_POST
@members_only
@ratelimit(key="user", rate="300/h", block=True)
def leave(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    owners = User.objects.named(username).order_by().values("pk")
    mine = request.user.collaborations.select_related("list__owner", "user")
    collaborator = get_object_or_404(mine, list__owner__in=owners, list__slug=slug)
    collaborating.part(collaborator)
    said = _("You have left the list “%(list)s”.") % {"list": collaborator.list}
    messages.success(request, said)
    return elsewhere(request, reverse("lists:mine"))


def _shared(member: User, username: str, slug: str) -> List:
    owners = User.objects.named(username).order_by().values("pk")
    lists = List.objects.open_to(member).filter(kind=List.Kind.CUSTOM).select_related("owner")
    return get_object_or_404(lists, owner__in=owners, slug=slug)


def _own(member: User, username: str, slug: str, pk: int) -> Collaborator:
    list_ = get_object_or_404(member.lists, owner__username__iexact=username, slug=slug)
    list_.owner = member
    collaborator = get_object_or_404(list_.collaborators.select_related("user"), pk=pk)
    collaborator.list = list_
    return collaborator


def _back(request: MemberRequest, list_: List) -> HttpResponse:
    return elsewhere(request, reverse("lists:people", args=[list_.owner.username, list_.slug]))
