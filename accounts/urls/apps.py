"""Members' own apps, the apps they let in, and keys for scripts of theirs."""

from django.urls import path

from accounts.views import apps, tokens
from cinehub.kit import addresses as addresses  # <key:pk>

urlpatterns = [
    path("settings/apps", apps.listed, name="apps"),
    path("settings/apps/new", apps.register, name="app-new"),
    path("settings/apps/allowed", tokens.authorizations, name="authorizations"),
    path("settings/apps/allowed/<key:pk>/revoke", tokens.revoke, name="authorization-revoke"),
    path("settings/apps/<slug:key>", apps.one, name="app"),
    path("settings/apps/<slug:key>/secret", apps.secret, name="app-secret"),
    path("settings/apps/<slug:key>/delete", apps.delete, name="app-delete"),
    path("settings/tokens", tokens.tokens, name="tokens"),
    path("settings/tokens/<key:pk>/revoke", tokens.revoke_token, name="token-revoke"),
]
