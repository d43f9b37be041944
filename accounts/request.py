"""What views get once `login_required` has let somebody in."""

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    user: User
