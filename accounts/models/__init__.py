"""Members, what ties them, and what they are told."""

from accounts.models.audience import Audience
from accounts.models.hooks import Delivery, Webhook
from accounts.models.invitations import Invitation
from accounts.models.notices import Choice, Kind, Mail, Notification
from accounts.models.seeing import seen_by, shows_additions
from accounts.models.ties import Block, Follow, Mute
from accounts.models.tokens import Authorization, PersonalToken, SpentToken
from accounts.models.undo import Undo
from accounts.models.user import RatingScale, Theme, User

__all__ = [
    "Audience",
    "Authorization",
    "Block",
    "Choice",
    "Delivery",
    "Follow",
    "Invitation",
    "Kind",
    "Mail",
    "Mute",
    "Notification",
    "PersonalToken",
    "RatingScale",
    "SpentToken",
    "Theme",
    "Undo",
    "User",
    "Webhook",
    "seen_by",
    "shows_additions",
]
