"""Lists: the watchlist, the favourites, and those that members make."""

import secrets
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, seen_by
from catalog.models import Kind as TitleKind
from catalog.models import Title

LONGEST_NAME = 100
LONGEST_NOTE = 500
LONGEST_QUERY = 2000


def new_key() -> str:
    return secrets.token_urlsafe(16)


class Visibility(models.TextChoices):
    """Whom a list is for: an audience, or whoever was given its link."""

    PUBLIC = "public", _("Everybody")
    UNLISTED = "unlisted", _("Whoever has the link")
    FOLLOWERS = "followers", _("Followers")
    PRIVATE = "private", _("Only me")


class ListQuerySet(models.QuerySet["List"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """What the viewer comes upon: unlisted ones have to be asked for by their link.

        Collaborators see what they work on, unless a block lies between them and the owner.
        """
        theirs = seen_by(viewer, whose="owner", audience="visibility")
        if not viewer.is_authenticated or viewer.is_staff:
            return self.filter(theirs)
        works = Collaborator.objects.filter(list=OuterRef("pk"), user=viewer)
        reachable = Q(owner__in=User.objects.reachable_by(viewer).order_by().values("pk"))
        return self.filter(theirs | Q(Exists(works)) & reachable)

    def linked(self, key: str, viewer: User | AnonymousUser) -> Self:
        """The unlisted one of this link, for whoever reaches its owner."""
        owners = User.objects.reachable_by(viewer).order_by().values("pk")
        return self.filter(key=key, visibility=Visibility.UNLISTED, owner__in=owners)

    def editable_by(self, member: User) -> Self:
        """The member's own, and those that were given them to edit, of whom they can reach."""
        return self._shared_with(member, [Collaborator.Role.EDITOR])

    def open_to(self, member: User) -> Self:
        """To which the member may add, or propose, titles."""
        return self._shared_with(member, Collaborator.Role.values)

    def custom(self) -> Self:
        return self.filter(kind__in=(List.Kind.CUSTOM, List.Kind.SMART))

    def newest(self) -> Self:
        """The last changed first."""
        return self.order_by("-changed_at", "-pk")

    def _shared_with(self, member: User, roles: list[str]) -> Self:
        works = Collaborator.objects.filter(list=OuterRef("pk"), user=member, role__in=roles)
        reachable = User.objects.reachable_by(member).order_by().values("pk")
        return self.filter(Q(owner=member) | Q(Exists(works), owner__in=reachable))


class List(models.Model):
    """Titles in a member's order. The watchlist and the favourites are made on their first use."""

    class Kind(models.TextChoices):
        WATCHLIST = "watchlist", _("Watchlist")
        FAVORITES = "favorites", _("Favourites")
        CUSTOM = "custom", _("List")
        # What is on it a filter says, whenever it is looked at.
        SMART = "smart", _("Smart list")

    class Scope(models.TextChoices):
        """Of what a smart list is a choice."""

        CATALOGUE = "catalogue", _("Everything")
        SEEN = "seen", _("What I have seen")
        LIST = "list", _("A list")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lists")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.CUSTOM)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    slug = models.SlugField(_("in the address"), max_length=LONGEST_NAME)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=9, choices=Visibility, default=Visibility.PUBLIC
    )
    # What opens an unlisted one; a new one shuts out whoever had the old.
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    is_ranked = models.BooleanField(_("ranked"), default=False)
    # The poster that stands for it; without one the first are shown.
    cover = models.ForeignKey(
        Title, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    # Also when what is on it changed.
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    # Of smart lists: discover's query string, for films or for shows.
    query = models.CharField(_("filter"), max_length=LONGEST_QUERY, blank=True)
    of_kind = models.CharField(_("films or shows"), max_length=5, choices=TitleKind, blank=True)
    scope = models.CharField(max_length=9, choices=Scope, default=Scope.CATALOGUE)
    source = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")

    objects = ListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="list_slug_once"),
            models.UniqueConstraint(
                fields=["owner", "kind"],
                condition=Q(kind__in=["watchlist", "favorites"]),
                name="list_of_each_member_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["watchlist", "favorites", "custom", "smart"],
                    visibility__in=Visibility.values,
                    scope__in=["catalogue", "seen", "list"],
                ),
                name="list_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="smart", of_kind__in=TitleKind.values) | Q(of_kind="", query=""),
                name="list_filter_of_smart_ones",
            ),
            models.CheckConstraint(
                condition=~Q(scope="list", source=None),
                name="list_source_named",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-changed_at", "-id"], name="list_newest"),
            models.Index(
                fields=["-created_at", "-id"],
                name="list_told",
                condition=Q(kind__in=["custom", "smart"]),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        """For a list whose owner is at hand."""
        return reverse("lists:list", args=[self.owner.username, self.slug])

    @property
    def shown_name(self) -> str:
        """Those that everybody has are called alike, in the reader's language."""
        is_named = self.kind in (List.Kind.CUSTOM, List.Kind.SMART)
        return self.name if is_named else str(List.Kind(self.kind).label)

    @property
    def is_custom(self) -> bool:
        return self.kind in (List.Kind.CUSTOM, List.Kind.SMART)

    @property
    def is_smart(self) -> bool:
        return self.kind == List.Kind.SMART

    def get_link(self) -> str:
        """The address that opens it to whoever has it, while it is unlisted."""
        return reverse("lists:linked", args=[self.key])


class ListItemQuerySet(models.QuerySet["ListItem"]):
    def accepted(self) -> Self:
        """Without what was proposed and waits for an answer."""
        return self.filter(is_accepted=True)

    def proposed(self) -> Self:
        return self.filter(is_accepted=False)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class ListItem(models.Model):
    """A title on a list. What TMDB drops stays, and is shown as unavailable."""

    list = models.ForeignKey(List, models.CASCADE, related_name="items")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    # Gaps and, for a moment, equals are fine: the key decides.
    position = models.PositiveIntegerField(_("position"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    is_accepted = models.BooleanField(default=True)

    objects = ListItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("list item")
        verbose_name_plural = _("list items")
        constraints = [
            models.UniqueConstraint(fields=["list", "title"], name="list_item_once"),
        ]
        indexes = [
            models.Index(fields=["list", "position", "id"], name="list_item_order"),
            models.Index(fields=["list", "-added_at", "-id"], name="list_item_newest"),
            models.Index(fields=["-added_at", "-id"], name="list_item_told"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.title_id}"


class Collaborator(models.Model):
    """Somebody with whom the owner shares a list."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("Edits it")
        SUGGESTER = "suggester", _("Proposes titles")

    list = models.ForeignKey(List, models.CASCADE, related_name="collaborators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="collaborations"
    )
    role = models.CharField(_("role"), max_length=9, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "user"], name="collaborator_once"),
            models.CheckConstraint(
                condition=Q(role__in=["editor", "suggester"]), name="collaborator_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
