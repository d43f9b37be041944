"""Shows to watch: plain functions, for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from catalog.models import Episode, Season, Title
from lists.models import Tracking
from tests.make import make_episode, make_season, make_show

LONG_SINCE = date(2020, 1, 1)


def make_aired(season: Season, count: int, **values: Any) -> list[Episode]:
    """Episodes of a season that are long out."""
    first = season.episodes.count() + 1
    return [
        make_episode(season, **{"number": number, "air_date": LONG_SINCE, "runtime": 50} | values)
        for number in range(first, first + count)
    ]


def make_running_show(aired: int = 3, **values: Any) -> tuple[Title, list[Episode]]:
    """Of one season, whose last episode airs in a week."""
    show = make_show(**{"status": "Returning Series"} | values)
    season = make_season(show)
    episodes = make_aired(season, aired)
    coming = timezone.localdate() + timedelta(days=7)
    return show, [*episodes, make_episode(season, number=aired + 1, air_date=coming)]


def make_ended_show(aired: int = 3, **values: Any) -> tuple[Title, list[Episode]]:
    show = make_show(**{"status": "Ended"} | values)
    return show, make_aired(make_season(show), aired)


def tracked(member: User, show: Title) -> Tracking:
    return Tracking.objects.select_related("title").get(user=member, title=show)
