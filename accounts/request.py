"""What views get once somebody is let in, and where all others are sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import User
from cinehub.kit.acting import back_from
from cinehub.kit.answers import elsewhere

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    user: User


def members_only(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """As `login_required`, for what is done by buttons: who is no member is led to the door, with
    script, too, and from there to where the button was."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
        is_page = request.method in ("GET", "HEAD")
        back = request.get_full_path() if is_page else back_from(request, "/")
        door = f"{reverse('account_login')}?{urlencode({'next': back})}"
        return elsewhere(request, door)

    return answer
