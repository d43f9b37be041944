"""What the environment says of other houses becomes what allauth wants, or one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cinehub.kit import providers

NOBODY = dict.fromkeys(providers.HOUSES, ("", ""))


def test_nothing_set_is_nothing_installed() -> None:
    assert providers.configured(NOBODY, "") == {}
    assert providers.apps({}) == []


def test_a_pair_turns_its_house_on() -> None:
    found = providers.configured(NOBODY | {"github": ("id", "secret")}, "")

    assert list(found) == ["github"]
    assert found["github"]["APP"] == {"name": "GitHub", "client_id": "id", "secret": "secret"}
    assert providers.apps(found) == ["allauth.socialaccount.providers.github"]


def test_there_may_be_several_of_openid_connect() -> None:
    text = "Our House|https://our.test/realms/one/|a|b ; Other|http://127.0.0.1:9000|c|d;"

    apps = providers.configured(NOBODY, text)["openid_connect"]["APPS"]

    assert [(app["provider_id"], app["name"]) for app in apps] == [
        ("our-house", "Our House"),
        ("other", "Other"),
    ]
    assert apps[0]["settings"] == {"server_url": "https://our.test/realms/one"}


def test_all_of_them_are_asked_with_pkce() -> None:
    pairs = dict.fromkeys(providers.HOUSES, ("id", "secret"))

    found = providers.configured(pairs, "One|https://one.test|a|b")

    assert len(found) == len(providers.HOUSES) + 1
    assert all(told["OAUTH_PKCE_ENABLED"] for told in found.values())


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("id", ""), "X_CLIENT_ID is set, but X_CLIENT_SECRET is not: they go together."),
        (("", "secret"), "X_CLIENT_SECRET is set, but X_CLIENT_ID is not: they go together."),
    ],
)
def test_half_a_pair_is_refused(pair: tuple[str, str], sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        providers.configured(NOBODY | {"twitter_oauth2": pair}, "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Our House|https://our.test|client", "should be name"),
        ("Our House|our.test|client|s3cret", "should be name"),
        ("Our House|http://our.test|client|s3cret", "should be name"),
        ("Our House|https://[|client|s3cret", "should be name"),
        ("Our House||client|s3cret", "should be name"),
        ("Google|https://our.test|client|s3cret", "names a provider 'Google'"),
        ("Cancelled|https://our.test|client|s3cret", "names a provider 'Cancelled'"),
        ("Дом|https://our.test|client|s3cret", "names a provider 'Дом'"),
        ("a|https://a.test|b|s3cret;A|https://b.test|d|s3cret", "two providers alike"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(text: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence) as raised:
        providers.configured(NOBODY, text)

    assert "s3cret" not in str(raised.value)
