"""A member's own copy of a page: with all that is theirs in it, until something of theirs changes.

Their marks, buttons and texts take most of a page's time. So with Redis a member's page is kept
for them as others' are for everybody. It depends on what the page is about, on their own row,
which is part of its key, and on what they have on record (`of_member`). What it shows of others'
records is said by who asks for it, with `depend`.

The staff sees more, by permissions that are not theirs alone: for them every page is made anew.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from cinehub.kit import own, slots
from cinehub.kit.versions import SITE, Kept, Versions, find, keep, now, of_member, versions

# There are as many as members have pages open: none is kept for long.
SECONDS = 300
# Who hears of so many others would hardly find the same page again.
MOST_SUBJECTS = 100
# What changes without a page showing it, or is nobody's to know by whatever way.
UNSEEN = frozenset({"last_login", "password"})


@dataclass(slots=True)
class Copy:
    """One that is being made: what it was made from so far."""

    versions: Versions

    @property
    def is_lasting(self) -> bool:
        return len(self.versions) <= MOST_SUBJECTS


def is_for(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not request.user.is_staff


def depend(request: HttpRequest, *subjects: str) -> None:
    """On what is asked for next; said before, or what changes meanwhile would not be seen."""
    copy: Copy | None = getattr(request, "own_copy", None)
    if copy:
        copy.versions |= now(set(subjects) - copy.versions.keys())


def answer(
    request: HttpRequest, key: str, about: tuple[str, ...], make: Callable[[], HttpResponse]
) -> HttpResponse:
    """`make` gives the page, with `kept_versions` if it may be kept."""
    member: Any = request.user
    subjects = (SITE, *about, of_member(member.pk))
    found, moment = find(key, *subjects)
    if found:
        return HttpResponse(slots.close(request, unpack(found.body)), headers=found.headers)
    copy = Copy(versions(subjects, moment))
    request.own_copy = copy  # type: ignore[attr-defined]
    try:
        response = make()
        response.content = own.fill(request, response.content)
    finally:
        request.own_copy = None  # type: ignore[attr-defined]
    body = slots.opened(response.content)
    if body and hasattr(response, "kept_versions") and copy.is_lasting:
        kept = Kept(pack(body), dict(response.items()), copy.versions)
        keep(key, kept, moment, SECONDS)
    response.content = slots.close(request, response.content)
    return response


def who(user: Any) -> str:
    """All that their row says: a change of it needs nobody to tell of it."""
    fields = (field for field in user._meta.concrete_fields if field.name not in UNSEEN)
    return repr([str(getattr(user, field.attname)) for field in fields])


def pack(body: bytes) -> bytes:
    """To a fifth, in the time that the least thorough way takes."""
    return zlib.compress(body, 1)


unpack = zlib.decompress
