"""What a member's history and ratings come to: of all time, and of one year."""

from cinehub.statistics.figures import Figures, figures_of

__all__ = ["Figures", "figures_of"]
