"""From films to shows and back, with as much of the question as makes sense there."""

from typing import Any

from catalog.discover.discovering import Discover
from catalog.models import Genre, Kind
from cinehub.kit.near import near

# What only films, or only shows, can be narrowed by.
OF_ONE_KIND = (
    "certification",
    "certification_min",
    "certification_max",
    "network",
    "status",
    "type",
)


def changes_for(found: Discover, kind: str) -> dict[str, Any]:
    """For `query_for`; nothing where it is the same kind."""
    if kind == found.kind:
        return {}
    values = found.values
    shared = _filed(kind, {*values.genre, *values.without})
    return {
        "genre": [pk for pk in values.genre if pk in shared],
        "without": [pk for pk in values.without if pk in shared],
        **dict.fromkeys(OF_ONE_KIND),
    }


def _filed(kind: str, genres: set[int]) -> set[int]:
    """Those of these genres that this kind of title is filed under."""
    if not genres:
        return set()
    side = "for_movies" if kind == Kind.MOVIE else "for_tv"

    def filed() -> set[int]:
        return set(Genre.objects.filter(**{side: True}).values_list("pk", flat=True))

    return genres & near(f"genres-{side}", filed)
