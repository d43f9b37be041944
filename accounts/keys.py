"""The keys that sign, for sites that members sign in to from here, who they are.

OAUTH_KEY signs, and what OAUTH_KEY_BEFORE has signed still holds. Where the environment names
none, this machine makes one of its own when it is first asked for.
"""

import os
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

FILE, BEFORE = "oauth-key", "oauth-key-before"
BITS = 2048


def current() -> str:
    return settings.OAUTH_KEY or _own(settings.DATA_DIR / FILE)


def before() -> str:
    """Empty where there has been no other."""
    file = settings.DATA_DIR / BEFORE
    kept = file.read_text() if not settings.OAUTH_KEY and file.exists() else ""
    return settings.OAUTH_KEY_BEFORE or kept


def check(app_configs: Any, **_told: Any) -> list[checks.CheckMessage]:
    """Machines that share a database have to sign alike."""
    is_shared = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
    if settings.OAUTH_KEY or not is_shared:
        return []
    return [
        checks.Warning(
            "OAUTH_KEY is missing: each machine signs with a key of its own, which the others"
            " do not know.",
            hint="It is a private RSA key in PEM, as `openssl genrsa 2048` writes one.",
            id="accounts.W001",
        )
    ]


@cache
def _own(file: Path) -> str:
    try:
        if not file.exists():
            _make(file)
        return file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"OAUTH_KEY is missing, and {file} can't be written: name a private RSA key in PEM"
            " (`openssl genrsa 2048`)."
        ) from error


def _make(file: Path) -> None:
    """Whole or not at all; of two processes at once the first one's stays."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Its owner alone may read what this makes.
    with NamedTemporaryFile(dir=file.parent) as made:
        made.write(pem)
        made.flush()
        try:
            os.link(made.name, file)
        except FileExistsError:
            return
