"""The page on which members say how they like the site to be."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts import zones
from accounts.models import User
from accounts.preferring import zone
from catalog.models import Country, Offer, Provider
from tests.make import make_offer, make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

PAGE = "/settings/preferences"
USUAL = {"theme": "system", "rating_scale": "10", "spoiler_shield": "on"}


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def send(client: Client, **values: Any) -> Any:
    return client.post(PAGE, USUAL | values)


def services(page: str) -> list[str]:
    return re.findall(r'name="providers"[^>]*><span>(.*?)</span>', page)


def test_what_is_chosen_is_kept(client: Client, ann: User) -> None:
    Country.objects.create(code="NZ", name="New Zealand")
    title = make_title()
    offer = make_offer(title, name="Kiwi Films")
    chosen = {
        "language": "en",
        "region": "NZ",
        "time_zone": "Pacific/Auckland",
        "first_weekday": "5",
        "theme": "dark",
        "rating_scale": "100",
        "adult": True,
    }

    answer = send(client, **chosen, providers=[offer.provider_id])

    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    kept = User.objects.filter(pk=ann.pk).values(*chosen, "spoiler_shield").get()
    assert kept == chosen | {"first_weekday": 5, "spoiler_shield": True}
    assert list(ann.providers.all()) == [offer.provider]


def test_nothing_chosen_is_as_the_browser_says(client: Client, ann: User) -> None:
    send(client, theme="light", first_weekday="0")
    send(client)

    ann.refresh_from_db()
    assert (ann.language, ann.region, ann.time_zone, ann.first_weekday) == ("", "", "", None)


def test_only_what_is_on_this_page_is_changed(client: Client, ann: User) -> None:
    send(client, is_staff="on", is_superuser="on", username="root", email="root@example.org")

    ann.refresh_from_db()
    assert (ann.username, ann.is_staff, ann.is_superuser) == ("ann", False, False)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"language": "xx"},
        {"region": "ZZ"},
        {"time_zone": "Nowhere/Atall"},
        {"first_weekday": "7"},
        {"first_weekday": "x"},
        {"theme": "blue"},
        {"rating_scale": "11"},
        {"providers": ["999999"]},
        {"providers": ["x"]},
        {"time_zone": "x" * 5000},
    ],
)
def test_nonsense_changes_nothing(client: Client, ann: User, nonsense: dict[str, Any]) -> None:
    page = send(client, **{"theme": "dark"} | nonsense)

    assert page.status_code == 422
    assert "Not quite yet" in page.content.decode()
    ann.refresh_from_db()
    assert (ann.theme, ann.providers.count()) == ("system", 0)


def test_what_this_browser_remembered_alone_is_forgotten(client: Client, ann: User) -> None:
    client.cookies["theme"] = "dark"

    send(client, theme="light")

    assert client.cookies["theme"].value == ""
    assert 'data-theme="light"' in shown(client, "/")


def test_services_of_the_country_are_offered_the_best_known_first(
    client: Client, ann: User
) -> None:
    title = make_title()
    for name, priority in (("Third", 3), ("First", 1), ("Second", 2)):
        offer = make_offer(title, name=name)
        Provider.objects.filter(pk=offer.provider_id).update(priority=priority)
    make_offer(title, name="Elsewhere", country="DE")

    assert services(shown(client, PAGE)) == ["First", "Second", "Third"]
    assert services(shown(client, PAGE, **{"accept-language": "de-DE"})) == ["Elsewhere"]


def test_who_streams_comes_before_who_only_sells(client: Client, ann: User) -> None:
    title = make_title()
    make_offer(title, name="A seller", kind=Offer.Kind.BUY)
    make_offer(title, name="With ads", kind=Offer.Kind.ADS)

    assert services(shown(client, PAGE)) == ["With ads", "A seller"]


def test_a_service_of_another_country_stays_until_it_is_unticked(client: Client, ann: User) -> None:
    abroad = make_offer(make_title(), name="Elsewhere", country="DE").provider
    ann.providers.add(abroad)

    assert "checked" in shown(client, PAGE).partition("Elsewhere")[0].rpartition("<li")[2]
    send(client, providers=[abroad.pk])
    assert ann.providers.count() == 1
    send(client)
    assert ann.providers.count() == 0


def test_more_services_cost_no_more_queries(
    client: Client, ann: User, django_assert_max_num_queries: Any
) -> None:
    title = make_title()
    for _ in range(20):
        make_offer(title)

    with django_assert_max_num_queries(9):
        client.get(PAGE)


def test_every_zone_in_the_list_is_one() -> None:
    names = [name for _region, found in zones.by_region() for name, _place in found]

    assert len(names) > 400
    assert all(map(zone, names))
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in zones.by_region()[1][1]


def test_who_is_not_signed_in_is_asked_to() -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/sign-in?next=")
