"""Who may see what a member shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Of a profile, and of each thing that a member makes public or not.

    A profile for followers is closed to passers-by: whoever signs in and follows is let in. Into a
    private one its member lets people one by one: to follow it has to be asked for.
    """

    PUBLIC = "public", _("Everybody")
    FOLLOWERS = "followers", _("Followers")
    PRIVATE = "private", _("Only whom I let in")
