"""The whole of /api/v1 on one screen."""

from django.urls import include, path, re_path

from cinehub.api import about
from cinehub.kit.api import NotHere

urlpatterns = [
    path("", include("accounts.api.urls.auth")),
    path("", include("accounts.api.urls.members")),
    path("", include("accounts.api.urls.apps")),
    path("", include("reviews.api.urls")),
    path("", include("catalog.api.urls")),
    path("", include("lists.api.urls")),
    path("", include("accounts.api.urls.hooks")),
    path("problems/<slug:kind>/", about.Problems.as_view(), name="problem"),
    re_path("", NotHere.as_view(), name="not-here"),
]
