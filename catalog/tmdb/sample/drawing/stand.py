"""Where a figure stands on a sheet."""

from dataclasses import dataclass

from .sheet import Point


@dataclass(frozen=True)
class Stand:
    """Where the figure's box lies on a sheet."""

    left: float
    top: float
    size: float
    mirrored: bool = False

    def at(self, point: Point) -> Point:
        x = 100 - point[0] if self.mirrored else point[0]
        return (self.left + x * self.size / 100, self.top + point[1] * self.size / 100)

    def path(self, points: list[Point]) -> list[Point]:
        return [self.at(point) for point in points]
