"""Nothing that comes in a picture's place gets on our shelf, or out of this site."""

from pathlib import Path

import pytest
import responses
from django.test import Client
from PIL import Image

from catalog.models import PictureFile
from tests.catalog.mirror.hostile import JPEG, REFUSED, SCRIPT
from tests.catalog.mirror.pictures import HOST, encoded, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

URL = "/picture/w342/abcdef.jpg"


def test_there_are_thirty_of_them_and_more() -> None:
    assert len(REFUSED) >= 30


@responses.activate
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_a_picture_is_refused_and_not_kept(
    client: Client, shelf: Path, name: str
) -> None:
    asked = responses.get(f"{HOST}/w780/abcdef.jpg", body=REFUSED[name])

    assert client.get(URL).status_code == 404
    assert client.get(URL).status_code == 404

    assert asked.call_count == 1
    assert not PictureFile.objects.exists()
    assert not [path for path in shelf.rglob("*") if path.is_file()]


@responses.activate
@pytest.mark.parametrize(
    "content",
    [
        JPEG + SCRIPT,
        JPEG + b"PK\x03\x04 an archive that begins at its end",
        encoded(Image.new("RGB", (342, 513)), "JPEG", comment=SCRIPT),
        encoded(Image.new("RGB", (342, 513)), "PNG", pnginfo=None) + SCRIPT,
    ],
    ids=["a script after it", "an archive after it", "a script in its comment", "after a PNG"],
)
def test_of_what_is_hidden_in_a_picture_nothing_is_left(client: Client, content: bytes) -> None:
    responses.get(f"{HOST}/w780/abcdef.jpg", body=content)

    served = client.get(URL).content

    assert opened(served).format == "WEBP"
    assert SCRIPT not in served
    assert b"PK\x03\x04" not in served
