"""What others see of a member."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from accounts.forms.profile import ProfileForm
from accounts.models import User
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other
from cinehub.kit.uploads import was_too_large


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@ratelimit(key="user", rate="60/h", method="POST", block=True)
def settings_profile(request: MemberRequest) -> HttpResponse:
    # Not the one of the request, whom the header shows: a form that is not right changes it, too.
    member = User.objects.get(pk=request.user.pk)
    if request.method != "POST":
        return _page(request, ProfileForm(instance=member))
    sent, files = request.POST, request.FILES
    form = ProfileForm(sent, files, instance=member, is_too_large=was_too_large(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    messages.success(request, _("Your profile is saved."))
    return see_other(reverse("accounts:settings-profile"))


def _page(request: MemberRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/settings_profile.html", {"form": form}, status=status)
