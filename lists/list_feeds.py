"""Lists that everybody sees, for those who read feeds: what came last, first."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from accounts.models import User
from catalog.feeds import ITEMS, Atom, Item, Titles, Told
from catalog.models import Title
from cinehub.kit.web import reader
from lists.models import List


class ListFeed(Titles):
    """Whoever asks sees what they would see on its page: programs, that are nobody, public ones."""

    def get_object(self, request: HttpRequest, username: str, slug: str) -> Told:
        owners = User.objects.named(username).order_by().values("pk")
        lists = List.objects.visible_to(request.user).exclude(kind=List.Kind.SMART)
        list_ = get_object_or_404(lists.select_related("owner"), owner__in=owners, slug=slug)
        items = list_.items.accepted().filter(title__hidden_at=None, title__adult=False)
        last = items.order_by("-added_at", "-pk")[:ITEMS].values_list("title", "note")
        notes = dict(last)
        titles = Title.objects.in_language(reader(request).language).in_bulk(notes)
        return Told(
            name=f"{list_.shown_name} (@{list_.owner.username})",
            address=reverse("lists:list", args=[list_.owner.username, list_.slug]),
            feed_address=request.path,
            items=[Item(titles[pk], f"list-{list_.pk}", note) for pk, note in notes.items()],
            since=list_.changed_at,
        )


class ListAtom(ListFeed):
    feed_type = Atom


list_rss, list_atom = (require_safe(conditional_page(feed)) for feed in (ListFeed(), ListAtom()))
