"""What members say, in the admin: to read it, and to decide about it."""

from reviews.admin import reports, written

__all__ = ["reports", "written"]
