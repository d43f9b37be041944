"""The form of a title: every field that TMDB tells stands beside its lock."""

from typing import Any

from django import forms
from django.contrib.admin.utils import label_for_field
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.editing import LOCKABLE
from catalog.models import Title

# Whether it is hidden has actions of its own.
EDITED = tuple(name for name in LOCKABLE if name != "hidden_at")

# The form is made before anybody is known who reads it.
_label = lazy(format_html, SafeString)


def lock_name(field: str) -> str:
    return f"lock_{field}"


def label_of(field: str) -> str:
    return str(label_for_field(field, Title))


def _lock(field: str) -> forms.BooleanField:
    named = lazy(label_of, str)(field)
    label = _label('{}<span class="visually-hidden"> {}</span>', _("Locked"), named)
    return forms.BooleanField(label=label, required=False)


class _Form(forms.ModelForm):
    class Meta:
        model = Title
        # The admin's fieldsets name them, and its overrides make them.
        fields: tuple[str, ...] = ()
        widgets = {
            "tagline": forms.Textarea(attrs={"rows": 2}),
            "overview": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in EDITED:
            if lock_name(field) in self.fields:
                self.initial[lock_name(field)] = field in self.instance.locked

    def edited(self) -> list[str]:
        """The title's own fields that somebody has changed."""
        return [name for name in self.changed_data if not name.startswith("lock_")]

    def lock_changes(self) -> tuple[list[str], list[str]]:
        """What is to be locked, and what is to be let go."""
        turned = [name for name in EDITED if lock_name(name) in self.changed_data]
        on = [name for name in turned if self.cleaned_data[lock_name(name)]]
        return on, [name for name in turned if name not in on]


TitleForm = type("TitleForm", (_Form,), {lock_name(name): _lock(name) for name in EDITED})
