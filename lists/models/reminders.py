"""What members were told of their shows and their watchlist."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models import Episode, Provider, Title

OF_EPISODE = Q(episode__isnull=False, provider=None)
OF_PROVIDER = Q(episode=None, provider__isnull=False)


class Reminder(models.Model):
    """That a member was told: that an episode airs, or that a title can be streamed somewhere.

    Written with what tells them, so that nobody is told twice. One of a provider stands for as long
    as that has the title, also where nobody had to be told.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    # The film; or the show, for which an episode may be named.
    title = models.ForeignKey(Title, models.CASCADE, related_name="+")
    episode = models.ForeignKey(Episode, models.CASCADE, null=True, blank=True, related_name="+")
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "episode"], condition=OF_EPISODE, name="reminder_of_episode_once"
            ),
            models.UniqueConstraint(
                fields=["user", "title", "provider"],
                condition=OF_PROVIDER,
                name="reminder_of_provider_once",
            ),
            models.CheckConstraint(
                condition=OF_EPISODE | OF_PROVIDER, name="reminder_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title_id} {self.episode_id or self.provider_id}"
