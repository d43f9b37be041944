"""What is on file of one member besides their own fields: nothing of it is secret."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from accounts.admin.log import said
from accounts.models import User

SHOWN = 20


def signing_in(member: User) -> dict[str, Any]:
    """How they get in, and where they are."""
    return {
        "addresses": EmailAddress.objects.filter(user=member).order_by("-primary", "pk")[:SHOWN],
        "factors": Authenticator.objects.filter(user=member).order_by("pk")[:SHOWN],
        "connected": SocialAccount.objects.filter(user=member).order_by("pk")[:SHOWN],
        "sessions": UserSession.objects.filter(user=member).order_by("-last_seen_at", "pk")[:SHOWN],
    }


def log(member: User) -> list[tuple[LogEntry, str]]:
    """What was done to them by whom, the last first."""
    kind = ContentType.objects.get_for_model(User)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(member.pk))
    latest = entries.select_related("user").order_by("-pk")[:SHOWN]
    return [(entry, said(entry)) for entry in latest]
