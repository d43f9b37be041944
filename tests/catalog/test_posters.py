"""Pictures: brought here once, checked, and then our own."""

import io
import socket
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from catalog import posters
from catalog.views import pictures

# The page that says "not found" asks who is signed in.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key", "empty_shelf")]

HOST = "https://images.test/t/p"
URL = "/picture/w342/abcdef.jpg"


@pytest.fixture
def empty_shelf() -> Iterator[None]:
    yield
    for size in posters.SIZES:
        if default_storage.exists(f"pictures/{size}"):
            for folder in default_storage.listdir(f"pictures/{size}")[0]:
                for name in default_storage.listdir(f"pictures/{size}/{folder}")[1]:
                    default_storage.delete(f"pictures/{size}/{folder}/{name}")


@pytest.fixture
def silent_host(settings: Any) -> Iterator[None]:
    """It takes the question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.TMDB_IMAGE_URL = f"http://127.0.0.1:{server.getsockname()[1]}/t/p"
        yield


def picture(kind: str = "JPEG", size: tuple[int, int] = (342, 513)) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and is a few bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c))
        for c in (header, data, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@responses.activate
def test_a_picture_is_brought_once_and_then_comes_from_the_shelf(client: Client) -> None:
    body = picture()
    responses.get(f"{HOST}/w342/abcdef.jpg", body=body)

    for _ in range(3):
        answer = client.get(URL)
        assert (answer.status_code, answer.content) == (200, body)

    assert len(responses.calls) == 1


@responses.activate
def test_a_picture_may_be_kept_for_ever(client: Client) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", body=picture())

    for _ in range(2):
        answer = client.get(URL)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@responses.activate
def test_a_png_says_that_it_is_one(client: Client) -> None:
    responses.get(f"{HOST}/w92/logo.png", body=picture("PNG", (92, 92)))

    assert client.get("/picture/w92/logo.png")["Content-Type"] == "image/png"


@responses.activate
def test_each_size_is_a_picture_of_its_own(client: Client) -> None:
    for size in ("w154", "w500"):
        responses.get(f"{HOST}/{size}/abcdef.jpg", body=picture())

    assert client.get("/picture/w154/abcdef.jpg").status_code == 200
    assert client.get("/picture/w500/abcdef.jpg").status_code == 200
    assert len(responses.calls) == 2


@responses.activate
@pytest.mark.parametrize(
    "path",
    [
        "w342/..jpg",
        "w342/.jpg",
        "w342/%2e%2e%2fsecret.jpg",
        "w342/..%2F..%2Fsecret-key",
        "w342/a%2Fb.jpg",
        "w342/a%5Cb.jpg",
        "w342/a%00b.jpg",
        "w342/a%0A.jpg",
        "w342/abcdef.jpg%0A",
        "w342/abcdef.svg",
        "w342/abcdef.gif",
        "w342/abcdef.JPG",
        "w342/abcdef",
        "w342/evil.example%2Fa.jpg",
        "w342/http:%2F%2Fevil.example%2Fa.jpg",
        "w342/@evil.example.jpg",
        "w342/a%3Fb.jpg",
        "w342/a%23b.jpg",
        "w342/é.jpg",
        "w342/" + "a" * 91 + ".jpg",
        "original/abcdef.jpg",
        "w1/abcdef.jpg",
        "w9999/abcdef.jpg",
        "W342/abcdef.jpg",
        "%2e%2e/abcdef.jpg",
        "w342/w342/abcdef.jpg",
    ],
)
def test_a_name_that_tmdb_would_not_give_is_not_asked_for(client: Client, path: str) -> None:
    assert client.get(f"/picture/{path}").status_code == 404
    assert len(responses.calls) == 0


NOT_PICTURES: dict[str, bytes] = {
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "nothing": b"",
    "a JPEG cut short": picture()[:4000],
    "a JPEG's first bytes": picture()[:20],
    "a GIF": picture("GIF"),
    "a TIFF": picture("TIFF"),
    "more pixels than anyone shows": png_header(8000, 8000),
    "a decompression bomb": png_header(60_000, 60_000),
    "the largest header there is": png_header(2**31 - 1, 2**31 - 1),
    "a picture without pixels": png_header(0, 0),
    "nine megabytes": picture() + b"\0" * 9 * 1024 * 1024,
}


@responses.activate
@pytest.mark.parametrize("name", sorted(NOT_PICTURES))
def test_what_is_not_a_picture_is_refused_and_not_kept(client: Client, name: str) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", body=NOT_PICTURES[name])

    assert client.get(URL).status_code == 404
    assert not posters.is_here("w342", "abcdef.jpg")


@responses.activate
@pytest.mark.parametrize("status", [403, 404])
def test_a_picture_that_the_host_does_not_have_is_not_found(client: Client, status: int) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", status=status)

    assert client.get(URL).status_code == 404


@responses.activate
@pytest.mark.parametrize(
    "failure",
    [
        {"status": 500},
        {"status": 503},
        {"status": 429},
        {"status": 302, "headers": {"Location": "https://evil.example/a.jpg"}},
        {"body": requests.ConnectionError("refused")},
        {"body": requests.ReadTimeout("silent")},
        {"body": requests.exceptions.ChunkedEncodingError("dropped")},
    ],
    ids=str,
)
def test_while_the_host_is_away_the_picture_is_to_be_asked_for_again(
    client: Client, failure: dict[str, Any]
) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", **failure)

    answer = client.get(URL)

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert not posters.is_here("w342", "abcdef.jpg")


@responses.activate
def test_the_host_sends_nobody_elsewhere(client: Client) -> None:
    elsewhere = responses.get("https://evil.example/a.jpg", body=picture())
    location = {"Location": elsewhere.url}
    responses.get(f"{HOST}/w342/abcdef.jpg", status=302, headers=location)

    assert client.get(URL).status_code == 503
    assert elsewhere.call_count == 0


@responses.activate
def test_when_the_host_is_back_so_is_the_picture(client: Client) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", status=503)
    client.get(URL)
    responses.replace("GET", f"{HOST}/w342/abcdef.jpg", body=picture())

    assert client.get(URL).status_code == 200


@pytest.mark.usefixtures("silent_host")
def test_a_host_that_hangs_holds_no_picture_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PICTURE_SECONDS", 0.05)

    assert client.get(URL).status_code == 503


@responses.activate
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_browsers_show_is_taken(client: Client, kind: str) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", body=picture(kind))

    assert client.get(URL).status_code == 200


@responses.activate
def test_asked_for_by_its_head_a_picture_has_no_body(client: Client) -> None:
    responses.get(f"{HOST}/w342/abcdef.jpg", body=picture())

    answer = client.head(URL)

    assert (answer.status_code, answer.content) == (200, b"")
