"""Where a service's logo on a title's page leads: to what else it has in the same way."""

import pytest
from django.test import Client

from catalog.models import Country, Offer, Title
from catalog.sync.facets import file_titles
from tests.make import make_offer, make_title
from tests.read import shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def heat() -> Title:
    for code, name in (("US", "United States of America"), ("GB", "United Kingdom")):
        Country.objects.create(code=code, name=name)
    return make_title(name="Heat")


def address(offer: Offer) -> str:
    return f"/discover/movie?provider={offer.provider_id}&offer={offer.kind}&region={offer.country}"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", Offer.Kind.values)
def test_each_way_of_paying_leads_to_the_same_way(
    client: Client, heat: Title, kind: str, language: str
) -> None:
    offer = make_offer(heat, kind=kind)

    page = shown(client, heat.get_absolute_url(), accept_language=language)

    assert f'href="{address(offer)}"' in page


def test_what_can_be_rented_is_listed_without_what_can_only_be_bought(
    client: Client, heat: Title
) -> None:
    rented = make_offer(heat, kind="rent")
    bought = make_title(name="Ronin")
    bought.offers.create(provider=rented.provider, country="US", kind="buy")
    file_titles(list(Title.objects.values_list("pk", flat=True)))

    page = text(shown(client, address(rented)))

    assert "Heat" in page
    assert "Ronin" not in page


@pytest.mark.usefixtures("with_key")
def test_a_country_is_named_where_it_needs_no_article(client: Client, heat: Title) -> None:
    make_offer(heat, country="GB")

    here = text(shown(client, f"{heat.get_absolute_url()}?region=GB"))
    elsewhere = text(shown(client, f"{heat.get_absolute_url()}?region=US"))

    assert "Country: United Kingdom. Source: JustWatch." in here
    assert "United States of America: no service is known to have it." in elsewhere
