"""What members say of themselves, and to whom."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import avatars, records
from accounts.following import show_to
from accounts.forms.partly import columns
from accounts.models import Audience, User

TOO_LARGE = _("This file is too large: 10 MB at most.")

# Under each choice, what it means.
EXPLAINED = {
    Audience.PUBLIC: _("Whoever comes by, signed in or not. Search engines may list it."),
    Audience.FOLLOWERS: _("Members who follow you. Everybody who is signed in may, at once."),
    Audience.PRIVATE: _("Members whom you have let in. Whoever wants to follow you asks first."),
}


class ProfileForm(forms.ModelForm):
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, 10 MB at most. It is cut to a square."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove = forms.BooleanField(label=_("Remove my picture"), required=False)

    class Meta:
        model = User
        fields = ("display_name", "bio")
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "bio": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "display_name": _("How others read your name. Your username, if you leave it empty."),
            "bio": _("A few sentences, if you like: 500 letters at most."),
        }

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.order_fields(("picture", "remove", "display_name", "bio"))
        if not self.instance.avatar:
            del self.fields["remove"]

    def clean_display_name(self) -> str:
        return " ".join(self.cleaned_data["display_name"].split())

    def clean_picture(self) -> avatars.Avatar | None:
        if self.is_too_large:
            raise ValidationError(TOO_LARGE)
        sent: UploadedFile | None = self.cleaned_data["picture"]
        if sent is None:
            return None
        try:
            return avatars.read(cast("BinaryIO", sent), sent.name or "")
        except avatars.NotTaken as error:
            raise ValidationError(error.args[0]) from None

    def save(self, commit: bool = True) -> User:
        self.instance.save(update_fields=columns(self))
        records.appear()
        if self.cleaned_data.get("picture"):
            avatars.choose(self.instance, self.cleaned_data["picture"])
        elif self.cleaned_data.get("remove"):
            avatars.clear(self.instance)
        return self.instance


class PrivacyForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("audience", "default_audience")
        widgets = {"audience": forms.RadioSelect, "default_audience": forms.RadioSelect}
        help_texts = {
            "audience": _("Your name and your picture can be seen by everybody."),
            "default_audience": _(
                "Your ratings and your history are for them. Lists and reviews begin like this;"
                " each can be changed."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (audience, format_html("<span><b>{}</b> {}</span>", audience.label, words))
            for audience, words in EXPLAINED.items()
        ]
        self.fields["default_audience"].choices = Audience.choices  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> User:
        self.instance.save(update_fields=[name for name in columns(self) if name != "audience"])
        records.appear()
        if "audience" in self.cleaned_data:
            show_to(self.instance, Audience(self.cleaned_data["audience"]))
        return self.instance
