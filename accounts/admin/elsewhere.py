"""What allauth would list by itself: secrets among it, and nothing that the staff is to write.

Of a member it is shown on the member's page.
"""

from allauth.account.admin import EmailAddress
from allauth.idp.oidc.admin import Client, Token
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin

admin.site.unregister(
    [
        EmailAddress,
        Authenticator,
        Client,
        SocialAccount,
        SocialApp,
        SocialToken,
        Token,
        UserSession,
    ]
)
