"""A request that is sent twice is done once: `Idempotency-Key` on what a POST makes.

The first answer is kept for a day, by who asked and by the key, and given again. Without Redis
each process remembers for itself.
"""

import json
from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api.problems import Problem
from cinehub.kit.sealing import seal, unseal

HEADER = "Idempotency-Key"
LONGEST = 100
KEPT_SECONDS = 24 * 3600
# Who has died on the way holds nobody up for longer.
UNDER_WAY_SECONDS = 60
# Bytes; what is larger is not kept, and would be made again.
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was given; without a status it is still being made."""

    fingerprint: str
    status: int = 0
    # Sealed, for some answers tell a key, once.
    data: str = ""
    location: str = ""


def begun(request: Request) -> str:
    """The name under which an answer is to be kept; empty where nobody asked for that."""
    key = request.headers.get(HEADER, "")
    if request.method != "POST" or not key or not request.user.is_authenticated:
        return ""
    if len(key) > LONGEST or not key.isprintable():
        raise ValidationError({HEADER: [_("No more than 100 letters, please.")]})
    told = f"{request.user.pk}\0{request.path}\0{key}"
    return f"once:{_digest(told.encode())}"


def before(request: Request, name: str) -> Response | None:
    """What was answered to the first of them; None for the first, which is under way now."""
    own = Said(_fingerprint(request))
    if cache.add(name, own, UNDER_WAY_SECONDS):
        return None
    said = cache.get(name)
    if said is None:
        return None
    if said.fingerprint != own.fingerprint:
        raise Problem(422, "other-request", _("This key has come with another request before."))
    if not said.status:
        raise Problem(
            409,
            "in-progress",
            _("The first of these requests is still under way."),
            headers={"Retry-After": "1"},
        )
    headers = {"Idempotency-Replayed": "true"} | (
        {"Location": said.location} if said.location else {}
    )
    return Response(json.loads(unseal(said.data)), said.status, headers=headers)


def keep(request: Request, name: str, response: Response) -> None:
    """What went wrong here, or came too often, may go better the next time: it is not kept."""
    if response.status_code >= 500 or response.status_code in (401, 403, 409, 429):
        cache.delete(name)
        return
    location = response.headers.get("Location", "")
    data = seal(JSONRenderer().render(response.data).decode() or "null")
    said = Said(_fingerprint(request), response.status_code, data, location)
    cache.set(name, said, KEPT_SECONDS)


def _fingerprint(request: Request) -> str:
    return _digest(request.get_full_path().encode() + b"\0" + repr(request.data).encode())


def _digest(told: bytes) -> str:
    return blake2b(told, digest_size=16).hexdigest()
