"""The links in mails by which somebody gets no more of them, signed in or not."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import Kind

SALT = "accounts.unsubscribe"
# Of the mail that comes once a day, whatever is in it.
DAILY = "daily"


def address(pk: int, what: str) -> str:
    """`what` is a kind, or the daily mail."""
    token = signing.dumps([pk, what], salt=SALT)
    return settings.SITE_URL + reverse("accounts:unsubscribe", args=[token])


def read(token: str) -> tuple[int, str] | None:
    """Whose mails, and which; they are good for as long as somebody keeps a mail."""
    try:
        pk, what = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (pk, what) if what == DAILY or what in Kind.values else None
