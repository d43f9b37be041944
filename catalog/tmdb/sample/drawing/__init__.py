"""The pictures of the sample catalogue, drawn when they are asked for."""

from .brief import Brief
from .picture import draw

__all__ = ["Brief", "draw"]
