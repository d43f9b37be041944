"""Watchlist, favourites, and members' own lists."""

from django.urls import path

from accounts.urls.members import AT
from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>
from lists import list_feeds
from lists.views import keeping, keeping_items, keeping_lists, keeping_pages, keeping_people

LIST = f"{AT}/list/<slug:slug>"

urlpatterns = [
    path("<kind:kind>/<ref:ref>/watchlist", keeping.watchlist, name="watchlist"),
    path("<kind:kind>/<ref:ref>/favorite", keeping.favorite, name="favorite"),
    path("<kind:kind>/<ref:ref>/lists", keeping.of_title, name="of-title"),
    path("<kind:kind>/<ref:ref>/list", keeping.on_list, name="on-list"),
    path("watchlist", keeping_pages.my_watchlist, name="my-watchlist"),
    path("favorites", keeping_pages.my_favorites, name="my-favorites"),
    path("seen", keeping_pages.seen, name="all-seen"),
    path("lists", keeping_pages.mine, name="mine"),
    path("lists/new", keeping_lists.new, name="new"),
    path(f"{AT}/lists", keeping_pages.of_member, name="of-member"),
    path(LIST, keeping_pages.list_, name="list"),
    path(f"{LIST}/rss", list_feeds.list_rss, name="list-rss"),
    path(f"{LIST}/atom", list_feeds.list_atom, name="list-atom"),
    path(f"{LIST}/edit", keeping_lists.edit, name="edit"),
    path(f"{LIST}/delete", keeping_lists.delete, name="delete"),
    path(f"{LIST}/link", keeping_lists.change_link, name="link"),
    path(f"{LIST}/clone", keeping_lists.clone, name="clone"),
    path(f"{LIST}/remove", keeping_items.remove, name="remove"),
    path(f"{LIST}/order", keeping_items.arrange, name="arrange"),
    path(f"{LIST}/note", keeping_items.note, name="note"),
    path(f"{LIST}/transfer", keeping_items.transfer, name="transfer"),
    path(f"{LIST}/answer", keeping_items.answer, name="answer"),
    path(f"{LIST}/people", keeping_people.people, name="people"),
    path(f"{LIST}/people/<int:pk>/role", keeping_people.change_role, name="role"),
    path(f"{LIST}/people/<int:pk>/part", keeping_people.part, name="part"),
    path(f"{LIST}/leave", keeping_people.leave, name="leave"),
    path("list/<slug:key>", keeping_pages.linked, name="linked"),
    path("list/<slug:key>/clone", keeping_lists.clone_linked, name="clone-linked"),
]
