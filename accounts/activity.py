"""How many members there are, are new, and come by: figures for the dashboard."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts.models import User

A_DAY = timedelta(days=1)


def figures() -> dict[str, float]:
    since = timezone.now() - A_DAY
    signed_in = User.objects.filter(last_login__gte=since).values("pk").order_by()
    seen = UserSession.objects.filter(last_seen_at__gte=since).values("user").order_by()
    return {
        "members.all": User.objects.present().count(),
        "members.joined": User.objects.filter(date_joined__gte=since).count(),
        # Whoever has signed out since has no session any more.
        "members.active": signed_in.union(seen).count(),
    }
