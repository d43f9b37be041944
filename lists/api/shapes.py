"""How lists and what is on them are told, and sent."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api import pictures
from catalog.api.titles import Brief
from catalog.models import Kind
from cinehub.kit.api import Sparse
from lists.covers import Covered
from lists.keeping import MOST_ITEMS
from lists.making import MOST_LISTS
from lists.models import Collaborator, List, Visibility
from lists.models.lists import LONGEST_NAME, LONGEST_NOTE, LONGEST_QUERY
from lists.shelf import Row

# Of titles or viewings in one request.
MOST = 100
LARGEST_ID = 10**15 - 1
LARGEST_KEY = 10**18 - 1
UNDO = "What `undo/{key}/` takes; null where nothing has changed."


class TitleRef(serializers.Serializer):
    media_type = serializers.ChoiceField(Kind.values)
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, help_text="TMDB's.")


class TitleToKeep(TitleRef):
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")


class TitlesToKeep(serializers.Serializer):
    items = serializers.ListField(child=TitleToKeep(), min_length=1, max_length=MOST)


class TitlesToRemove(serializers.Serializer):
    items = serializers.ListField(child=TitleRef(), min_length=1, max_length=MOST)


class Undoable(serializers.Serializer):
    undo = serializers.UUIDField(allow_null=True, help_text=UNDO)


class TitlesKept(Undoable):
    added = TitleRef(many=True)
    existing = TitleRef(many=True, help_text="They were there before.")
    not_found = TitleRef(many=True, help_text="Nothing is known of them here.")


class TitlesRemoved(Undoable):
    removed = serializers.IntegerField(help_text="How many were there.")
    not_found = TitleRef(many=True, help_text="They were not there.")


class ListItem(Sparse):
    """A title on a list; what a filter finds has neither key nor note."""

    id = serializers.IntegerField(source="item.pk", default=None, allow_null=True)
    rank = serializers.IntegerField(allow_null=True, help_text="Where the list is ranked.")
    note = serializers.CharField(source="item.note", default="", allow_blank=True)
    listed_at = serializers.DateTimeField(source="item.added_at", default=None, allow_null=True)
    listed_by = serializers.CharField(
        source="by.username",
        default=None,
        allow_null=True,
        help_text="Where that was not the list's owner.",
    )
    is_proposed = serializers.SerializerMethodField(
        help_text="It waits for an answer of who edits the list."
    )
    title = Brief()

    def get_is_proposed(self, row: Row) -> bool:
        return bool(row.item and not row.item.is_accepted)


class ListItemKept(ListItem, Undoable):
    pass


class ListChoice(serializers.Serializer):
    """What is on a smart list."""

    media_type = serializers.ChoiceField(Kind.values, source="of_kind")
    query = serializers.CharField(
        allow_blank=True, help_text="As in the address of `movies/` or `tv/`, after the `?`."
    )
    scope = serializers.ChoiceField(
        List.Scope.values, help_text="From what it chooses: all titles, those seen, or a list."
    )
    source = serializers.IntegerField(source="source_id", allow_null=True, help_text="The list.")


class MemberList(Sparse):
    id = serializers.IntegerField(source="of.pk")
    kind = serializers.ChoiceField(List.Kind.values, source="of.kind")
    name = serializers.CharField(source="of.shown_name")
    slug = serializers.CharField(source="of.slug")
    description = serializers.CharField(source="of.description", allow_blank=True)
    owner = serializers.CharField(source="of.owner.username", help_text="Their username.")
    visibility = serializers.ChoiceField(Visibility.values, source="of.visibility")
    is_ranked = serializers.BooleanField(source="of.is_ranked")
    item_count = serializers.IntegerField(
        source="number", allow_null=True, help_text="Null where a filter says what is on it."
    )
    smart = serializers.SerializerMethodField(help_text="Of a smart list; else null.")
    posters = serializers.SerializerMethodField(help_text="Its cover, or its first titles'.")
    created_at = serializers.DateTimeField(source="of.created_at")
    changed_at = serializers.DateTimeField(source="of.changed_at")
    url = serializers.SerializerMethodField()

    @extend_schema_field(ListChoice(allow_null=True))
    def get_smart(self, told: Covered) -> dict[str, Any] | None:
        return ListChoice(told.of).data if told.of.is_smart else None

    def get_posters(self, told: Covered) -> list[str]:
        found = (pictures.poster_url(each.poster_path) for each in told.posters)
        return [each for each in found if each]

    @extend_schema_field(serializers.URLField())
    def get_url(self, told: Covered) -> str:
        return f"{settings.SITE_URL}{told.of.get_absolute_url()}"


class ListProgress(serializers.Serializer):
    seen = serializers.IntegerField(help_text="Titles that you have seen.")
    all = serializers.IntegerField()
    proposed = serializers.IntegerField(help_text="They wait for an answer.")


class WholeList(MemberList):
    role = serializers.ChoiceField(
        ["owner", *Collaborator.Role.values], allow_null=True, help_text="What you are to it."
    )
    progress = ListProgress(
        allow_null=True, help_text="Null for who is not signed in, and of smart lists."
    )


class NewSmart(serializers.Serializer):
    media_type = serializers.ChoiceField(Kind.values, source="of_kind")
    query = serializers.CharField(
        max_length=LONGEST_QUERY,
        allow_blank=True,
        default="",
        help_text="As in the address of the site's own pages of films and shows, after the `?`.",
    )
    scope = serializers.ChoiceField(List.Scope.values, default=List.Scope.CATALOGUE)
    source = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, allow_null=True, default=None, help_text="A list's id."
    )


class NewList(serializers.Serializer):
    name = serializers.CharField(max_length=LONGEST_NAME)
    description = serializers.CharField(max_length=5000, allow_blank=True, default="")
    visibility = serializers.ChoiceField(
        Visibility.values, required=False, help_text="Else as you share what you add."
    )
    is_ranked = serializers.BooleanField(default=False)
    smart = NewSmart(required=False, help_text="For a list on which a filter says what is.")


class ListChanges(serializers.Serializer):
    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    visibility = serializers.ChoiceField(Visibility.values, required=False)
    is_ranked = serializers.BooleanField(required=False)
    cover = TitleRef(allow_null=True, required=False, help_text="A title that is on it.")


class ListLink(serializers.Serializer):
    key = serializers.CharField(help_text="For `?key=`.")
    url = serializers.URLField(help_text="Opens the list to whoever has it, while it is unlisted.")


class ItemChanges(serializers.Serializer):
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, required=False)
    position = serializers.IntegerField(
        min_value=1,
        max_value=MOST_ITEMS,
        required=False,
        help_text="Its place, from 1; beyond the last is the last.",
    )


class Order(serializers.Serializer):
    items = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY),
        max_length=MOST_ITEMS,
        help_text="The items' ids; what is not named comes after, in the order that it had.",
    )


class NewTransfer(serializers.Serializer):
    to = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, help_text="A list's id.")
    items = serializers.ListField(child=TitleRef(), min_length=1, max_length=MOST)
    stay = serializers.BooleanField(default=True, help_text="False moves them, rather than copy.")


class Transferred(Undoable):
    added = serializers.IntegerField(help_text="How many are new on the other list.")


class ListPerson(Sparse):
    username = serializers.CharField(source="user.username")
    display_name = serializers.CharField(source="user.display_name", allow_blank=True)
    role = serializers.ChoiceField(Collaborator.Role.values)
    since = serializers.DateTimeField(source="created_at")


class Invitation(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(Collaborator.Role.values)


class Role(serializers.Serializer):
    role = serializers.ChoiceField(Collaborator.Role.values)


class ListOfTitle(Sparse):
    """A list to which you may add, and whether a title is on it."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(List.Kind.values)
    name = serializers.CharField(source="shown_name")
    owner = serializers.CharField(source="owner.username")
    is_on = serializers.BooleanField(help_text="Or proposed for it.")


class ListsOfTitle(serializers.Serializer):
    lists = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY),
        max_length=2 * MOST_LISTS,
        help_text="The ids of all that it is to be on; it is taken off the others.",
    )
