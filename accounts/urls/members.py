"""Members' own pages, and their settings."""

from django.urls import path

from accounts.urls import apps, hooks
from accounts.views import (
    avatars,
    data,
    following,
    invitations,
    notifications,
    preferences,
    privacy,
    profile,
    settings_notifications,
    settings_profile,
    unsubscribing,
)
from cinehub.kit import addresses as addresses  # <username:username>

app_name = "accounts"

AT = "@<username:username>"
MINE = "settings/followers/<username:username>"

urlpatterns = [
    *hooks.urlpatterns,
    path(f"{AT}/followers", profile.followers, name="followers"),
    path(f"{AT}/following", profile.following, name="following"),
    *(path(f"{AT}/{deed}", following.tie, {"deed": deed}, name=deed) for deed in following.DEEDS),
    path(f"{AT}/block", following.block, name="block"),
    path(f"{AT}/unblock", following.unblock, name="unblock"),
    path("avatar/<int:size>/<slug:digest>.webp", avatars.avatar, name="avatar"),
    path("settings/profile", settings_profile.settings_profile, name="settings-profile"),
    path("settings/privacy", privacy.settings_privacy, name="settings-privacy"),
    path("settings/followers", following.settings_followers, name="settings-followers"),
    *(
        path(f"{MINE}/{deed}", following.answer, {"deed": deed}, name=deed)
        for deed in following.ANSWERS
    ),
    path("settings/preferences", preferences.settings_preferences, name="settings-preferences"),
    path("invitation/<str:key>", invitations.invitation, name="invitation"),
    path("settings/invitations", invitations.invitations, name="invitations"),
    path("settings/invitations/<int:pk>/resend", invitations.resend, name="invitation-resend"),
    path(
        "settings/invitations/<int:pk>/withdraw", invitations.withdraw, name="invitation-withdraw"
    ),
    *apps.urlpatterns,
    path("settings/data", data.settings_data, name="settings-data"),
    path("settings/data/leave", data.leave, name="leave"),
    path("leaving", data.leaving, name="leaving"),
    path("leaving/stay", data.stay, name="stay"),
    path("notifications", notifications.notifications, name="notifications"),
    path("notifications/bell", notifications.bell, name="bell"),
    path("notifications/read", notifications.read_all, name="notifications-read"),
    path("notifications/<int:pk>/open", notifications.open_one, name="notification-open"),
    path(
        "settings/notifications",
        settings_notifications.settings_notifications,
        name="settings-notifications",
    ),
    path("unsubscribe/<str:token>", unsubscribing.unsubscribe, name="unsubscribe"),
]
