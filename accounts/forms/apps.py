"""Apps that members register, the keys they make, and what they let apps do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.idp.oidc.forms import AuthorizationForm, ConfirmCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import registering, scopes

CONFIDENTIAL, PUBLIC = "confidential", "public"


class Lines(forms.Field):
    """Several, each on a line of its own."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)


class AppForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=registering.LONGEST_NAME,
        help_text=_("By this people know what they let in."),
    )
    description = forms.CharField(
        label=_("What it does"),
        max_length=registering.LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    homepage = forms.URLField(
        label=_("Homepage"),
        max_length=200,
        required=False,
        assume_scheme="https",
        validators=[registering.is_web],
    )
    redirect_uris = Lines(
        label=_("Where people come back to"),
        required=False,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        validators=[registering.check_address],
        help_text=_(
            "Redirect URIs, one on each line. An app that shows a code to type in elsewhere needs"
            " none."
        ),
    )

    def clean_redirect_uris(self) -> list[str]:
        given: list[str] = self.cleaned_data["redirect_uris"]
        if len(given) > registering.ADDRESSES_AT_MOST:
            raise ValidationError(_("%d at most.") % registering.ADDRESSES_AT_MOST)
        return given


class RegisterForm(AppForm):
    type = forms.ChoiceField(
        label=_("Where it runs"),
        choices=[
            (CONFIDENTIAL, _("On a server of mine: it keeps a secret")),
            (PUBLIC, _("With the people who use it: on phones and TVs, in browsers, as a script")),
        ],
        initial=CONFIDENTIAL,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("type") == CONFIDENTIAL and not told.get("redirect_uris", True):
            self.add_error("redirect_uris", _("An app on a server needs one."))
        return told

    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return told | {"is_confidential": told.pop("type") == CONFIDENTIAL}


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(scopes.TOLD.items()),
        initial=[scopes.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    lasts = forms.TypedChoiceField(
        label=_("How long it holds"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            (7, _("A week")),
            (30, _("30 days")),
            (90, _("90 days")),
            (365, _("A year")),
            ("", _("Until I take it away")),
        ],
        initial=90,
    )

    def expires_at(self) -> datetime | None:
        days = self.cleaned_data["lasts"]
        return timezone.now() + timedelta(days=days) if days else None


def _choices(requested: list[str]) -> list[tuple[str, str | Promise]]:
    """In the order in which people read them."""
    known: Mapping[str, str | Promise] = scopes.ALL
    return [(name, known[name]) for name in scopes.known(requested)]


class ConsentForm(AuthorizationForm):
    """What an app asks for, and of that what its member ticks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        requested = kwargs["requested_scopes"]
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        field.label = _("What it may do")
        field.choices = _choices(requested)
        field.error_messages["required"] = _("Tick one at least, or don't let it in.")


class DeviceCodeForm(ConfirmCodeForm):
    """The code that stands on a screen elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.max_length = 20
        field.widget = forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        )

    def clean_code(self) -> str:
        """As it stands on the screen, however it was typed."""
        letters = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalpha())
        self.cleaned_data["code"] = f"{letters[:4]}-{letters[4:]}"
        unknown = _("There is no such code, or not any more. Ask the device for a new one.")
        try:
            code = str(super().clean_code())
        except ValidationError as error:
            if error.code == "rate_limited":
                raise
            raise ValidationError(unknown) from error
        if not registering.is_welcome(self.client):
            raise ValidationError(unknown)
        return code


class DeviceForm(forms.Form):
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one at least, or don't let it in.")},
    )

    def __init__(self, data: Any, *, requested: list[str]) -> None:
        super().__init__(data, initial={"scopes": requested})
        self.fields["scopes"].choices = _choices(requested)  # type: ignore[attr-defined]
