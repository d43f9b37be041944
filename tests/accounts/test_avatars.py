"""Pictures of members: what is taken, what is made of it, and what is refused in a sentence."""

import resource
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts import avatars
from accounts.models import User
from tests.catalog.mirror.hostile import REFUSED as HOSTILE
from tests.catalog.mirror.hostile import SCRIPT
from tests.catalog.mirror.pictures import chunk, encoded, opened, picture, plain, png
from tests.make import make_user
from tests.read import part

pytestmark = pytest.mark.django_db

# What those who look for pictures of films refuse, members may have: these are none too large.
REFUSED = {name: body for name, body in HOSTILE.items() if name != "nine megabytes"}
ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture(autouse=True)
def empty_store() -> None:
    for name in stored():
        default_storage.delete(f"{avatars.FOLDER}/{name[:2]}/{name}")


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def send(client: Client, content: bytes, name: str = "me.jpg", **fields: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/settings/profile", {"picture": file, "bio": "", **fields})


def stored() -> list[str]:
    found: list[str] = []
    if default_storage.exists(avatars.FOLDER):
        for folder in default_storage.listdir(avatars.FOLDER)[0]:
            found += default_storage.listdir(f"{avatars.FOLDER}/{folder}")[1]
    return sorted(found)


def made(content: bytes, name: str = "me.jpg") -> list[Image.Image]:
    return [opened(each) for each in avatars.read(BytesIO(content), name).contents]


# --- What is made of it --------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (256, 256), (3000, 2000)])
def test_two_squares_are_made_of_a_picture(kind: str, size: tuple[int, int]) -> None:
    squares = made(picture(kind, size))

    assert [(one.format, one.size) for one in squares] == [
        ("WEBP", (256, 256)),
        ("WEBP", (96, 96)),
    ]


def test_a_small_picture_is_not_made_larger() -> None:
    assert [one.size for one in made(picture(size=(50, 120)))] == [(50, 50), (50, 50)]


def test_the_middle_is_shown() -> None:
    wide = Image.new("RGB", (900, 300), "blue")
    wide.paste("red", (300, 0, 600, 300))

    square, _ = made(encoded(wide, "PNG"))

    red, _green, blue = square.convert("RGB").getpixel((5, 128))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    turned = Image.new("RGB", (400, 400), "blue")
    turned.paste("red", (0, 0, 400, 200))
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 29.0)

    square, small = made(encoded(turned, "JPEG", exif=exif, comment=SCRIPT))

    assert square.convert("RGB").getpixel((128, 10))[2] > 200  # type: ignore[index]
    for one in (square, small):
        assert dict(one.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(one.info)


def test_what_one_sees_through_stays_so() -> None:
    square, _ = made(plain((255, 0, 0, 0), "PNG", (300, 300), mode="RGBA"))

    assert square.convert("RGBA").getpixel((10, 10))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_a_picture_of_any_colours_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert made(encoded(Image.new(mode, (100, 100)), kind))[0].size == (100, 100)


def test_what_a_telephone_puts_behind_its_picture_is_no_movement() -> None:
    file = BytesIO()
    first, second = Image.new("RGB", (300, 300), "red"), Image.new("RGB", (30, 30))
    first.save(file, "MPO", save_all=True, append_images=[second])

    assert made(file.getvalue())[0].size == (256, 256)


def test_a_camera_s_largest_picture_is_taken() -> None:
    assert made(plain(0, "JPEG", (5700, 4300)))[0].size == (256, 256)


@pytest.mark.parametrize(
    "content",
    [
        picture() + SCRIPT,
        picture() + b"PK\x03\x04 an archive that begins at its end",
        encoded(Image.new("RGB", (300, 300)), "JPEG", comment=SCRIPT),
        picture("PNG") + SCRIPT,
    ],
    ids=["a script after it", "an archive after it", "a script in its comment", "after a PNG"],
)
def test_of_what_is_hidden_in_a_picture_nothing_is_left(content: bytes) -> None:
    for one in avatars.read(BytesIO(content), "me.jpg").contents:
        assert SCRIPT not in one
        assert b"PK\x03\x04" not in one


# --- What is refused -----------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_picture_is_refused_in_a_sentence(client: Client, ann: User, name: str) -> None:
    answer = send(client, REFUSED[name], "me.png")

    assert answer.status_code == 422
    said = part(answer.content.decode(), r'<p class="field-error".*?</p>')
    assert said.endswith((".", "empty."))
    ann.refresh_from_db()
    assert not ann.avatar
    assert stored() == []


@pytest.mark.parametrize("name", ["me.svg", "me.gif", "me.html", "me", "me.jpg.exe", ".jpg"])
def test_a_file_that_is_called_something_else_is_refused(
    client: Client, ann: User, name: str
) -> None:
    answer = send(client, picture(), name)

    assert answer.status_code == 422
    assert "whose name ends in .jpg, .png or .webp" in answer.content.decode()


def test_fifty_megabytes_are_refused_in_a_sentence(client: Client, ann: User) -> None:
    answer = send(client, b"x" * 50 * 1024 * 1024, display_name="Ann")

    assert answer.status_code == 422
    assert "This file is too large: 10 MB at most." in answer.content.decode()


def test_twenty_thousand_pixels_square_cost_no_memory() -> None:
    """By its header; the data that it promises are there, and would be 1.2 GB."""
    rows = zlib.compress(b"\0" * 60_001 * 2_000, 1)
    header = png(20_000, 20_000)[:33]
    bomb = header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(avatars.NotTaken, match="too many pixels"):
        avatars.read(BytesIO(bomb), "me.png")

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_picture_of_ten_thousand_frames_is_refused_unseen() -> None:
    file = BytesIO()
    frames = [Image.new("RGB", (64, 64), (n, 0, 0)) for n in range(50)]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(avatars.NotTaken, match="moves"):
        avatars.read(file, "me.webp")


# --- Where it is ---------------------------------------------------------------------------------
def test_a_picture_is_set_shown_and_kept_for_good(client: Client, ann: User) -> None:
    assert send(client, picture()).status_code == 303

    page = client.get("/@ann").content.decode()
    address = f"/avatar/256/{avatars.digest_of(User.objects.get())}.webp"
    assert f'src="{address}" width="256" height="256" alt=""' in page
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert opened(answer.content).size == (256, 256)
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("size", [0, 95, 512])
def test_there_are_no_other_sizes(client: Client, ann: User, size: int) -> None:
    send(client, picture())

    digest = avatars.digest_of(User.objects.get())
    assert client.get(f"/avatar/{size}/{digest}.webp").status_code == 404


@pytest.mark.parametrize("digest", ["nobody", "..", "a" * 64, "%2e%2e%2fsecret", "a" * 5000])
def test_what_is_not_there_is_not_found(client: Client, digest: str) -> None:
    assert client.get(f"/avatar/96/{digest}.webp").status_code == 404


def test_the_address_tells_nothing_to_who_has_the_picture() -> None:
    """Two who have the same picture do not have the same address."""
    ann, bob = make_user(), make_user()
    for member in (ann, bob):
        avatars.choose(member, avatars.read(BytesIO(picture()), "me.jpg"))

    assert avatars.digest_of(ann) != avatars.digest_of(bob)


def test_the_same_picture_again_has_the_same_address() -> None:
    ann = make_user()
    for _ in range(2):
        avatars.choose(ann, avatars.read(BytesIO(picture()), "me.jpg"))

    assert len(stored()) == 2


@pytest.mark.django_db(transaction=True)
def test_the_picture_before_is_gone_once_there_is_another() -> None:
    ann = make_user()
    avatars.choose(ann, avatars.read(BytesIO(picture()), "me.jpg"))
    before = stored()

    avatars.choose(ann, avatars.read(BytesIO(plain("red")), "me.png"))

    assert len(stored()) == 2
    assert not set(before) & set(stored())


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_removed(client: Client) -> None:
    client.force_login(make_user(username="ann"))
    send(client, picture())
    assert len(stored()) == 2

    answer = client.post("/settings/profile", {"remove": "on", "bio": ""})

    assert answer.status_code == 303
    assert stored() == []
    assert not User.objects.get().avatar
    assert 'class="avatar avatar-large"' in client.get("/@ann").content.decode()


def test_who_has_cleared_the_store_breaks_no_page(client: Client, ann: User) -> None:
    send(client, picture())
    digest = avatars.digest_of(User.objects.get())
    for size in avatars.SIZES:
        default_storage.delete(avatars.file_of(digest, size))

    assert client.get("/@ann").status_code == 200
    assert client.get(f"/avatar/96/{digest}.webp").status_code == 404
