"""How a member likes the site to be."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.forms.partly import columns
from accounts.models import User
from catalog.models import Country, Offer, Provider

AS_THE_BROWSER = _("As my browser says")
STREAMS = (Offer.Kind.FLATRATE, Offer.Kind.FREE, Offer.Kind.ADS)


class Service(NamedTuple):
    pk: int
    name: str
    is_chosen: bool


class PreferencesForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the site"), required=False)
    region = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("Whose cinemas, streaming services and age ratings you see first."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    first_weekday = forms.TypedChoiceField(
        label=_("First day of the week"), coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = User
        fields = (
            "language",
            "region",
            "time_zone",
            "first_weekday",
            "theme",
            "rating_scale",
            "spoiler_shield",
            "adult",
            "providers",
        )
        widgets = {"theme": forms.RadioSelect, "rating_scale": forms.RadioSelect}
        labels = {
            "spoiler_shield": _("Hide what I have not got to yet"),
            "adult": _("Show titles for adults only"),
        }
        help_texts = {
            "theme": _("On all your devices; “as on this device” leaves it to each of them."),
            "spoiler_shield": _("Texts and pictures of episodes that you have not seen."),
            "adult": _(
                "On people's pages and in collections. Search, charts and Discover never list them."
            ),
        }

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        """`country` is where the member is just now, whatever they have chosen."""
        super().__init__(*args, **kwargs)
        self.country = country
        own = self.instance.providers.values("pk")
        here = Offer.objects.filter(provider=OuterRef("pk"), country=country)
        self.offered: QuerySet[Provider] = (
            Provider.objects.alias(is_here=Exists(here))
            .annotate(is_streaming=Exists(here.filter(kind__in=STREAMS)))
            .filter(Q(is_here=True) | Q(pk__in=own))
            .order_by("priority", "name", "pk")
        )
        self._choose("language", _languages())
        self._choose("region", Country.objects.values_list("code", "name"))
        self._choose("time_zone", zones.by_region(), empty=_("UTC, like the site"))
        self._choose("first_weekday", WEEKDAYS.items(), empty=_("As in my country"))
        self.fields["providers"].queryset = self.offered  # type: ignore[attr-defined]

    def services(self) -> dict[str, list[Service]]:
        """What streams in the country, and what only rents and sells there."""
        chosen = {str(getattr(pk, "pk", pk)) for pk in self["providers"].value() or ()}
        groups: dict[str, list[Service]] = {"streams": [], "sells": []}
        for provider in self.offered:
            key = "streams" if provider.is_streaming else "sells"  # type: ignore[attr-defined]
            service = Service(provider.pk, provider.name, str(provider.pk) in chosen)
            groups[key].append(service)
        return groups

    def save(self, commit: bool = True) -> User:
        """These columns and no others: somebody may have changed those meanwhile."""
        self.instance.save(update_fields=[name for name in columns(self) if name != "providers"])
        if "providers" in self.cleaned_data:
            self.instance.providers.set(self.cleaned_data["providers"])
        return self.instance

    def _choose(self, name: str, choices: Any, empty: Any = AS_THE_BROWSER) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]


def _languages() -> Iterator[tuple[str, str]]:
    """Each by its own name."""
    for code, _name in settings.LANGUAGES:
        yield code, get_language_info(code)["name_local"].capitalize()
