"""A member's phone number: only one that was confirmed is kept."""

from accounts.models import User


def keep(member: User, phone: str) -> bool:
    """Whether it is another one than before."""
    is_new = (member.phone, member.phone_verified) != (phone, True)
    if is_new:
        member.phone, member.phone_verified = phone, True
        member.save(update_fields=["phone", "phone_verified"])
    return is_new


def remove(member: User) -> None:
    member.phone, member.phone_verified = None, False
    member.save(update_fields=["phone", "phone_verified"])
