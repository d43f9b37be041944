"""What comes out of what a member watches and wants: their own calendar."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.about.schedule import Day, Event, each_day, lines_of, told
from catalog.models import Title
from catalog.models.title import TitleQuerySet
from cinehub.kit.web import Reader
from lists.models import List, ListItem, State

# What has come out a while ago is still told to programs that read along.
BEFORE = timedelta(days=30)
FEED_LINES = 1000
# What those programs are told of a title.
IN_FEEDS = (
    "kind",
    "tmdb_id",
    "name",
    "original_name",
    "tagline",
    "overview",
    "poster_path",
    "year",
    "details_at",
    "fetched_at",
)


def on_calendar(member: User) -> TitleQuerySet:
    """Shows that the member follows, and their watchlist without the shows they are done with."""
    progress = member.tracking.order_by()
    done = progress.filter(state__in=(State.PAUSED, State.DROPPED))
    is_begun = Q(seen__gt=0) | Q(rewatch__gt=0)
    followed = progress.filter(Q(state=State.NONE) & is_begun | Q(state=State.PLANNED))
    wanted = ListItem.objects.accepted().filter(list__owner=member, list__kind=List.Kind.WATCHLIST)
    kept = wanted.exclude(title__in=done.values("title"))
    # Not by OR, with which a database looks through all that comes out rather than what is theirs.
    return Title.objects.filter(pk__in=followed.values("title").union(kept.values("title")))


def days_of(
    member: User, who: Reader, days: tuple[date, date], *, kind: str, most: int
) -> list[Day]:
    """Each day on which something of theirs comes out."""
    return each_day(
        days,
        kind=kind,
        country=who.country,
        titles=Title.objects.for_cards(who.language),
        most=most,
        among=on_calendar(member),
    )


def fed(member: User, who: Reader, *, ahead: timedelta) -> list[Event]:
    """What programs that read the calendar along are told, day by day."""
    today = timezone.localdate()
    days = (today - BEFORE, today + ahead)
    lines = lines_of(days, country=who.country, among=on_calendar(member))
    titles = Title.objects.in_language(who.language).only(*IN_FEEDS)
    return told(lines[:FEED_LINES], titles)
