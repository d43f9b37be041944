"""Who sees what members add."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models.audience import Audience
from accounts.models.ties import Follow
from accounts.models.user import User


def seen_by(viewer: User | AnonymousUser, *, audience: str, whose: str = "user") -> Q:
    """Rows that the viewer may see: `whose` names their member, `audience` whom they are for.

    Never more than of the member: who does not see the profile sees nothing that is on it. What is
    private is its member's own. Staff see everything.
    """
    if viewer.is_staff:
        return Q()
    # Of each row's member, for `IN` makes a list of all who are visible first.
    visible = Q(Exists(User.objects.visible_to(viewer).order_by().filter(pk=OuterRef(whose))))
    public = Q(**{audience: Audience.PUBLIC})
    if not viewer.is_authenticated:
        return visible & public
    follows = Follow.objects.accepted().filter(follower=viewer.pk, followed=OuterRef(whose))
    to_followers = Q(**{audience: Audience.FOLLOWERS}) & Q(Exists(follows))
    return Q(**{whose: viewer.pk}) | visible & (public | to_followers)


def shows_additions(member: User, viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may see what the member watches and rates, and what it comes to."""
    if viewer.pk == member.pk:
        return True
    rule = seen_by(viewer, whose="pk", audience="default_audience")
    return User.objects.filter(rule, pk=member.pk).exists()


def counted(member: User, viewer: User | AnonymousUser) -> dict[str, int]:
    """How many follow whom, and ask to, of those whom the viewer reaches; in one question."""
    others = User.objects.reachable_by(viewer).order_by().values("pk")
    to_them, from_them = Q(followed=member, follower__in=others), Q(follower=member)
    has_begun = Q(accepted_at__isnull=False)
    found: dict[str, int] = Follow.objects.filter(
        Q(followed=member) | Q(follower=member)
    ).aggregate(
        followers=Count("pk", filter=to_them & has_begun),
        following=Count("pk", filter=from_them & Q(followed__in=others) & has_begun),
        asking=Count("pk", filter=to_them & ~has_begun),
    )
    return found
