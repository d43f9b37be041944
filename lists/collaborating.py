"""Members share a list: some edit it, some propose titles."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.models import Block, Kind, User
from accounts.notifying import notify
from lists.keeping import hold
from lists.models import Collaborator, List, ListItem

MOST_COLLABORATORS = 50
ROLES = Collaborator.Role


class Unreachable(Exception):
    """There is no such member for the list's owner."""


class TooMany(Exception):
    """Nobody edits with so many."""


@transaction.atomic
def invite(list_: List, username: str, role: str) -> Collaborator:
    """They hear of it; who is with the list already gets this role. Raises Unreachable, TooMany."""
    held = hold(list_)
    # Staff who see everybody still share nothing with who has blocked them.
    between = Block.objects.between(held.owner_id, OuterRef("pk"))
    others = User.objects.present().exclude(Exists(between)).exclude(pk=held.owner_id)
    member = others.named(username.strip().removeprefix("@")).first()
    if member is None:
        raise Unreachable
    if held.collaborators.count() >= MOST_COLLABORATORS:
        raise TooMany
    shared, is_new = held.collaborators.update_or_create(user=member, defaults={"role": role})
    records.refresh(member.pk)
    if is_new:
        _say_shared(member, held, role)
    return shared


def seen_by(member: User, list_: List) -> QuerySet[Collaborator]:
    """For its owner even whom a block hides: they count, and would be back once it is lifted."""
    near = Exists(User.objects.reachable_by(member).filter(pk=OuterRef("user")))
    others = list_.collaborators.annotate(is_near=near).select_related("user")
    seen = others if list_.owner_id == member.pk else others.filter(is_near=True)
    return seen.order_by("created_at", "pk")


def change_role(collaborator: Collaborator, role: str) -> None:
    Collaborator.objects.filter(pk=collaborator.pk).update(role=role)
    records.refresh(collaborator.user_id)


@transaction.atomic
def part(collaborator: Collaborator) -> None:
    """One of the two wants no more of it; what they have added stays, what they proposed goes."""
    held = hold(collaborator.list)
    held.items.proposed().filter(added_by=collaborator.user_id).delete()
    collaborator.delete()
    records.refresh(held.owner_id, collaborator.user_id)


def tell_of_proposal(item: ListItem, by: User) -> None:
    """The owner, in whose hands it is."""
    words = _("{name} has proposed a title for your list “{list}”.")
    _tell(item.list.owner, by, item.list, format_lazy(words, name=by.name, list=item.list))


def tell_of_answer(item: ListItem, by: User) -> None:
    """Who has proposed it, if it was taken; not a word to whom the list is no longer there for."""
    words = _("{name} has taken a title that you proposed onto the list “{list}”.")
    member = item.added_by
    if member and List.objects.visible_to(member).filter(pk=item.list_id).exists():
        _tell(member, by, item.list, format_lazy(words, name=by.name, list=item.list))


def _say_shared(member: User, list_: List, role: str) -> None:
    if role == ROLES.EDITOR:
        words = _("{name} shares the list “{list}” with you: you may edit it.")
    else:
        words = _("{name} shares the list “{list}” with you: you may propose titles for it.")
    _tell(member, list_.owner, list_, format_lazy(words, name=list_.owner.name, list=list_))


def _tell(recipient: User, actor: User, list_: List, text: Promise) -> None:
    url = reverse("lists:list", args=[list_.owner.username, list_.slug])
    notify(recipient=recipient, actor=actor, kind=Kind.COLLABORATION, text=text, url=url)
