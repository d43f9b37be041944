"""What is kept in Redis, and how it is known that what it was made from has changed.

What is kept depends on subjects, words such as "movie/603". Each has a version: whoever changes
something calls `changed` with its subject after the commit, and what was made from the version
before is not served any more. So versions are read before anything is made from them.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import caches
from prometheus_client import Counter

cache = caches["pages"]

LOOKED_FOR = Counter("cinehub_kept_pages", "Pages looked for among those kept.", ["found"])

KEPT_SECONDS = 600
# The whole catalogue changes all the time. Pages that list it are thrown away at once when it has
# been quiet, and else are at most so old.
CATALOGUE = "catalogue"
CATALOGUE_SECONDS = 30
# What all pages depend on: a new release of the site changes it.
SITE = "site"
# What pages depend on that name members or show what they say: who sees whom has changed.
MEMBERS = "members"

Versions = dict[str, str | None]


def of_member(pk: int) -> str:
    """The subject that changes with whatever one member has on record."""
    return f"member/{pk}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page, or what of it is the same for everybody, and what it was made from."""

    body: bytes
    headers: dict[str, str]
    versions: Versions


@dataclass(frozen=True, slots=True)
class Moment:
    """What had changed last of what most pages depend on, when a page was asked for."""

    versions: Versions
    is_quiet: bool


def changed(*subjects: str) -> None:
    """To be called once the change is committed, or a page is made anew from what was before."""
    stamp = str(time.time_ns())
    if CATALOGUE in subjects and not cache.add(_quiet(), 1, CATALOGUE_SECONDS):
        subjects = tuple(set(subjects) - {CATALOGUE})
    cache.set_many({_version(subject): stamp for subject in subjects}, timeout=None)


def find(key: str, *about: str) -> tuple[Kept | None, Moment]:
    """One round trip where no more is depended on than what the page is known to be `about`."""
    usual = {subject: _version(subject) for subject in (SITE, CATALOGUE, *about)}
    found = cache.get_many([key, _quiet(), *usual.values()])
    told = {subject: found.get(version) for subject, version in usual.items()}
    moment = Moment(told, is_quiet=_quiet() not in found)
    page: Kept | None = found.get(key)
    if page and page.versions != versions(page.versions, moment):
        page = None
    LOOKED_FOR.labels("yes" if page else "no").inc()
    return page, moment


def keep(key: str, page: Kept, moment: Moment, seconds: int = KEPT_SECONDS) -> None:
    """If the catalogue has begun to change since, the page is out of date anyhow."""
    is_brief = CATALOGUE in page.versions and not moment.is_quiet
    cache.set(key, page, min(seconds, CATALOGUE_SECONDS) if is_brief else seconds)


def seconds_left(key: str) -> int:
    """For which something is kept from now on."""
    # Redis alone says so; where nothing but a test keeps anything, nobody knows.
    return cache.ttl(key) or 0 if hasattr(cache, "ttl") else 0


def versions(subjects: Collection[str], moment: Moment) -> Versions:
    """As they are at the moment, and of what it does not know as they are now."""
    known = moment.versions | now(set(subjects) - moment.versions.keys())
    return {subject: known[subject] for subject in subjects}


def now(subjects: Collection[str]) -> Versions:
    keys = {subject: _version(subject) for subject in subjects}
    found = cache.get_many(keys.values()) if keys else {}
    return {subject: found.get(key) for subject, key in keys.items()}


def _version(subject: str) -> str:
    return f"version:{subject}"


def _quiet() -> str:
    return f"quiet:{CATALOGUE}"
