"""A sheet to draw on in units that do not know how many pixels the picture will have."""

from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageStat

from .texture import sprayed, sprayed_ball

Colour = tuple[int, int, int]
Paint = Colour | int
Point = tuple[float, float]
Box = tuple[float, float, float, float]

SPRAY_DOT_UNITS = 0.2


class Sheet:
    """RGB to paint on, or L ("a stencil") to cut shapes in and press through."""

    def __init__(self, units: tuple[float, float], scale: float, paint: Paint) -> None:
        self.width, self.height = units
        self.scale = scale
        mode = "L" if isinstance(paint, int) else "RGB"
        size = (max(1, round(units[0] * scale)), max(1, round(units[1] * scale)))
        self.image = Image.new(mode, size, paint)
        self._pen = ImageDraw.Draw(self.image)

    def stencil(self) -> "Sheet":
        return Sheet((self.width, self.height), self.scale, 0)

    def px(self, units: float) -> int:
        return round(units * self.scale)

    def tone(self, box: Box) -> Colour:
        """What the painted part looks like from afar."""
        left, top, right, bottom = (self.px(side) for side in box)
        red, green, blue = ImageStat.Stat(self.image.crop((left, top, right, bottom))).mean
        return round(red), round(green), round(blue)

    def rect(self, box: Box, paint: Paint) -> None:
        left, top, right, bottom = (self.px(side) for side in box)
        if right > left and bottom > top:
            self._pen.rectangle((left, top, right - 1, bottom - 1), fill=paint)

    def rounded(self, box: Box, radius: float, paint: Paint) -> None:
        sides = [side * self.scale for side in box]
        self._pen.rounded_rectangle(sides, radius * self.scale, fill=paint)

    def oval(self, centre: Point, radii: Point, paint: Paint) -> None:
        (x, y), (rx, ry) = centre, radii
        box = [side * self.scale for side in (x - rx, y - ry, x + rx, y + ry)]
        self._pen.ellipse(box, fill=paint)

    def disc(self, centre: Point, radius: float, paint: Paint) -> None:
        self.oval(centre, (radius, radius), paint)

    def ring(self, centre: Point, radius: float, thickness: float, paint: Paint) -> None:
        (x, y), scale = centre, self.scale
        box = [side * scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.ellipse(box, outline=paint, width=max(1, self.px(thickness)))

    def slice(self, centre: Point, radius: float, degrees: Point, paint: Paint) -> None:
        (x, y), scale = centre, self.scale
        box = [side * scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.pieslice(box, degrees[0], degrees[1], fill=paint)

    def arc(
        self, centre: Point, radius: float, degrees: Point, thickness: float, paint: Paint
    ) -> None:
        (x, y), scale = centre, self.scale
        box = [side * scale for side in (x - radius, y - radius, x + radius, y + radius)]
        width = max(1, self.px(thickness))
        self._pen.arc(box, degrees[0], degrees[1], fill=paint, width=width)

    def polygon(self, points: Iterable[Point], paint: Paint) -> None:
        self._pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=paint)

    def curve(self, points: Sequence[Point], paint: Paint) -> None:
        """A closed smooth shape through the points."""
        self.polygon(smooth(points), paint)

    def line(self, points: Iterable[Point], thickness: float, paint: Paint) -> None:
        path = [(x * self.scale, y * self.scale) for x, y in points]
        self._pen.line(path, fill=paint, width=max(1, self.px(thickness)), joint="curve")

    def stamp(self, mask: Image.Image, corner: Point, paint: Paint) -> None:
        self.image.paste(paint, (self.px(corner[0]), self.px(corner[1])), mask)

    def press(self, stencil: "Sheet", paint: Paint) -> None:
        box = stencil.image.getbbox()
        if box is not None:
            self.image.paste(paint, box, stencil.image.crop(box))

    def lay(self, picture: "Sheet", stencil: "Sheet") -> None:
        """Another picture of the same size, seen through the stencil."""
        box = stencil.image.getbbox()
        if box is not None:
            self.image.paste(picture.image.crop(box), box, stencil.image.crop(box))

    def copy(self) -> "Sheet":
        return self.stencil().join(self)

    def keep(self, other: "Sheet") -> "Sheet":
        self._replace(ImageChops.multiply(self.image, other.image))
        return self

    def join(self, other: "Sheet") -> "Sheet":
        self._replace(ImageChops.lighter(self.image, other.image))
        return self

    def cut(self, other: "Sheet") -> "Sheet":
        self._replace(ImageChops.subtract(self.image, other.image))
        return self

    def swap(self, other: "Sheet") -> "Sheet":
        self._replace(ImageChops.difference(self.image, other.image))
        return self

    def spray(
        self,
        box: Box,
        direction: str,
        density: Point,
        paint: Paint,
        within: "Sheet | None" = None,
    ) -> None:
        """Shading in dots, optionally only where the stencil lets it through."""
        left, top, right, bottom = (self.px(side) for side in box)
        size = (right - left, bottom - top)
        if min(size) < 1:
            return
        if direction == "ball":
            mask = sprayed_ball(size, density[0], density[1], self._dot)
        else:
            mask = sprayed(size, direction, density[0], density[1], self._dot)
        if within is not None:
            mask = ImageChops.multiply(mask, within.image.crop((left, top, right, bottom)))
        inked = mask.getbbox()
        if inked is not None:
            place = (left + inked[0], top + inked[1], left + inked[2], top + inked[3])
            self.image.paste(paint, place, mask.crop(inked))

    @property
    def _dot(self) -> int:
        return max(1, round(self.scale * SPRAY_DOT_UNITS))

    def _replace(self, image: Image.Image) -> None:
        self.image = image
        self._pen = ImageDraw.Draw(image)


def smooth(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """Catmull-Rom through a closed ring of points."""
    count = len(points)
    path = []
    for index in range(count):
        before, start = points[index - 1], points[index]
        end, after = points[(index + 1) % count], points[(index + 2) % count]
        for step in range(steps):
            t = step / steps
            path.append(
                (
                    _between(before[0], start[0], end[0], after[0], t),
                    _between(before[1], start[1], end[1], after[1], t),
                )
            )
    return path


def _between(before: float, start: float, end: float, after: float, t: float) -> float:
    straight = 2 * start + (end - before) * t
    bend = (2 * before - 5 * start + 4 * end - after) * t * t
    twist = (3 * start - before - 3 * end + after) * t * t * t
    return 0.5 * (straight + bend + twist)
