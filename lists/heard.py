"""What members' webhooks hear of their history and their lists."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from accounts.hooks.happening import Data, about, is_for, tell
from accounts.models import User
from catalog.models import Episode, Title
from lists.models import List, Precision, Viewing

# So many viewings or titles of one event are named; it says how many there are.
MOST_NAMED = 500


def of_viewings(member: User, title: Title, deed: str, viewings: Sequence[Viewing]) -> None:
    """All of one title: `created`, `changed` or `deleted`; a season that is marked is one event."""

    def data(listener: User) -> Data | None:
        if not is_for(listener, title):
            return None
        named = viewings[:MOST_NAMED]
        return {
            "title": about(title),
            "count": len(viewings),
            "viewings": _rows(named),
        }

    if viewings:
        tell(member.pk, f"viewing.{deed}", data)


def of_list(
    list_: List,
    deed: str = "changed",
    *,
    added: Collection[int] = (),
    removed: Collection[int] = (),
) -> None:
    """By the titles' keys. It is its owner who hears of it, whoever did it."""

    def data(listener: User) -> Data | None:
        fit = _titles(listener, {*added, *removed})
        if (added or removed) and not fit:
            return None
        return {
            "list": {"slug": list_.slug, "name": list_.shown_name, "kind": list_.kind},
            "added": [fit[key] for key in added if key in fit][:MOST_NAMED],
            "removed": [fit[key] for key in removed if key in fit][:MOST_NAMED],
        }

    tell(list_.owner_id, f"list.{deed}", data)


def _rows(viewings: Iterable[Viewing]) -> list[dict[str, Any]]:
    episodes = Episode.objects.filter(pk__in=[v.episode_id for v in viewings if v.episode_id])
    known = {
        pk: (season, number)
        for pk, season, number in episodes.values_list("pk", "season__number", "number")
    }
    return [_row(viewing, known.get(viewing.episode_id or 0)) for viewing in viewings]


def _row(viewing: Viewing, numbers: tuple[int, int] | None) -> dict[str, Any]:
    season, episode = numbers or (None, None)
    is_instant = viewing.precision == Precision.INSTANT
    return {
        "id": viewing.pk,
        "season_number": season,
        "episode_number": episode,
        "precision": viewing.precision,
        "watched_at": viewing.watched_at if is_instant else None,
        "watched_on": viewing.watched_on,
    }


def _titles(listener: User, keys: Collection[int]) -> dict[int, Data]:
    found = Title.objects.filter(pk__in=keys).only("kind", "tmdb_id", "name", "adult")
    return {title.pk: about(title) for title in found if is_for(listener, title)}
