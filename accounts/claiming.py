"""The owner of an address comes, by its mail, into an account that had not confirmed it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts import sessions
from accounts.models import User


@transaction.atomic
def claim(user: User) -> bool:
    """Whether that is so: then it is theirs alone.

    Whoever made it with a foreign address has lost the password, and must not keep another way in.
    """
    unconfirmed = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False)
    if not unconfirmed.update(verified=True):
        return False
    SocialAccount.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(phone=None, phone_verified=False)
    sessions.end_others(user, but=None)
    return True
