"""For tests of the API of the catalogue."""

# Before anything of DRF, whose settings lead to it.
import cinehub.kit.api as api

__all__ = ["api"]
