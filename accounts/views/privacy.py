"""To whom members show themselves, and whom they do not want to meet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.profile import PrivacyForm
from accounts.models import User
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_privacy(request: MemberRequest) -> HttpResponse:
    member = User.objects.get(pk=request.user.pk)
    if request.method != "POST":
        return _page(request, PrivacyForm(instance=member))
    form = PrivacyForm(request.POST, instance=member)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    messages.success(request, _("Your privacy is as you want it."))
    return see_other(reverse("accounts:settings-privacy"))


def _page(request: MemberRequest, form: PrivacyForm, status: int = 200) -> HttpResponse:
    blocked = User.objects.filter(blocked_by__blocker=request.user)
    muted = User.objects.reachable_by(request.user).filter(muted_by__muter=request.user)
    context = {
        "form": form,
        "blocked": blocked.order_by("-blocked_by__created_at", "-pk"),
        "muted": muted.order_by("-muted_by__created_at", "-pk"),
        "asking": request.user.followers.requested().count(),
    }
    return render(request, "accounts/settings_privacy.html", context, status=status)
