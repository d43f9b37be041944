"""Telling members what they wait for: an episode airs, a title has come to a service of theirs.

Who is to be told anything at all is one question for everybody. Then each member is held, looked at
again, and told in one transaction with the rows that say so: nobody is told twice, whatever dies.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Kind, User
from accounts.notifying import notify
from accounts.preferring import as_for, zone
from catalog.models import Episode, Offer, Title
from cinehub.kit.web import Reader
from lists.models import List, ListItem, Reminder, State, Tracking, Viewing
from lists.models.lists import ListItemQuerySet
from lists.when import today

# Where one pays nothing but what the service costs anyway.
STREAMED = (Offer.Kind.FLATRATE, Offer.Kind.FREE, Offer.Kind.ADS)
# Whoever puts a title on their watchlist sees on its page where it can be streamed already.
NO_NEWS = timedelta(hours=6)
# More titles than that, because somebody has a new service, are told in one sentence.
MOST_APART = 5
# By then nobody looks at the day of an episode any more.
KEPT = timedelta(days=400)

# The words, and where they lead.
Told = tuple[str, str]
# Writes down what it gives.
News = Callable[[User, Reader], list[Told]]


def tell_episodes() -> int:
    """To everybody on whose day they air; how many members were told."""
    members = [pk for day, zones in _days().items() for pk in _expecting(day, zones)]
    return _tell_each(members, Kind.EPISODE, _episodes)


def tell_streaming() -> int:
    """What a service has no longer is news again once it has it anew."""
    _gone().delete()
    members = _longing().order_by("list__owner").values_list("list__owner", flat=True)
    return _tell_each(members.distinct(), Kind.STREAMING, _streamed)


def forget_old() -> int:
    """That somebody was told of episodes which aired long ago."""
    old = Reminder.objects.filter(created_at__lt=timezone.now() - KEPT, provider=None)
    return old.delete()[0]


def _tell_each(members: Iterable[int], kind: Kind, news: News) -> int:
    return sum(_tell(pk, kind, news) for pk in list(members))


@transaction.atomic
def _tell(pk: int, kind: Kind, news: News) -> bool:
    member = User.objects.present().select_for_update(no_key=True).filter(pk=pk).first()
    if member is None:
        return False
    with as_for(member) as who:
        told = news(member, who)
        for text, url in told:
            notify(recipient=member, actor=None, kind=kind, text=text, url=url)
    return bool(told)


# --- Episodes -----------------------------------------------------------------------------------
def _days() -> dict[date, list[str]]:
    """What day it is for members, and in which time zones."""
    days: dict[date, list[str]] = {}
    for name in User.objects.order_by().values_list("time_zone", flat=True).distinct():
        here = timezone.localdate(timezone=zone(name) or timezone.get_default_timezone())
        days.setdefault(here, []).append(name)
    return days


def _expecting(day: date, zones: list[str]) -> QuerySet[Tracking, int]:
    """The keys of those there who watch a show that goes on on this day, and don't know yet."""
    there = User.objects.present().filter(time_zone__in=zones).order_by()
    airing = _airing(day, OuterRef(OuterRef("user"))).filter(season__title=OuterRef("title"))
    rows = _watched().filter(Exists(airing), user__in=there.values("pk")).order_by("user")
    return rows.values_list("user", flat=True).distinct()


def _episodes(member: User, who: Reader) -> list[Told]:
    shows = _watched().filter(user=member).order_by().values("title")
    airing = _airing(today(member), Value(member.pk)).filter(season__title__in=shows)
    found = list(airing.select_related("season").order_by("season__title", "number", "pk"))
    titles = Title.objects.in_language(who.language).in_bulk({e.season.title_id for e in found})
    Reminder.objects.bulk_create(
        Reminder(user=member, title_id=one.season.title_id, episode=one) for one in found
    )
    by_show = groupby(found, key=lambda episode: episode.season.title_id)
    return [_episode_words(titles[pk], list(episodes)) for pk, episodes in by_show]


def _watched() -> QuerySet[Tracking]:
    """Whoever watches a show once more has seen nothing of it in this round, at first."""
    return Tracking.objects.filter(Q(seen__gt=0) | Q(rewatch__gt=0), state=State.NONE)


