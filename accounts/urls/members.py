"""Members' own pages, and their settings."""

from django.urls import path

from accounts.views import profile

app_name = "accounts"

urlpatterns = [
    path("@<str:username>", profile.profile, name="profile"),
]
