"""Rows by the thousand, as if they had come one by one: what follows from them is recounted."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.conf import settings
from django.core.management.base import CommandError
from django.db import models, transaction

from accounts.models import User
from accounts.records import touch
from catalog.models import Kind
from cinehub.kit.kept import SITE, changed
from lists import counting
from lists.models import List, ListItem, Tracking, Viewing
from reviews import rating
from reviews.models import Rating

# What is made of the same words is the same, so that a second run adds nothing.
SEEDS = UUID("7f0c1b0e-2f0b-5b7a-9d4e-5a1f6c3d2e10")
BATCH, AT_ONCE = 2000, 200


def must_be_meant(yes: bool) -> None:
    """Nobody's history is to be invented on a real site by mistake."""
    if settings.SECURE_SSL_REDIRECT and not yes:
        raise CommandError("This site is in production. To invent members there, say --yes.")


def member_named(username: str) -> User:
    """Made if there is none; nobody can sign in as one that was made here."""
    found = User.objects.named(username).first()
    if found is None:
        found = User.objects.create_user(username, f"{username.lower()}@example.invalid")
    return found


def batch_of(*words: object) -> UUID:
    return uuid5(SEEDS, "/".join(map(str, words)))


@transaction.atomic
def record(member: User, viewings: Iterable[Viewing]) -> int:
    """Without those that are there; how many were new."""
    before = member.viewings.count()
    Viewing.objects.bulk_create(viewings, BATCH, ignore_conflicts=True)
    _follow_up(member)
    touch(member.pk)
    return member.viewings.count() - before


@transaction.atomic
def give(member: User, ratings: Iterable[Rating]) -> int:
    """The same; what is rated already stays as it is. Averages are `recount`'s."""
    before = member.ratings.count()
    Rating.objects.bulk_create(ratings, BATCH, ignore_conflicts=True)
    touch(member.pk)
    return member.ratings.count() - before


def recount(members: Iterable[User]) -> int:
    """Averages of all that they have rated, some hundreds at a time: nobody waits long for one."""
    rated = Rating.objects.filter(user__in=members).order_by("title", "season", "episode")
    things = list(rated.values_list("title", "season", "episode").distinct())
    for begin in range(0, len(things), AT_ONCE):
        with transaction.atomic():
            for title, season, episode in things[begin : begin + AT_ONCE]:
                rating.recount(title, season, episode)
    changed(SITE)
    return len(things)


@transaction.atomic
def put(lists: Iterable[tuple[List, list[int]]]) -> int:
    """Titles on lists that are empty, in this order."""
    items = [
        ListItem(list=list_, title_id=title, position=place, added_by_id=list_.owner_id)
        for list_, titles in lists
        if not list_.items.exists()
        for place, title in enumerate(titles, 1)
    ]
    ListItem.objects.bulk_create(items, BATCH)
    return len(items)


def _follow_up(member: User) -> None:
    """Progress of all shows, and which time it was of films that were watched more than once."""
    seen = member.viewings.order_by("title")
    shows = seen.filter(title__kind=Kind.TV).values_list("title", flat=True).distinct()
    Tracking.objects.bulk_create(
        [Tracking(user=member, title_id=show, rewatch=_round(member, show)) for show in shows],
        ignore_conflicts=True,
    )
    for show in shows:
        counting.recount(member.pk, show)
    films = seen.filter(title__kind=Kind.MOVIE).values_list("title", flat=True)
    for film in films.annotate(times=models.Count("pk")).filter(times__gt=1):
        counting.renumber(member.pk, film)


def _round(member: User, show: int) -> int:
    viewings = member.viewings.filter(title=show)
    return viewings.aggregate(last=models.Max("rewatch"))["last"] or 0