def _airing(day: date, member: Combinable) -> QuerySet[Episode]:
    """Which the member has neither seen nor been told of.

    Specials count for no show's progress, and are nothing that one waits for.
    """
    of_member = {"user": member, "episode": OuterRef("pk")}
    return (
        Episode.objects.listed()
        .filter(air_date=day, season__number__gt=0, season__title__hidden_at=None)
        .exclude(Exists(Reminder.objects.filter(**of_member)))
        .exclude(Exists(Viewing.objects.filter(**of_member)))
    )


def _episode_words(show: Title, episodes: list[Episode]) -> Told:
    """By their numbers: a name may tell too much."""
    first = episodes[0]
    first.season.title = show
    said = {"show": show.shown_name.name, "season": first.season.number, "number": first.number}
    if len(episodes) == 1:
        words = _("%(show)s goes on today: S%(season)d E%(number)d") % said
        return words, first.get_absolute_url()
    counted = {"count": len(episodes), "show": said["show"]}
    words = ngettext(
        "%(show)s goes on today: %(count)d episode",
        "%(show)s goes on today: %(count)d episodes",
        len(episodes),
    )
    is_one_season = len({episode.season_id for episode in episodes}) == 1
    return words % counted, (first.season if is_one_season else show).get_absolute_url()


# --- Streaming ----------------------------------------------------------------------------------
def _longing() -> ListItemQuerySet:
    """What is on watchlists and somewhere where its member may stream it, but was never told."""
    owner, services = OuterRef(OuterRef("list__owner")), User.providers.through.objects
    offers = (
        _streams(OuterRef("list__owner__region"))
        .filter(title=OuterRef("title"))
        .filter(Exists(services.filter(user=owner, provider=OuterRef("provider"))))
        .exclude(Exists(_told_of(owner)))
    )
    # Few have said what they have.
    members = User.objects.present().filter(pk__in=services.values("user")).order_by()
    return _wanted().filter(Exists(offers), list__owner__in=members.values("pk"))


def _streamed(member: User, who: Reader) -> list[Told]:
    items = _wanted().filter(list__owner=member)
    added = dict(items.values_list("title", "added_at"))
    offers = (
        _streams(Value(member.region))
        .filter(title__in=items.values("title"), provider__in=member.providers.order_by())
        .exclude(Exists(_told_of(Value(member.pk))))
    )
    services: dict[int, dict[int, str]] = {}
    for title, provider, name in offers.order_by("title", "provider__priority", "pk").values_list(
        "title", "provider", "provider__name"
    ):
        services.setdefault(title, {})[provider] = name
    Reminder.objects.bulk_create(
        Reminder(user=member, title_id=title, provider_id=provider)
        for title, found in services.items()
        for provider in found
    )
    known = timezone.now() - NO_NEWS
    return _streaming_words(
        {pk: [*found.values()] for pk, found in services.items() if added[pk] <= known}, who
    )


def _streaming_words(services: dict[int, list[str]], who: Reader) -> list[Told]:
    """By the titles' keys, the services that have them."""
    if len(services) > MOST_APART:
        words = ngettext(
            "%(count)d title of your watchlist is on your streaming services now.",
            "%(count)d titles of your watchlist are on your streaming services now.",
            len(services),
        )
        return [(words % {"count": len(services)}, reverse("lists:my-watchlist"))]
    titles = Title.objects.in_language(who.language).in_bulk(services)
    words = _("%(title)s, which is on your watchlist, is now on %(services)s.")
    return [
        (
            words % {"title": titles[pk].shown_name.name, "services": ", ".join(names)},
            titles[pk].get_absolute_url(),
        )
        for pk, names in services.items()
    ]


def _wanted() -> ListItemQuerySet:
    on_watchlists = ListItem.objects.accepted().filter(list__kind=List.Kind.WATCHLIST)
    return on_watchlists.filter(title__hidden_at=None)


def _streams(region: Combinable) -> QuerySet[Offer]:
    """In the member's country, or the site's own if they have named none."""
    usual = Value(settings.TMDB_LANGUAGE[3:])
    here = Case(When(Exact(region, Value("")), then=usual), default=region)
    return Offer.objects.filter(kind__in=STREAMED, country=here)


def _told_of(member: Combinable) -> QuerySet[Reminder]:
    """Of an offer."""
    of_title = {"title": OuterRef("title"), "provider": OuterRef("provider")}
    return Reminder.objects.filter(user=member, **of_title)


def _gone() -> QuerySet[Reminder]:
    there = _streams(OuterRef("user__region")).filter(
        title=OuterRef("title"), provider=OuterRef("provider")
    )
    return Reminder.objects.filter(provider__isnull=False).exclude(Exists(there))
