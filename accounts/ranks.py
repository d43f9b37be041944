"""Who may deal with whom: nobody with their equals, or with whom stands above them."""

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from accounts.models import User

# Groups, made by migrations.
EDITOR = gettext_noop("Catalogue editor")
MODERATOR = gettext_noop("Moderator")
ADMIN = gettext_noop("Administrator")

# What an admin may make of a member; more than that superusers alone.
GIVEN = (EDITOR, MODERATOR)


def beneath(actor: User) -> QuerySet[User]:
    """Members whom the actor may deal with, if they may deal with members at all."""
    others = User.objects.exclude(pk=actor.pk)
    if actor.is_superuser:
        return others
    if actor.groups.filter(name=ADMIN).exists():
        return others.filter(is_superuser=False).exclude(groups__name=ADMIN)
    return others.filter(is_superuser=False, is_staff=False)


def is_beneath(member: User, actor: User) -> bool:
    return beneath(actor).filter(pk=member.pk).exists()


def given() -> QuerySet[Group]:
    return Group.objects.filter(name__in=GIVEN).order_by("name")
