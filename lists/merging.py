"""What members have on record of a title that is another one by now becomes the other one's.

Nothing is lost and nothing is there twice. What of a show has no counterpart stays where it is.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.records import touch
from catalog.merged import Keys, merged, parts
from catalog.models import Title
from lists.caring import care_for
from lists.counting import hold, renumber, settle
from lists.keeping import tell_keepers
from lists.models import List, ListItem, Reminder, Tracking, Viewing
from lists.progress import line_of


def follow() -> int:
    """How many titles somebody had something of."""
    of_title = {"title": OuterRef("pk")}
    held = (ListItem, Viewing, Tracking, Reminder)
    somebodys = Q(Exists(List.objects.filter(cover=OuterRef("pk"))))
    for model in held:
        somebodys |= Q(Exists(model._default_manager.filter(**of_title)))
    found = list(merged().filter(somebodys))
    for title in found:
        if title.merged_into:
            _follow(title, title.merged_into)
    return len(found)


def _follow(old: Title, new: Title) -> None:
    for list_pk in ListItem.objects.filter(title=old).order_by("pk").values_list("list", flat=True):
        _move_item(list_pk, old, new)
    List.objects.filter(cover=old).update(cover=new)
    _move_reminders(old, new)
    if old.is_movie:
        for member in _members(Viewing.objects.filter(title=old)):
            _move_viewings(member, old, new)
    elif new.details_at is None:
        # Before its episodes are known nobody can tell which is which.
        care_for(new)
    else:
        episodes = parts(old, new).episodes
        movable = Viewing.objects.filter(title=old, episode__in=episodes)
        for member in _members(movable, Tracking.objects.filter(title=old)):
            _move_progress(member, old, new, episodes)


def _members(*rows: QuerySet[Viewing] | QuerySet[Tracking]) -> Iterable[User]:
    keys = [each.order_by().values("user") for each in rows]
    either = Q(pk__in=keys[0])
    for more in keys[1:]:
        either |= Q(pk__in=more)
    return User.objects.filter(either).order_by("pk")


@transaction.atomic
def _move_item(list_pk: int, old: Title, new: Title) -> None:
    """Of two on one list one remains: the one that is on it, rather than only proposed."""
    held = List.objects.select_for_update(no_key=True).get(pk=list_pk)
    item = held.items.filter(title=old).first()
    if item is None:
        return
    twin = held.items.filter(title=new).first()
    if twin and (twin.is_accepted or not item.is_accepted):
        # What was said of it stays.
        held.items.filter(pk=twin.pk, note="").update(note=item.note)
        item.delete()
    else:
        held.items.filter(title=new).delete()
        held.items.filter(pk=item.pk).update(title=new)
    touch(held.owner_id)
    tell_keepers(held)


@transaction.atomic
def _move_viewings(member: User, old: Title, new: Title) -> None:
    """Of a film: to have watched both is to have watched it twice."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    twins = Viewing.objects.filter(user=member, title=new, episode=None, batch=OuterRef("batch"))
    Viewing.objects.filter(Exists(twins), user=member, title=old).delete()
    Viewing.objects.filter(user=member, title=old).update(title=new)
    renumber(member.pk, new.pk)
    touch(member.pk)


@transaction.atomic
def _move_progress(member: User, old: Title, new: Title, episodes: Keys) -> None:
    """Of a show; what they said last of either holds."""
    said = Tracking.objects.filter(user=member, title=old).first()
    is_known = Tracking.objects.filter(user=member, title=new).exists()
    tracking = hold(member, new)
    for viewing in Viewing.objects.filter(user=member, title=old, episode__in=episodes):
        to = {"user": member, "title": new, "episode": episodes[viewing.episode_id or 0]}
        if Viewing.objects.filter(**to, batch=viewing.batch).exists():
            viewing.delete()
        else:
            Viewing.objects.filter(pk=viewing.pk).update(title=new, episode=to["episode"])
    if said and (not is_known or said.changed_at > tracking.changed_at):
        tracking.state, tracking.rewatch = said.state, said.rewatch
        tracking.changed_at, tracking.created_at = said.changed_at, said.created_at
    Tracking.objects.filter(user=member, title=old).delete()
    settle(tracking, line_of(new), "state", "rewatch", "changed_at", "created_at")
    touch(member.pk)


def _move_reminders(old: Title, new: Title) -> None:
    """Nobody is told of the same service again. Episodes are others, and another day's."""
    told = Reminder.objects.filter(title=new, user=OuterRef("user"), provider=OuterRef("provider"))
    kept = Reminder.objects.filter(title=old, provider__isnull=False)
    kept.exclude(Exists(told)).update(title=new)
    Reminder.objects.filter(title=old).delete()
