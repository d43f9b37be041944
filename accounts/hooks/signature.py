"""By what a receiver knows that it was us, and when."""

import hmac
import secrets
import time

from cinehub.kit.sealing import seal, unseal

PREFIX = "whsec_"


def new_secret() -> str:
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def kept(secret: str) -> str:
    """As it may lie in the database."""
    return seal(secret)


def sign(sealed: str, body: bytes) -> str:
    """`t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body">`: who repeats it later is found out."""
    now = str(int(time.time()))
    signed = hmac.digest(unseal(sealed).encode(), now.encode() + b"." + body, "sha256")
    return f"t={now},v1={signed.hex()}"
