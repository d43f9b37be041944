"""Of whom a member hears, and of whom they might."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from accounts.models import Audience, Follow, Mute, User, seen_by
from accounts.models.user import UserQuerySet

# So many are proposed, of so many who are followed most.
PROPOSED, LOOKED_AT = 6, 100


@dataclass(frozen=True, slots=True)
class Circle:
    """By their keys: `people` whom the viewer follows, is let in by and has not muted. `open` are
    those of them whose viewings and ratings are for the viewer, too."""

    viewer: User
    people: list[int]
    open: list[int]

    @classmethod
    def of(cls, viewer: User) -> "Circle":
        # What follows a member's own rule is asked once for each member, not for each row.
        shown = User.objects.filter(seen_by(viewer, whose="pk", audience="default_audience"))
        rows = followed(viewer).annotate(shows=Exists(shown.filter(pk=OuterRef("pk"))))
        told = list(rows.order_by("pk").values_list("pk", "shows"))
        return cls(viewer, [pk for pk, _ in told], [pk for pk, shows in told if shows])


def followed(viewer: User) -> UserQuerySet:
    """Whom the viewer hears of, if they show anything."""
    follows = Follow.objects.accepted().filter(follower=viewer, followed=OuterRef("pk"))
    muted = Mute.objects.filter(muter=viewer, muted=OuterRef("pk"))
    # The staff sees who is gone, too, but does not hear of them.
    found: UserQuerySet = User.objects.visible_to(viewer).present()
    return found.filter(Exists(follows), ~Exists(muted))


def proposed(viewer: User) -> list[User]:
    """Whom others follow most, of those whose profile is for everybody."""
    counted = Follow.objects.accepted().order_by().values("followed").annotate(number=Count("pk"))
    most = [row["followed"] for row in counted.order_by("-number", "followed")[:LOOKED_AT]]
    mine = Follow.objects.filter(follower=viewer, followed=OuterRef("pk"))
    muted = Mute.objects.filter(muter=viewer, muted=OuterRef("pk"))
    others = User.objects.reachable_by(viewer).present().exclude(pk=viewer.pk)
    open_ones = others.filter(audience=Audience.PUBLIC).exclude(Exists(mine) | Exists(muted))
    found = {one.pk: one for one in open_ones.filter(pk__in=most).tied_to(viewer)}
    return [found[pk] for pk in most if pk in found][:PROPOSED]
