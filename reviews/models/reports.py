"""What members report, and what moderators decide."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.reviews import Comment, Review

LONGEST_TEXT = 500
OF_REVIEW = Q(review__isnull=False, comment=None)
OF_COMMENT = Q(review=None, comment__isnull=False)


class Reason(models.TextChoices):
    SPOILER = "spoiler", _("Tells the plot without a warning")
    ABUSE = "abuse", _("Insults or threatens somebody")
    HATE = "hate", _("Hateful")
    SPAM = "spam", _("Advertises something")
    OFF_TOPIC = "off topic", _("Is not about the film or show")
    OTHER = "other", _("Something else")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def oldest(self) -> Self:
        return self.order_by("created_at", "pk")


class Report(models.Model):
    """A member says that a review or a comment should not be there."""

    # Who has left is not asked any more, and what they reported is still there.
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports",
        verbose_name=_("reported by"),
    )
    review = models.ForeignKey(
        Review, models.CASCADE, null=True, blank=True, related_name="reports"
    )
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="reports"
    )
    reason = models.CharField(_("reason"), max_length=9, choices=Reason)
    text = models.CharField(_("what is wrong with it"), max_length=LONGEST_TEXT, blank=True)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        # Read by Django alone, and kept in the database: nobody translates it.
        permissions = [("decide_report", "Can decide report")]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "review"],
                condition=OF_REVIEW & Q(settled_at=None, reporter__isnull=False),
                name="report_of_review_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "comment"],
                condition=OF_COMMENT & Q(settled_at=None, reporter__isnull=False),
                name="report_of_comment_once",
            ),
            models.CheckConstraint(condition=OF_REVIEW | OF_COMMENT, name="report_of_one_thing"),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="report_reason_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"], name="report_open", condition=Q(settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class DecisionQuerySet(models.QuerySet["Decision"]):
    def newest(self) -> Self:
        return self.order_by("-decided_at", "-pk")


class Decision(models.Model):
    """What a moderator did, and why. Nothing here is ever changed."""

    class Deed(models.TextChoices):
        HIDDEN = "hidden", _("Hidden")
        RESTORED = "restored", _("Restored")
        DISMISSED = "dismissed", _("Left as it is")

    # Empty once the moderator has left; what was decided stays.
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("moderator"),
    )
    # Whose words they were, also after those are gone.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="decisions_about",
        verbose_name=_("author"),
    )
    review = models.ForeignKey(
        Review, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    comment = models.ForeignKey(
        Comment, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    deed = models.CharField(_("decision"), max_length=9, choices=Deed)
    reason = models.CharField(_("reason"), max_length=9, choices=Reason, blank=True)
    text = models.CharField(_("in words"), max_length=LONGEST_TEXT, blank=True)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=["hidden", "restored", "dismissed"]), name="decision_known"
            ),
        ]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.author_id}"
