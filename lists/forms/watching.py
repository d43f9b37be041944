"""When a member watched something, as well as they remember."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lists.models import Precision, Viewing
from lists.models.viewings import LONGEST_NOTE
from lists.when import When, objection, zone_of

NOW = "now"
CHOICES = [(NOW, _("Just now")), *Precision.choices]
MINUTES = "%Y-%m-%dT%H:%M"


class ViewingForm(forms.Form):
    """A new viewing, or `viewing` as it is; sent twice, a new one is still one."""

    precision = forms.ChoiceField(label=_("When"), choices=CHOICES, widget=forms.RadioSelect)
    at = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, MINUTES),
    )
    on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("Where, with whom, which cut: only you see it."),
    )
    batch = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: Any, *, member: User, viewing: Viewing | None = None) -> None:
        self.member, self.viewing = member, viewing
        super().__init__(sent, initial=self._as_it_is(viewing) if viewing else self._new())
        if viewing:
            self.fields["precision"].choices = Precision.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The one of the two fields that is asked for has to be filled, with what has been."""
        told = super().clean() or {}
        precision = told.get("precision")
        if precision == Precision.INSTANT and "at" not in self.errors:
            self._check("at", _("When was it?"), told.get("at"))
        if precision == Precision.DAY and "on" not in self.errors:
            self._check("on", _("Which day was it?"), told.get("on"))
        return told

    def when(self) -> When:
        told = self.cleaned_data
        if told["precision"] == Precision.INSTANT:
            same = self.viewing if self._is_same_minute() else None
            return When.instant(same.watched_at if same else told["at"], self.member)
        if told["precision"] == Precision.DAY:
            return When.day(told["on"])
        return When.unknown() if told["precision"] == Precision.UNKNOWN else When.now(self.member)

    def _check(self, field: str, question: Any, said: date | None) -> None:
        if wrong := objection(said, self.member) if said else question:
            self.add_error(field, wrong)

    def _new(self) -> dict[str, Any]:
        return {"precision": NOW, "batch": uuid4()}

    def _as_it_is(self, viewing: Viewing) -> dict[str, Any]:
        here = viewing.watched_at.astimezone(zone_of(self.member)).replace(tzinfo=None)
        return {
            "precision": viewing.precision,
            "at": here if viewing.precision == Precision.INSTANT else None,
            "on": viewing.watched_on,
            "note": viewing.note,
        }

    def _is_same_minute(self) -> bool:
        """Who changes the note alone does not lose the seconds."""
        at = self.initial.get("at")
        return at is not None and self["at"].data == at.strftime(MINUTES)
