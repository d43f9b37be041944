"""All pictures that pages show, for who wants them here before anybody asks."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from catalog.mirror.keeping import want
from catalog.mirror.sizes import Role
from catalog.models import Collection, Episode, Person, Season, Title

AT_ONCE = 2000


def want_everything() -> Iterator[int]:
    """See that all of them are wanted; how many were looked at, as it goes."""
    for rows, field, role in _shown():
        last: Any = 0
        while found := list(rows.filter(pk__gt=last).values_list("pk", field)[:AT_ONCE]):
            want((path, role) for _, path in found if path)
            last = found[-1][0]
            yield len(found)


def _shown() -> list[tuple[QuerySet[Any], str, Role]]:
    """Of what is held in full: to mirror what is known by name alone would take years."""
    titles = Title.objects.visible().with_details().order_by("pk")
    return [
        (titles, "poster_path", Role.POSTER),
        (titles, "backdrop_path", Role.BACKDROP),
        (Collection.objects.order_by("pk"), "poster_path", Role.POSTER),
        (Collection.objects.order_by("pk"), "backdrop_path", Role.BACKDROP),
        (Season.objects.visible().order_by("pk"), "poster_path", Role.POSTER),
        (Episode.objects.visible().order_by("pk"), "still_path", Role.STILL),
        (Person.objects.order_by("pk"), "profile_path", Role.PORTRAIT),
    ]
