"""Who is told of what somebody wrote: whom it answers, and whom it mentions."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Lower
from django.utils.functional import Promise

from accounts.models import Kind, User
from accounts.notifying import notify
from reviews import markdown
from reviews.models import Review

# To whom, of what kind it is for them, and in which words.
Told = tuple[User, Kind, str | Promise]


def tell(review: Review, actor: User, told: Iterable[Told], url: str) -> None:
    """Each member once, of what comes first; nobody who does not see the review."""
    for_each: dict[int, Told] = {}
    for recipient, kind, text in told:
        for_each.setdefault(recipient.pk, (recipient, kind, text))
    # In the order of their keys: they are held one after another.
    for _key, (recipient, kind, text) in sorted(for_each.items(), key=lambda each: each[0]):
        if Review.objects.visible_to(recipient).filter(pk=review.pk).exists():
            notify(recipient=recipient, actor=actor, kind=kind, text=text, url=url)


def newly_named(text: str, before: str = "") -> list[User]:
    """Whom the text mentions and did not before."""
    names = markdown.names_in([text]) - markdown.names_in([before])
    return list(_named(names)) if names else []


def names_for(viewer: User | AnonymousUser, texts: Iterable[str]) -> set[str]:
    """Those whom the texts mention and the viewer reaches, in small letters; in one question."""
    names = markdown.names_in(texts)
    if not names:
        return set()
    reachable = User.objects.reachable_by(viewer)
    found = reachable.alias(lowered=Lower("username")).filter(lowered__in=names)
    return {name.lower() for name in found.values_list("username", flat=True)}


def _named(names: set[str]) -> Iterable[User]:
    return User.objects.present().alias(lowered=Lower("username")).filter(lowered__in=names)
