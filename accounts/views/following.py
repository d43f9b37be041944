"""What a member does about another one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from accounts import following
from accounts.models import User
from accounts.request import MemberRequest
from accounts.views.profile import PER_PAGE
from cinehub.kit.answers import elsewhere, see_other

# To somebody whom one sees, and as they are now.
DEEDS: dict[str, following.Deed] = {
    "follow": following.follow,
    "unfollow": following.unfollow,
    "mute": following.mute,
    "unmute": following.unmute,
}
# To somebody who follows, or would like to.
ANSWERS: dict[str, following.Deed] = {
    "accept": following.accept,
    "decline": following.decline,
    "remove": following.remove,
}
SAID = {
    "accept": _("%(name)s follows you now."),
    "decline": _("You have declined %(name)s."),
    "remove": _("%(name)s follows you no longer."),
}


@require_POST
@ratelimit(key="user_or_ip", rate="200/h", block=True)
def tie(request: HttpRequest, username: str, deed: str) -> HttpResponse:
    """The buttons anew, or back to where they were pressed."""
    profile = reverse("member", args=[username])
    if not request.user.is_authenticated:
        return elsewhere(request, f"{reverse('account_login')}?next={profile}")
    member = _other(request, username)
    try:
        DEEDS[deed](request.user, member)
    except following.Unreachable:
        raise Http404 from None
    if not _is_htmx(request):
        return see_other(_back(request, profile))
    changed = _other(request, username)
    context = _ties(request, changed, profile)
    if changed.is_visible != member.is_visible and not context["in_list"]:
        return elsewhere(request, str(context["back"]))
    return render(request, "accounts/_ties.html", context)


@require_POST
@ratelimit(key="user_or_ip", rate="200/h", block=True)
def block(request: HttpRequest, username: str) -> HttpResponse:
    """They are gone from here; in the settings it can be undone."""
    profile = reverse("member", args=[username])
    if not request.user.is_authenticated:
        return elsewhere(request, f"{reverse('account_login')}?next={profile}")
    member = _other(request, username)
    try:
        following.block(request.user, member)
    except following.Unreachable:
        raise Http404 from None
    messages.success(request, _("You have blocked %(name)s.") % {"name": member.name})
    return elsewhere(request, f"{reverse('accounts:settings-privacy')}#blocked")


@require_POST
@login_required
def unblock(request: MemberRequest, username: str) -> HttpResponse:
    blocked = get_object_or_404(
        User.objects.filter(blocked_by__blocker=request.user), username=username
    )
    following.unblock(request.user, blocked)
    messages.success(request, _("You no longer block %(name)s.") % {"name": blocked.name})
    return elsewhere(request, f"{reverse('accounts:settings-privacy')}#blocked")


@require_safe
@login_required
def settings_followers(request: MemberRequest) -> HttpResponse:
    return render(request, "accounts/settings_followers.html", _followers(request))


@require_POST
@login_required
@ratelimit(key="user", rate="1000/h", block=True)
def answer(request: MemberRequest, username: str, deed: str) -> HttpResponse:
    """To a request, or to a follower; both lists anew."""
    follower = get_object_or_404(
        User.objects.filter(following__followed=request.user), username=username
    )
    try:
        ANSWERS[deed](request.user, follower)
    except (following.NotAsked, following.Unreachable):
        raise Http404 from None
    said = SAID[deed] % {"name": follower.name}
    if not _is_htmx(request):
        messages.success(request, said)
        return see_other(_back(request, reverse("accounts:settings-followers")))
    context = _followers(request) | {"said": said}
    return render(request, "accounts/settings_followers.html#lists", context)


def _followers(request: MemberRequest) -> dict[str, object]:
    others = User.objects.reachable_by(request.user)
    asking = others.asking(request.user)
    page = Paginator(others.followers_of(request.user), PER_PAGE)
    return {
        "asking": asking[:PER_PAGE],
        "asking_count": asking.count(),
        "page": page.get_page(request.GET.get("page")),
    }


def _other(request: HttpRequest, username: str) -> User:
    others = User.objects.reachable_by(request.user).exclude(pk=request.user.pk)
    return get_object_or_404(others.tied_to(request.user).named(username))


def _ties(request: HttpRequest, member: User, profile: str) -> dict[str, object]:
    """With the number of followers, which stands elsewhere on a profile."""
    in_list = request.POST.get("in") == "list"
    others = User.objects.reachable_by(request.user)
    return {
        "member": member,
        "back": _back(request, profile),
        "in_list": in_list,
        "is_fragment": True,
        "followers": 0 if in_list else others.followers_of(member).count(),
    }


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _back(request: HttpRequest, usual: str) -> str:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if is_ours else usual
