"""Members in the admin: who they are, and what the staff may do."""

from accounts.admin import elsewhere, log, members

__all__ = ["elsewhere", "log", "members"]
