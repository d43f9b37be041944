"""What members say of their lists, and what they put on them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Kind, Title
from catalog.templatetags.catalog import poster
from lists import collaborating, keeping, making
from lists.models import Collaborator, List, ListItem, Visibility
from lists.models.lists import LONGEST_NAME, LONGEST_QUERY
from lists.question import kept_query

EXPLAINED = {
    Visibility.PUBLIC: _("Everybody: it is on your page, and search engines may list it"),
    Visibility.UNLISTED: _("Whoever has the link: it is on no page"),
    Visibility.FOLLOWERS: _("Followers"),
    Visibility.PRIVATE: _("Only me, and with whom I share it"),
}
MOST_COVERS = 24
TOO_MANY = _("You have as many lists as anybody may have. Delete one first.")
TOO_LONG = _("This filter is too long to be kept.")
NOBODY = _("There is no member of this name here.")
TOO_MANY_PEOPLE = _("A list is shared with 50 members at most.")
NO_SOURCE = _("The list of which this is a choice is not there any more.")


class Covers(forms.ModelChoiceField):
    """Chosen by what they look like."""

    def label_from_instance(self, title: Any) -> str:
        name = format_html('<span class="visually-hidden">{}</span>', title.name)
        return poster(title, sizes="5rem") + name


class ListForm(forms.ModelForm):
    """A list of one's own: `owner` makes a new one."""

    cover = Covers(
        Title.objects.none(),
        label=_("Cover"),
        required=False,
        blank=True,
        empty_label=_("The first ones"),
        widget=forms.RadioSelect(attrs={"class": "covers"}),
    )

    class Meta:
        model = List
        fields: tuple[str, ...] = ("name", "description", "visibility", "is_ranked", "cover")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "visibility": forms.RadioSelect,
        }
        labels = {"is_ranked": _("Number its titles: the first is the best")}

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["visibility"].choices = EXPLAINED.items()  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.fields["visibility"].initial = owner.default_audience
        if self.instance.pk and not self.instance.is_custom:
            del self.fields["name"]
        self._offer_covers()

    def _offer_covers(self) -> None:
        """Of what is on it, the first ones that have a poster."""
        if not self.instance.pk or self.instance.is_smart:
            del self.fields["cover"]
            return
        items = self.instance.items.accepted().exclude(title__poster_path="").in_order()
        first = [*items.values_list("title", flat=True)[:MOST_COVERS]]
        covers: Any = self.fields["cover"]
        offered = Title.objects.filter(pk__in=[*first, self.instance.cover_id])
        covers.queryset = offered.order_by("pk")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def save(self, commit: bool = True) -> List | None:
        """None, with what is wrong said, if there is no room for another list."""
        if self.instance.pk:
            making.describe(self.instance, **self.cleaned_data)
            return self.instance
        try:
            return making.make(self.owner, **self.cleaned_data, **self.of_filter())
        except making.TooMany:
            self.add_error(None, TOO_MANY)
        return None

    def of_filter(self) -> dict[str, Any]:
        return {}


class SmartListForm(ListForm):
    """What is on it a filter says: discover's query string, and of what it is a choice."""

    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    of_kind = forms.ChoiceField(label=_("Films or shows"), choices=Kind.choices)
    scope = forms.ChoiceField(choices=List.Scope, required=False, widget=forms.HiddenInput)
    source = forms.ModelChoiceField(List.objects.none(), required=False, widget=forms.HiddenInput)

    class Meta(ListForm.Meta):
        fields = ("name", "description", "visibility")

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, owner=owner, **kwargs)
        sources = List.objects.visible_to(owner).exclude(kind=List.Kind.SMART)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]

    def _offer_covers(self) -> None:
        """What is on it changes by itself."""

    def clean_query(self) -> str:
        query = kept_query(self.cleaned_data["query"])
        if query is None:
            raise ValidationError(TOO_LONG)
        return query

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["scope"] = cleaned.get("scope") or List.Scope.CATALOGUE
        if cleaned["scope"] == List.Scope.LIST and not cleaned.get("source"):
            raise ValidationError(NO_SOURCE)
        return cleaned

    def of_filter(self) -> dict[str, Any]:
        return {"kind": List.Kind.SMART}


class OnListsForm(forms.Form):
    """On which of all lists that are open to a member a title is."""

    lists = forms.MultipleChoiceField(
        label=_("Your lists"), required=False, widget=forms.CheckboxSelectMultiple
    )
    # Those that were offered: what came meanwhile is not taken away.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    new = forms.CharField(
        label=_("On a new list"), required=False, max_length=LONGEST_NAME, help_text=_("Its name.")
    )

    def __init__(self, *args: Any, member: User, title: Title, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.title = member, title
        lists = List.objects.open_to(member).exclude(kind=List.Kind.SMART).newest()
        self.open = {str(each.pk): each for each in lists.select_related("owner")}
        on = ListItem.objects.filter(title=title, list__in=self.open.values())
        self.on = {str(pk) for pk in on.values_list("list", flat=True)}
        choices: Any = self.fields["lists"]
        choices.choices = [(pk, self._label(each)) for pk, each in self.open.items()]
        self.fields["lists"].initial = list(self.on)
        self.fields["shown"].initial = ",".join(self.open)
        if not self.open:
            del self.fields["lists"]

    def save(self) -> bool:
        """False, with what is wrong said, if there is no room."""
        try:
            with transaction.atomic():
                self._put()
        except (keeping.Full, making.TooMany):
            self.add_error(None, _("There is no room for more: a list or your lists are full."))
            return False
        return True

    def _put(self) -> None:
        ticked = set(self.cleaned_data.get("lists", ()))
        shown = set(self.cleaned_data["shown"].split(",")) & self.open.keys()
        on, off = ticked - self.on, (shown & self.on) - ticked
        proposed: list[ListItem] = []
        # In the same order for all who hold several lists, so that nobody waits for ever.
        for pk in sorted(on | off, key=int):
            if pk in off:
                keeping.remove(self.open[pk], [self.title], by=self.member)
                continue
            item = keeping.add(self.open[pk], self.title, by=self.member)
            if not item.is_accepted:
                proposed.append(item)
        self._make_new()
        # Members are held last, too.
        for item in proposed:
            collaborating.tell_of_proposal(item, self.member)

    def _make_new(self) -> None:
        if name := " ".join(self.cleaned_data["new"].split()):
            made = making.make(self.member, name=name, visibility=self.member.default_audience)
            keeping.add(made, self.title, by=self.member)

    def _label(self, list_: List) -> str:
        is_own = list_.owner_id == self.member.pk
        return list_.shown_name if is_own else f"{list_.shown_name} (@{list_.owner.username})"


class InviteForm(forms.Form):
    username = forms.CharField(label=_("Username"), max_length=31)
    role = forms.ChoiceField(
        label=_("What they may do"), choices=Collaborator.Role, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, list_: List, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.list = list_

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).replace("\x00", "")

    def save(self) -> Collaborator | None:
        """None, with what is wrong said beside the field, where nobody can be invited."""
        try:
            return collaborating.invite(self.list, **self.cleaned_data)
        except collaborating.Unreachable:
            self.add_error("username", NOBODY)
        except collaborating.TooMany:
            self.add_error(None, TOO_MANY_PEOPLE)
        return None
