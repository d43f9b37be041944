"""Who may do what through the API: a view says whom it is for, and which scope it takes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cinehub.kit.api import Problem, Who


class Allowed(BasePermission):
    """Of every endpoint. A token reaches as far as its scopes, where passers-by may look, too."""

    def has_permission(self, request: Request, view: Any) -> bool:
        is_reading = request.method in SAFE_METHODS
        if view.who is Who.ANYBODY and not is_reading:
            return True
        if not request.user.is_authenticated:
            return view.who is Who.ANYBODY or (view.who is Who.READERS and is_reading)
        if view.who is Who.STAFF:
            check_scope(request, "")
            return _is_staff(request.user, view.permission)
        check_scope(request, view.reads if is_reading else view.writes)
        return True


def check_scope(request: Request, scope: str) -> None:
    """Raises Problem where the token that was shown does not reach."""
    if request.auth is None or request.auth.allows(scope):
        return
    challenge = 'Bearer error="insufficient_scope"'
    if not scope:
        text = _("No app and no personal token may do this: sign in here yourself.")
        raise Problem(403, "insufficient-scope", text, headers={"WWW-Authenticate": challenge})
    raise Problem(
        403,
        "insufficient-scope",
        _("This token lacks the scope %(scope)s.") % {"scope": scope},
        headers={"WWW-Authenticate": f'{challenge}, scope="{scope}"'},
        more={"scope": scope},
    )


def _is_staff(member: Any, permission: str) -> bool:
    """What names no permission is for superusers alone."""
    if member.is_superuser or not permission:
        return bool(member.is_superuser and member.is_staff)
    return bool(member.is_staff and member.has_perm(permission))
