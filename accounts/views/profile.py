"""A member, as others see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(User.objects.reachable_by(request.user), username__iexact=username)
    shown = member.lets_in(request.user)
    return render(request, "accounts/profile.html", {"member": member, "is_shown": shown})
