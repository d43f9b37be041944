"""What on a page is a member's own: their lists, what they have seen, how far they are.

Here are the markers that an action sends again; who fills them is in the modules.
"""

from catalog.models import Title
from cinehub.kit.own import own


def parts(title: Title) -> list[str]:
    """All that may have changed about a title."""
    told = (title.pk, title.kind, title.tmdb_id, title.slug, title.shown_name.name)
    return [own(part, *told) for part in ("card", "keep", "seen")]
