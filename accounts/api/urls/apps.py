"""Apps and tokens, below /api/v1/."""

from django.urls import path

from accounts.api import apps
from accounts.api import schema as schema  # found by drf-spectacular once it is loaded
from cinehub.kit import addresses as addresses  # <key:pk>

urlpatterns = [
    path("apps/", apps.Apps.as_view(), name="apps"),
    path("apps/<slug:key>/", apps.OneApp.as_view(), name="app"),
    path("apps/<slug:key>/secret/", apps.NewSecret.as_view(), name="app-secret"),
    path("authorizations/", apps.Authorizations.as_view(), name="authorizations"),
    path("authorizations/<key:pk>/", apps.OneAuthorization.as_view(), name="authorization"),
    path("tokens/", apps.Tokens.as_view(), name="tokens"),
    path("tokens/<key:pk>/", apps.OneToken.as_view(), name="token"),
]
