"""Whoever leaves says so twice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LeaveForm(forms.Form):
    username = forms.CharField(
        label=_("Your username, so that nobody leaves by accident"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"].removeprefix("@")
        if typed.lower() != self.member.username.lower():
            raise ValidationError(_("This is not your username."))
        return str(typed)
