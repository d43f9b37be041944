"""How a member likes the site to be."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from accounts.forms.preferences import PreferencesForm
from accounts.models import User
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other
from cinehub.kit.web import THEME_COOKIE, reader


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@ratelimit(key="user", rate="60/h", method="POST")
def settings_preferences(request: MemberRequest) -> HttpResponse:
    # Not the one of the request: a form that is not right changes its member, too.
    member = User.objects.get(pk=request.user.pk)
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, instance=member, country=reader(request).country)
    if not form.is_valid():
        status = 422 if sent is not None else 200
        page = {"form": form, "services": form.services()}
        return render(request, "accounts/settings_preferences.html", page, status=status)
    saved = form.save()
    with translation.override(saved.language or translation.get_language()):
        messages.success(request, _("The site is as you like it."))
    response = see_other(reverse("accounts:settings-preferences"))
    # What this browser alone remembered does not stand against it.
    for name in (THEME_COOKIE, settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(name)
    return response
