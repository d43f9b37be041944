"""What on a page is a member's own: their lists, what they have seen, how far they are.

Here are the markers that an action sends again; who fills them is in the modules.
"""

from collections.abc import Iterable, Sequence

from catalog.models import Episode, Season, Title
from cinehub.kit.own import own

# A page shows fewer episodes than this; those of an endless soap are not all sent.
EPISODES_SENT = 300


def parts(title: Title) -> list[str]:
    """All that may have changed about a title."""
    told = (title.pk, title.kind, title.tmdb_id, title.slug, title.shown_name.name)
    return [own(part, *told) for part in ("card", "keep", "seen")]


def viewing_parts(title: Title, episodes: Iterable[int | None]) -> list[str]:
    """The same, how a show goes on, and the rows of these episodes and of their seasons."""
    if title.is_movie:
        return parts(title)
    kept = Episode.objects.filter(pk__in=[key for key in episodes if key]).select_related("season")
    shown = list(kept.order_by("-season__number", "-number", "pk")[:EPISODES_SENT])
    seasons = {episode.season_id: episode.season for episode in shown}
    goes_on = own("next", title.pk, title.tmdb_id, title.slug, title.shown_name.name)
    return [*parts(title), goes_on, *season_parts(title, *seasons.values()), *_rows(title, shown)]


def season_parts(show: Title, *seasons: Season) -> list[str]:
    return [
        own("season", season.pk, show.tmdb_id, show.slug, season.number, season.short_name)
        for season in seasons
    ]


def row_parts(viewings: Iterable[int]) -> list[str]:
    """Lines of the history, by the viewings' keys, as far as pages show so many."""
    return [own("viewing", pk) for pk in list(viewings)[-EPISODES_SENT:]]


def _rows(show: Title, episodes: Sequence[Episode]) -> list[str]:
    return [
        own(
            "episode",
            episode.pk,
            show.tmdb_id,
            show.slug,
            episode.season.number,
            episode.number,
            str(episode),
            episode.air_date or "",
        )
        for episode in episodes
    ]
