"""Pictures: brought here once, made into sizes of our own, and kept on our own shelf."""

from catalog.mirror.asking import Missing, Unreachable
from catalog.mirror.tidying import figures

__all__ = ["Missing", "Unreachable", "figures"]
