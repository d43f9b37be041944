"""A list as one viewer sees it: what is on it, and what they may do about it."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict

from accounts.models import Audience, User
from catalog.discover import Chip, Discover
from catalog.models import Kind
from cinehub.kit.web import Reader
from lists.models import Collaborator, List, ListItem, Tracking, Viewing, Visibility
from lists.shelf import PER_PAGE, Row, Shelf, Viewer, of_list, proposals, shown

# More than fit in a menu.
MOST_TARGETS = 200


class Progress(NamedTuple):
    """Of a list's titles, how many the viewer has seen: films once, shows as far as they aired."""

    seen: int
    all: int
    # Those that wait for an answer are none of them.
    proposed: int


@dataclass
class Shown:
    of: List
    viewer: Viewer
    data: QueryDict
    reader: Reader
    # The page's, without its query string.
    path: str

    @cached_property
    def shelf(self) -> Shelf:
        return of_list(self.of, self.viewer, self.data, self.reader)

    @cached_property
    def here(self) -> str:
        """Where a form leads back to."""
        query = self.data.urlencode()
        return f"{self.path}?{query}" if query else self.path

    @property
    def is_own(self) -> bool:
        return self.of.owner_id == self.viewer.pk

    @cached_property
    def role(self) -> str:
        """As which they share it; empty for its owner and for who only looks."""
        if self.is_own or not self.viewer.is_authenticated:
            return ""
        found: Collaborator | None = self.of.collaborators.filter(user=self.viewer.pk).first()
        return found.role if found else ""

    @property
    def may_edit(self) -> bool:
        is_editor = self.is_own or self.role == Collaborator.Role.EDITOR
        return is_editor and not self.of.is_smart

    @property
    def is_edited(self) -> bool:
        """In rows there is room for what can be done with each."""
        return self.may_edit and self.shelf.asked.view == "table"

    @property
    def is_arranged(self) -> bool:
        """Only the whole of it, in its own order, can be put in another."""
        is_in_order = self.shelf.asked.sort == "place" and not self.shelf.is_narrowed
        return self.is_edited and is_in_order and self._is_whole

    @property
    def _is_whole(self) -> bool:
        """Titles for adults are left out for an editor who does not want them."""
        return self.progress is not None and self.progress.all == self.shelf.count.number

    @property
    def first_place(self) -> int:
        return (self.shelf.number - 1) * PER_PAGE + 1

    @cached_property
    def progress(self) -> Progress | None:
        """None for who is not signed in, and where a filter says what is on it."""
        if not self.viewer.is_authenticated or self.of.is_smart:
            return None
        title = OuterRef("title")
        watched = Exists(Viewing.objects.filter(user=self.viewer.pk, title=title))
        done = Exists(Tracking.objects.filter(user=self.viewer.pk, title=title, seen__gt=0, left=0))
        is_film = Q(title__kind=Kind.MOVIE)
        items = ListItem.objects.filter(list__in=[self.of.pk] if self.of.pk else [])
        of_seen = Q(done=True) | Q(watched=True) & is_film
        accepted = Q(is_accepted=True)
        counted = items.annotate(watched=watched, done=done).aggregate(
            seen=Count("pk", filter=of_seen & accepted),
            all=Count("pk", filter=accepted),
            proposed=Count("pk", filter=~accepted),
        )
        return Progress(**counted)

    @cached_property
    def proposals(self) -> list[Row]:
        """What waits for who may edit it; for who may only propose, what they have proposed."""
        if not self.may_edit and not self.role:
            return []
        if not self.progress or not self.progress.proposed:
            return []
        only_own = not self.may_edit
        titles = partial(shown, self.reader.language)
        return proposals(self.of, self.viewer, titles, only_own=only_own)

    @property
    def filter(self) -> list[Chip]:
        """What a smart one's says."""
        return Discover.read(self.of.of_kind, QueryDict(self.of.query), self.reader).chips

    @property
    def choice_of(self) -> str:
        """What besides a filter says what is chosen from, where that is saved."""
        return f"&scope={List.Scope.LIST}&source={self.of.pk}" if self.of.pk else ""

    @property
    def count_part(self) -> str:
        """The name of the part that says how many there are."""
        return f"list-count-{self.of.pk}"

    @property
    def is_linked(self) -> bool:
        """Its viewer was given the link, and does not come upon it otherwise."""
        return self.path == self.of.get_link()

    @cached_property
    def targets(self) -> list[List]:
        """Where its titles can be copied to."""
        if not isinstance(self.viewer, User):
            return []
        lists = List.objects.open_to(self.viewer).exclude(kind=List.Kind.SMART)
        others = lists.exclude(pk=self.of.pk)
        return list(others.order_by("-changed_at", "-pk")[:MOST_TARGETS])

    @property
    def may_be_listed(self) -> bool:
        """By whoever lists pages: only what passers-by come upon."""
        is_open = self.of.visibility == Visibility.PUBLIC
        return is_open and self.of.owner.audience == Audience.PUBLIC
