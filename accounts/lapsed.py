"""What is left of apps' keys once they open nothing any more."""

from datetime import timedelta

from allauth.idp.oidc.models import Token
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Authorization, SpentToken

# Longer than anything waits that is yet to become a key.
ON_ITS_WAY = timedelta(hours=1)


def forget() -> None:
    """Keys that have run out, what is known of spent ones, and that apps were let in which have
    none left: they have to ask again."""
    now = timezone.now()
    Token.objects.expired().delete()
    kept = timedelta(seconds=settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN)
    SpentToken.objects.filter(spent_at__lt=now - kept).delete()
    keys = Token.objects.filter(user=OuterRef("user"), client=OuterRef("client"))
    without = Authorization.objects.filter(~Exists(keys))
    without.filter(allowed_at__lt=now - ON_ITS_WAY).delete()
