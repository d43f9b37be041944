"""How a member wants to hear of each kind of thing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.choosing import FIXED, Way
from accounts.models import Kind, Mail


class Row(NamedTuple):
    """Of the table; its name stands in the first column."""

    name: str
    site: BoundField
    mail: BoundField
    is_fixed: bool


class WaysForm(forms.Form):
    """Two fields for each kind, `<kind>-site` and `<kind>-mail`."""

    def __init__(self, *args: Any, ways: dict[Kind, Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, way in ways.items():
            is_fixed = kind in FIXED
            self.fields[f"{kind}-site"] = forms.BooleanField(
                label=_("On the site"),
                required=False,
                initial=way.is_on_site,
                disabled=is_fixed,
                widget=forms.CheckboxInput({"aria-label": f"{kind.label}: {_('on the site')}"}),
            )
            self.fields[f"{kind}-mail"] = forms.ChoiceField(
                label=_("By mail"),
                choices=Mail.choices,
                initial=way.mail,
                disabled=is_fixed,
                widget=forms.Select({"aria-label": f"{kind.label}: {_('by mail')}"}),
            )

    def rows(self) -> Iterator[Row]:
        for kind in Kind:
            site, mail = self[f"{kind}-site"], self[f"{kind}-mail"]
            yield Row(str(kind.label), site, mail, kind in FIXED)

    def ways(self) -> dict[Kind, Way]:
        found = self.cleaned_data
        return {kind: Way(found[f"{kind}-site"], Mail(found[f"{kind}-mail"])) for kind in Kind}
