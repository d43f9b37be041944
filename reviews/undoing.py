"""What undoes what members did here: from what was kept of it, the parts that have changed."""

from typing import Any

from accounts.models import User
from catalog.models import Episode, Season, Title
from reviews import commenting, own, rating, writing


def rated(member: User, data: dict[str, Any]) -> list[str]:
    thing = rating.as_it_was(member, data)
    title = Title.objects.get(pk=thing.title)
    season = Season.objects.filter(pk=thing.season).first() if thing.season else None
    episodes = Episode.objects.select_related("season")
    episode = episodes.filter(pk=thing.episode).first() if thing.episode else None
    return own.parts(title, season, episode)


def withdrawn(member: User, data: dict[str, Any]) -> list[str]:
    return [own.review(writing.bring_back(member, data))]


def uncommented(member: User, data: dict[str, Any]) -> list[str]:
    review = commenting.bring_back(member, data)
    return [own.talk(review.pk)] if review else []
