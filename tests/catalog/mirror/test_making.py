"""Pictures come out as they were meant to look, in WebP, and without anything else."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from catalog.mirror import tones
from catalog.mirror.making import PLACEHOLDER_BYTES, decode, make
from tests.catalog.mirror.pictures import encoded, opened, picture, plain, png

RED, GREY = (200, 30, 40), 128


def made(content: bytes, size: str = "w342") -> Image.Image:
    return opened(make(decode(content), [size]).variants[0].content)


def colour_of(image: Image.Image) -> tuple[float, ...]:
    return tuple(ImageStat.Stat(image.convert("RGB")).mean)


@pytest.mark.parametrize(
    ("size", "box"),
    [("w92", (92, 138)), ("w342", (342, 513)), ("w500", (500, 750)), ("h632", (421, 632))],
)
def test_each_size_is_as_wide_as_it_says(size: str, box: tuple[int, int]) -> None:
    image = made(picture(size=(780, 1170)), size)
    assert (image.format, image.size) == ("WEBP", box)


def test_a_picture_that_is_smaller_is_not_made_larger() -> None:
    assert made(picture(size=(200, 300)), "w500").size == (200, 300)


def test_a_line_of_pixels_keeps_one() -> None:
    assert made(plain(0, size=(3000, 2)), "w92").size == (92, 1)


def test_it_still_looks_like_what_it_was() -> None:
    before = decode(picture(size=(780, 1170)))
    after = made(encoded(before, "JPEG", quality=95), "w500").convert("RGB")
    reference = before.resize(after.size, Image.Resampling.LANCZOS)
    off = ImageStat.Stat(ImageChops.difference(after, reference)).mean
    assert max(off) < 6


def test_all_that_is_not_a_picture_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "where the photographer lives"
    content = picture(exif=exif, comment=b"a comment", icc_profile=b"x" * 500)
    image = made(content)
    assert not set(image.info) & {"exif", "icc_profile", "xmp", "comment"}
    assert b"photographer" not in make(decode(content), ["w342"]).variants[0].content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_browsers_show_is_taken(kind: str) -> None:
    assert made(picture(kind)).size == (342, 513)


def test_a_photograph_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.new("RGB", (600, 400), "black")
    lying.paste("white", (0, 0, 300, 400))
    upright = made(encoded(lying, "JPEG", exif=exif), "w185").convert("L")
    assert upright.width < upright.height
    assert upright.getpixel((90, 20)) > 200 > 50 > upright.getpixel((90, upright.height - 20))


@pytest.mark.parametrize(
    "content",
    [
        plain((20, 240, 230, 40), "JPEG", mode="CMYK"),
        plain(RED, "JPEG"),
        plain(RED, "PNG"),
        encoded(Image.new("RGB", (40, 60), RED).quantize(), "PNG"),
    ],
    ids=["printer's colours", "JPEG", "PNG", "palette"],
)
def test_colours_stay_what_they_are(content: bytes) -> None:
    red, green, blue = colour_of(made(content))
    assert red > 150
    assert green < 60
    assert blue < 70


@pytest.mark.parametrize(
    "content",
    [
        plain(GREY, mode="L"),
        plain(GREY * 257, mode="I;16"),
        png(40, 60, bits=16, data=(b"\0" + b"\x80\x00" * 120) * 60),
        plain((GREY, 255), mode="LA"),
    ],
    ids=["grey", "sixteen bits of grey", "sixteen bits of colour", "grey with opacity"],
)
def test_greys_stay_as_bright_as_they_are(content: bytes) -> None:
    assert all(abs(value - GREY) < 8 for value in colour_of(made(content)))


def test_black_and_white_stay_black_and_white() -> None:
    assert colour_of(made(plain(1, mode="1"))) == (255, 255, 255)


def test_what_one_sees_through_stays_so_and_loses_nothing() -> None:
    logo = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    logo.paste((255, 120, 0, 255), (50, 20, 250, 80))
    image = made(encoded(logo, "PNG"), "w300")
    assert image.mode == "RGBA"
    assert ImageChops.difference(image, logo).getbbox() is None


def test_a_palette_with_a_hole_is_seen_through() -> None:
    image = Image.new("P", (40, 40), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.paste(0, (0, 0, 20, 40))
    content = encoded(image, "PNG", transparency=0)
    assert made(content, "w92").getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("size", [(780, 1170), (1280, 720), (92, 92), (500, 30)])
def test_a_placeholder_is_a_picture_of_a_hundred_bytes(size: tuple[int, int]) -> None:
    placeholder = make(decode(picture(size=size)), []).placeholder
    assert 0 < len(placeholder) <= PLACEHOLDER_BYTES
    assert opened(placeholder).size < (21, 21)


def test_a_picture_is_known_by_the_colour_that_most_of_it_has() -> None:
    image = Image.new("RGB", (342, 513), RED)
    image.paste((0, 80, 220), (0, 0, 342, 120))
    tone = make(decode(encoded(image, "PNG")), []).tone
    nearest = Image.new("RGB", (1, 1), "#" + tones.TONES[tone]).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip(nearest, RED, strict=True)) < 60


def test_black_is_the_darkest_tone() -> None:
    assert make(decode(plain(0, mode="L")), []).tone == 0


def test_the_tones_of_pages_are_those_that_pictures_are_sorted_by() -> None:
    css = Path("static/css/tones.css").read_text()
    rules = re.findall(r'\[data-tone="(\d+)"\] \{ background-color: #(\w{6}); \}', css)
    assert rules == [(str(number), tone) for number, tone in enumerate(tones.TONES)]
    assert len(rules) == 64


def test_making_one_leaves_nothing_open(recwarn: pytest.WarningsRecorder) -> None:
    source = io.BytesIO(picture())
    make(decode(source.getvalue()), ["w92"])
    assert not [w for w in recwarn if w.category is ResourceWarning]
