"""What members take along of their lists and their history.

Titles and episodes have TMDB's ids and their names in the site's language: by those, other sites
find them again.
"""

from collections.abc import Iterator

from django.db.models import Case, F, Q, When

from accounts.exporting import Section, section
from accounts.models import User
from lists.models import List, ListItem, Precision

LIST = (
    "slug",
    "kind",
    "name",
    "description",
    "visibility",
    "is_ranked",
    "of_kind",
    "scope",
    "query",
    "created_at",
    "changed_at",
)
PROGRESS = ("state", "rewatch", "seen", "left", "last_watched_at", "created_at", "changed_at")
# Not called as in the models, whose own names stand for keys of ours.
TITLE = {
    "type": "title__kind",
    "tmdb_id": "title__tmdb_id",
    "imdb_id": "title__imdb_id",
    "called": "title__name",
    "year": "title__year",
}
EPISODE = {
    "season_number": "episode__season__number",
    "episode_number": "episode__number",
    "episode_tmdb_id": "episode__tmdb_id",
    "episode_called": "episode__name",
}


def sections(member: User) -> Iterator[Section]:
    cover = {"cover_type": "cover__kind", "cover_tmdb_id": "cover__tmdb_id"}
    # Of what they may not see, not even the name.
    seen = Q(source__in=List.objects.visible_to(member).order_by().values("pk"))
    lists = member.lists.annotate(shown_source=Case(When(seen, then=F("source__slug"))))
    yield section("lists", lists, *LIST, **cover, source_slug="shown_source")
    items = ListItem.objects.filter(list__owner=member)
    said = ("position", "note", "added_at", "is_accepted")
    yield section(
        "list_items", items, *said, list_slug="list__slug", **TITLE, added="added_by__username"
    )
    # Of a day, or of what nobody remembers, there is no instant.
    instant = Case(When(precision=Precision.INSTANT, then=F("watched_at")))
    watched = member.viewings.annotate(at=instant)
    when = ("precision", "at", "watched_on", "note", "rewatch", "created_at")
    yield section("history", watched, *when, **TITLE, **EPISODE)
    yield section("progress", member.tracking.all(), *PROGRESS, **TITLE)
    shared = {"list_slug": "list__slug", "owner": "list__owner__username"}
    yield section("shared_lists", member.collaborations.all(), "role", "created_at", **shared)
