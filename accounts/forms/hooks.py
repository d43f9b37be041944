"""What members say of a webhook."""

from typing import Any

from allauth.idp.oidc.models import Client
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.hooks import addresses, listening
from accounts.models import User, Webhook
from accounts.models.hooks import LONGEST_URL, SUBJECTS

NAMES = {
    "viewing": _("What is watched: marked, changed, taken back"),
    "rating": _("What is rated"),
    "list": _("What is put on lists and taken off them"),
}


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        help_text=_(
            "Where your program listens. It begins with https:// and anybody can reach it."
        ),
        widget=forms.URLInput({"autocomplete": "off", "placeholder": "https://"}),
    )
    subjects = forms.MultipleChoiceField(
        label=_("What it hears of"),
        choices=[(subject, NAMES[subject]) for subject in SUBJECTS],
        widget=forms.CheckboxSelectMultiple,
        initial=list(SUBJECTS),
    )
    app = forms.ModelChoiceField(
        label=_("App"),
        queryset=Client.objects.none(),
        required=False,
        empty_label=_("None: it hears what I do"),
        help_text=_("Of an app it hears also what members do who let the app read."),
    )

    def __init__(
        self, *args: Any, owner: User, webhook: Webhook | None = None, **more: Any
    ) -> None:
        if webhook:
            known = {"url": webhook.url, "subjects": webhook.subjects, "app": webhook.app_id}
            more = {"initial": known, **more}
        super().__init__(*args, **more)
        app: Any = self.fields["app"]
        app.queryset = listening.apps_of(owner)
        app.label_from_instance = lambda client: client.name
        if not app.queryset:
            del self.fields["app"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            addresses.read(url)
        except addresses.Refused as error:
            raise ValidationError(error.args[0]) from None
        return url

    def said(self) -> dict[str, Any]:
        """As `listening` takes it."""
        return {"app": None, **self.cleaned_data}
