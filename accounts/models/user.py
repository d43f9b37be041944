"""Members of the site."""

from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import BooleanField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Lower, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.audience import Audience
from accounts.models.ties import Block, Follow, Mute
from catalog.models import Provider

# How long a member who leaves may think better of it.
GRACE = timedelta(days=14)

# What stands in an address after the @.
spelling = RegexValidator(
    r"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,28}[A-Za-z0-9_]\Z",
    _("2 to 30 letters (a to z), digits, dots, dashes and underscores."),
)


class Theme(models.TextChoices):
    SYSTEM = "system", _("As on this device")
    DARK = "dark", _("Dark")
    LIGHT = "light", _("Light")


class RatingScale(models.TextChoices):
    """How a member sees and gives ratings; they are kept as 0.5 to 10 whatever is shown."""

    TEN = "10", _("1 to 10, in halves")
    STARS = "5", _("Five stars, in halves")
    HUNDRED = "100", _("Up to 100, in fives")


class UserQuerySet(models.QuerySet["User"]):
    def present(self) -> Self:
        """Neither deactivated nor about to leave."""
        return self.filter(is_active=True, leaves_at=None)

    def named(self, username: str) -> Self:
        """Without regard to case, by the index that keeps names apart."""
        return self.alias(lowered=Lower("username")).filter(lowered=username.lower())

    def followers_of(self, member: "User") -> Self:
        """Whom the member has let in, the latest first."""
        return self.filter(
            following__followed=member, following__accepted_at__isnull=False
        ).order_by("-following__created_at", "-following__pk")

    def asking(self, member: "User") -> Self:
        """Who has asked to follow the member and waits for an answer, the latest first."""
        return self.filter(following__followed=member, following__accepted_at=None).order_by(
            "-following__created_at", "-following__pk"
        )

    def followed_by(self, member: "User") -> Self:
        """Whom the member follows, the latest first."""
        return self.filter(
            followers__follower=member, followers__accepted_at__isnull=False
        ).order_by("-followers__created_at", "-followers__pk")

    def tied_to(self, viewer: "User | AnonymousUser") -> Self:
        """With what ties each to the viewer, and whether the viewer may look at all."""
        mine = Follow.objects.filter(follower=viewer.pk, followed=OuterRef("pk"))
        theirs = Follow.objects.filter(follower=OuterRef("pk"), followed=viewer.pk)
        return self.annotate(
            is_visible=_visible(viewer),
            is_followed=Exists(mine.accepted()),
            is_asked=Exists(mine.requested()),
            follows_back=Exists(theirs.accepted()),
            is_muted=Exists(Mute.objects.filter(muter=viewer.pk, muted=OuterRef("pk"))),
        )

    def typed(self, name: str) -> int | None:
        """The key of whom somebody means who types this to sign in."""
        means = Q(username__iexact=name) | Q(email=name) | Q(phone=name)
        confirmed = F("emailaddress__verified").desc(nulls_last=True)
        return self.filter(means).order_by(confirmed, "pk").values_list("pk", flat=True).first()

    def reachable_by(self, viewer: "User | AnonymousUser") -> Self:
        """Whose page there is for the viewer, if only to say that it is private.

        Who has blocked and who was blocked do not exist for each other. Staff see everybody.
        """
        if viewer.is_staff:
            return self
        if not viewer.is_authenticated:
            return self.present()
        return self.present().exclude(
            Exists(Block.objects.between(viewer.pk, OuterRef("pk"))),
        )

    def visible_to(self, viewer: "User | AnonymousUser") -> Self:
        """Whose profile, and what of theirs follows its rule, the viewer may see.

        This is the one rule of privacy: pages, feeds, the API and exports all ask it.
        """
        return self.reachable_by(viewer).filter(_visible(viewer))


def _visible(viewer: "User | AnonymousUser") -> Q:
    """Among those whom the viewer reaches."""
    if viewer.is_staff:
        return Q(Value(True, output_field=BooleanField()))
    public = Q(audience=Audience.PUBLIC)
    if not viewer.is_authenticated:
        return public
    follows = Follow.objects.accepted().filter(follower=viewer.pk, followed=OuterRef("pk"))
    return public | Q(pk=viewer.pk) | Q(Exists(follows))


class Users(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Named, so that migrations can tell it."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """In small letters, as allauth looks for it."""
        return str(super().normalize_email(email)).lower()


class User(AbstractUser):
    """A member. Names are unique without regard to case: Ann and ann are one."""

    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        help_text=_("It is your address here: /@name."),
        validators=[spelling],
        error_messages={"unique": _("There is a member with this name.")},
    )
    # Whose it is, who confirmed it says (allauth's EmailAddress); others may claim it before.
    email = models.EmailField(_("e-mail address"), db_index=True)
    # Nobody's first and last name is asked for.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    # E.164; only a number that was confirmed signs in.
    phone = models.CharField(_("phone number"), max_length=16, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("phone number confirmed"), default=False)
    # When the account is erased, if its member has asked for that.
    leaves_at = models.DateTimeField(_("leaves at"), null=True, blank=True)

    # What others see.
    display_name = models.CharField(_("display name"), max_length=60, blank=True)
    bio = models.TextField(_("about you"), max_length=500, blank=True)
    avatar = models.FileField(upload_to="avatars", max_length=120, blank=True)
    audience = models.CharField(
        _("who sees your profile"), max_length=9, choices=Audience, default=Audience.PUBLIC
    )
    default_audience = models.CharField(
        _("who sees what you add"), max_length=9, choices=Audience, default=Audience.PUBLIC
    )

    # How the site is for them; empty is as the browser says.
    language = models.CharField(_("language"), max_length=12, blank=True)
    region = models.CharField(_("country"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    # Monday is 0.
    first_weekday = models.PositiveSmallIntegerField(
        _("first day of the week"), null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    providers = models.ManyToManyField(
        Provider, verbose_name=_("streaming services you have"), related_name="+", blank=True
    )
    adult = models.BooleanField(_("show adult titles"), default=False)
    spoiler_shield = models.BooleanField(_("hide what I have not got to yet"), default=True)
    rating_scale = models.CharField(
        _("ratings"), max_length=3, choices=RatingScale, default=RatingScale.TEN
    )

    # Of whom `tied_to` was asked.
    is_visible: bool

    objects: ClassVar[Users] = Users()

    REQUIRED_FIELDS = ["email"]

    class Meta(AbstractUser.Meta):
        verbose_name = _("member")  # type: ignore[assignment]
        verbose_name_plural = _("members")  # type: ignore[assignment]
        # Read by Django alone, and kept in the database: nobody translates it.
        permissions = [("suspend_user", "Can suspend member")]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_once",
                violation_error_message=_("There is a member with this name."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values, default_audience__in=Audience.values),
                name="user_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(first_weekday=None) | Q(first_weekday__lte=6),
                name="user_first_weekday",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leaves_at"], name="user_leaving", condition=Q(leaves_at__isnull=False)
            ),
            models.Index(fields=["date_joined"], name="user_joined"),
            models.Index(fields=["last_login"], name="user_signed_in"),
            # As allauth looks for names, and PostgreSQL compares them without regard to case.
            models.Index(Upper("username"), name="user_username_upper"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As others read it."""
        return self.display_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.username])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def is_last_admin(self) -> bool:
        """Whether nobody else may do everything."""
        others = User.objects.present().filter(is_superuser=True).exclude(pk=self.pk)
        return self.is_superuser and not others.exists()

    def lets_in(self, viewer: "User | AnonymousUser") -> bool:
        return User.objects.visible_to(viewer).filter(pk=self.pk).exists()
