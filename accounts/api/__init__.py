"""Members and their sign-ins, for machines."""
