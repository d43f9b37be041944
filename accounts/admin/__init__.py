"""Members in the admin: who they are, and what the staff may do."""

from accounts.admin import elsewhere, invitations, log, members

__all__ = ["elsewhere", "invitations", "log", "members"]
