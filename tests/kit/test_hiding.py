"""What is kept out of logs and letters."""

from collections.abc import Iterator
from typing import Any

import pytest

from cinehub.kit import hiding
from cinehub.kit.hiding import hide


@pytest.fixture(autouse=True)
def secrets_of_this_test(settings: Any) -> Iterator[None]:
    settings.TMDB_TOKEN = "tmdb-token"
    settings.EMAIL_HOST_PASSWORD = "pw"
    hiding._secrets.cache_clear()
    yield
    hiding._secrets.cache_clear()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bearer tmdb-token.", "Bearer …."),
        ("/3/movie/603?api_key=abc&page=2", "/3/movie/603?api_key=…&page=2"),
        ("/reset?token=abc", "/reset?token=…"),
        ("/callback?state=1&code=abc'", "/callback?state=1&code=…'"),
        ("PASSWORD=abc next", "PASSWORD=… next"),
        ("postgres://me:abc@db/site", "postgres://…@db/site"),
        ("redis://:abc@host:6379/0", "redis://…@host:6379/0"),
    ],
)
def test_secrets_are_hidden(text: str, told: str) -> None:
    assert hide(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "/search?q=heat&keyword=83&monkey=1",
        "write to me@host.example about https://host/path",
        "the pw is short",
    ],
)
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert hide(text) == text
