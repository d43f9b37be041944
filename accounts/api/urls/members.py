"""Members and their ties, and who somebody is themselves; below /api/v1/."""

from django.urls import path

from accounts.api import circle, going, invitations, me, members, notifications
from cinehub.kit import addresses as addresses  # <key:pk>, <username:username>

ME = "users/me"
USER = "users/<username:username>"
NOTICES = "notifications"

urlpatterns = [
    path(f"{ME}/", me.Myself.as_view(), name="me"),
    path(f"{ME}/avatar/", me.Avatar.as_view(), name="me-avatar"),
    path(
        f"{ME}/notification-settings/",
        notifications.NotificationSettings.as_view(),
        name="me-notification-settings",
    ),
    path(f"{ME}/followers/requests/", circle.Requests.as_view(), name="me-requests"),
    path(
        f"{ME}/followers/requests/<username:username>/", circle.Asking.as_view(), name="me-request"
    ),
    path(f"{ME}/followers/<username:username>/", circle.Follower.as_view(), name="me-follower"),
    path(f"{ME}/blocked/", circle.Blocked.as_view(), name="me-blocked"),
    path(f"{ME}/muted/", circle.Muted.as_view(), name="me-muted"),
    path(f"{ME}/invitations/", invitations.Invitations.as_view(), name="me-invitations"),
    path(f"{ME}/invitations/<key:pk>/", invitations.OneInvitation.as_view(), name="me-invitation"),
    path(f"{ME}/invitations/<key:pk>/resend/", invitations.Resend.as_view(), name="me-resend"),
    path(f"{ME}/leave/", going.Leave.as_view(), name="me-leave"),
    path(f"{USER}/", members.OneMember.as_view(), name="user"),
    path(f"{USER}/followers/", members.Followers.as_view(), name="user-followers"),
    path(f"{USER}/following/", members.Following.as_view(), name="user-following"),
    path(f"{USER}/follow/", members.Follow.as_view(), name="user-follow"),
    path(f"{USER}/mute/", members.Mute.as_view(), name="user-mute"),
    path(f"{USER}/block/", members.Block.as_view(), name="user-block"),
    path(f"{NOTICES}/", notifications.Notifications.as_view(), name="notifications"),
    path(f"{NOTICES}/unread/", notifications.UnreadCount.as_view(), name="notifications-unread"),
    path(f"{NOTICES}/read/", notifications.ReadAll.as_view(), name="notifications-read"),
    path(f"{NOTICES}/<key:pk>/read/", notifications.ReadOne.as_view(), name="notification-read"),
]
