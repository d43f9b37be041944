"""Deterministic noise: the grain of the film and the sprayed shading of the print."""

from functools import lru_cache
from random import Random

from PIL import Image, ImageChops

TILE = 256
MIDDLE = 128
GRAIN_SPREAD = 10

DIRECTIONS = {
    "down": None,
    "up": Image.Transpose.ROTATE_180,
    "right": Image.Transpose.ROTATE_90,
    "left": Image.Transpose.ROTATE_270,
}


def _tile(seed: str) -> Image.Image:
    return Image.frombytes("L", (TILE, TILE), Random(seed).randbytes(TILE * TILE))


def _repeat(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("L", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            sheet.paste(tile, (x, y))
    return sheet


@lru_cache(maxsize=6)
def _sprays(size: tuple[int, int], dot: int) -> Image.Image:
    tile = _tile("spray").resize((TILE * dot, TILE * dot), Image.Resampling.NEAREST)
    return _repeat(tile, size)


def _spray(size: tuple[int, int], dot: int) -> Image.Image:
    wide, high = (-(-side // 1024) * 1024 for side in size)
    return _sprays((wide, high), dot).crop((0, 0, *size))


@lru_cache(maxsize=6)
def _grain(size: tuple[int, int]) -> Image.Image:
    parts = [_tile(f"grain {number}") for number in range(4)]
    left, right = Image.blend(parts[0], parts[1], 0.5), Image.blend(parts[2], parts[3], 0.5)
    bell = Image.blend(left, right, 0.5)
    quiet = bell.point([MIDDLE + (level - MIDDLE) * GRAIN_SPREAD // 75 for level in range(256)])
    sheet = _repeat(quiet, size)
    return Image.merge("RGB", (sheet, sheet, sheet))


@lru_cache(maxsize=48)
def _ramp(direction: str, low: float, high: float) -> Image.Image:
    ramp = Image.linear_gradient("L")
    turn = DIRECTIONS[direction]
    if turn is not None:
        ramp = ramp.transpose(turn)
    span = high - low
    return ramp.point([round(255 * min(1, max(0, low + span * i / 255))) for i in range(256)])


def sprayed(
    size: tuple[int, int], direction: str, low: float, high: float, dot: int
) -> Image.Image:
    """A mask of dots whose density runs from low to high in that direction."""
    ramp = _ramp(direction, low, high).resize(size, Image.Resampling.BILINEAR)
    return _threshold(ramp, dot)


def sprayed_ball(size: tuple[int, int], low: float, high: float, dot: int) -> Image.Image:
    """As sprayed(), from the middle to the rim."""
    ball = Image.radial_gradient("L")
    span = high - low
    ball = ball.point([round(255 * min(1, max(0, low + span * i / 180))) for i in range(256)])
    return _threshold(ball.resize(size, Image.Resampling.BILINEAR), dot)


def _threshold(density: Image.Image, dot: int) -> Image.Image:
    dots = ImageChops.subtract(density, _spray(density.size, dot))
    return dots.point([0] + [255] * 255)


def with_grain(picture: Image.Image) -> Image.Image:
    return ImageChops.add(picture, _grain(picture.size), 1, -MIDDLE)
