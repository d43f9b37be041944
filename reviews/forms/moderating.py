"""What is wrong with something, and what is to be done about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Decision
from reviews.models.reports import LONGEST_TEXT, Reason
from reviews.moderating import SAY_WHY, needs_reason

Deed = Decision.Deed


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason.choices)
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Moderators read this; the author does not."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.choices = [("", _("Choose")), *Reason.choices]


class DecideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose")), *Reason.choices], required=False
    )
    text = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The author reads both."),
    )
    deed = forms.ChoiceField(choices=Deed.choices, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if needs_reason(said.get("deed")) and not said.get("reason"):
            self.add_error("reason", SAY_WHY)
        return said
