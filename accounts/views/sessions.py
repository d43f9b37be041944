"""Where a member is signed in, and what they end there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other


@never_cache
@login_required
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    found = sessions.of(request.user, request.session.session_key)
    others = sum(not one.is_current for one in found)
    context = {"sessions": found, "others": others}
    return render(request, "usersessions/usersession_list.html", context)


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    if not sessions.end(request.user, pk=pk):
        raise Http404
    messages.success(request, _("That device is signed out."))
    return see_other(reverse("usersessions_list"))


@login_required
@require_POST
def end_others(request: MemberRequest) -> HttpResponse:
    sessions.end_others(request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return see_other(reverse("usersessions_list"))
