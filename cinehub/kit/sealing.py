"""What only this site can read: it passes through brokers, disks and lists that others look at."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises InvalidToken if it was sealed with a SECRET_KEY that is not known any more."""
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    """The first of them seals."""
    return MultiFernet(map(_key, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def _key(secret: str) -> Fernet:
    made = salted_hmac("cinehub.kit.sealing", "", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(made))
