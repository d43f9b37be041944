"""What on a page is a member's own: their ratings and reviews.

Here are the markers that an action sends again; who fills them is in the modules.
"""

from catalog.models import Episode, Season, Title
from cinehub.kit.own import own


def review(title: Title) -> str:
    """The reader's own review."""
    name = title.shown_name.name
    return own("written", title.pk, title.kind, title.tmdb_id, title.slug, name)


def talk(review: int) -> str:
    """By its key: all that is said about it."""
    return own("comments", review)


def parts(title: Title, season: Season | None = None, episode: Episode | None = None) -> list[str]:
    """All that may have changed about a title, or a season or an episode of it."""
    told = (title.pk, title.kind, title.tmdb_id, title.slug)
    if episode:
        numbers = (episode.season.number, episode.number, episode.pk)
        return [own("rating", *told, str(episode), *numbers)]
    if season:
        return [own("rating", *told, str(season), season.number, "", season.pk)]
    name = title.shown_name.name
    return [own("stars", title.pk), own("rating", *told, name, "", "", "")]
