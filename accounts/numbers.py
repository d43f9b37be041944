"""Phone numbers, however they are written."""

from typing import Any

from allauth.account.fields import PhoneField

_SIGNS = str.maketrans("", "", " -./()\u00a0")


def plain(number: str) -> str:
    """As +442079460958; what is none is only a little tidier than before."""
    found = number.translate(_SIGNS)
    return f"+{found[2:]}" if found.startswith("00") else found


class NumberField(PhoneField):
    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value))
