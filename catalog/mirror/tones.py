"""Sixty-four colours, one of which stands in for a picture until it is there.

Eight greys, then fourteen hues at four lightnesses (OKLCH). A page names a colour by its number, as
its Content-Security-Policy allows no styles of its own; static/css/tones.css has the same colours.
"""

import re
from functools import cache

from PIL import Image

TONES = re.findall(
    r"\w{6}",
    """
    040303 171614 2f2d2c 4f4d4b 73716f 9a9896 c6c3c1 f0eeec
    33141a 33160e 301903 291d00 202102 12250c 012619 002624
    00252e 042235 151e37 201a35 29172e 2f1525 652e39 663123
    60370c 553f00 434607 2b4c20 014f37 004f4c 004c5d 0f4769
    2f406d 443969 54335d 5f2f4d a45160 a45540 9c5e1f 8a6901
    707519 4c7e3c 12825e 00827d 007e97 2575a8 526baf 7161a9
    895897 9a527e e08795 e08b74 d69459 c2a04c a5ac56 81b571
    59ba92 39bab4 3eb6d0 60ade3 86a2ea a797e3 c28ed1 d588b5
    """,
)


def dominant(image: Image.Image) -> int:
    """The number of the tone that most of a small RGB picture is nearest to."""
    counts = image.quantize(palette=_palette(), dither=Image.Dither.NONE).histogram()
    return max(range(256), key=counts.__getitem__) % len(TONES)


@cache
def _palette() -> Image.Image:
    palette = Image.new("P", (1, 1))
    # Four times over: Pillow would fill what is left of 256 with black.
    palette.putpalette(bytes.fromhex("".join(TONES * 4)))
    return palette
