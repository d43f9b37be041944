"""Members and their ties, and who somebody is themselves; below /api/v1/."""

from django.urls import path

from accounts.api import members
from cinehub.kit import addresses as addresses  # <username:username>

USER = "users/<username:username>"

urlpatterns = [
    path(f"{USER}/", members.OneMember.as_view(), name="user"),
    path(f"{USER}/followers/", members.Followers.as_view(), name="user-followers"),
    path(f"{USER}/following/", members.Following.as_view(), name="user-following"),
    path(f"{USER}/follow/", members.Follow.as_view(), name="user-follow"),
    path(f"{USER}/mute/", members.Mute.as_view(), name="user-mute"),
    path(f"{USER}/block/", members.Block.as_view(), name="user-block"),
]
