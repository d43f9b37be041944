"""Looking further: asking TMDB for what is not here yet, when somebody asks for it."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from catalog.models import Person, Title
from catalog.refreshing import UNREACHABLE, UNREACHABLE_SECONDS, is_away
from catalog.search import Query, addresses
from catalog.source import tmdb
from catalog.sync.people import hold_people
from catalog.sync.titles import ids_of, store_stubs
from catalog.tmdb import TMDB, Busy, Crowded, Garbled, NotFound, Refused
from catalog.tmdb.shapes import Found
from cinehub.kit.addresses import Ref
from cinehub.kit.bounded import within
from cinehub.kit.kept import CATALOGUE, changed
from cinehub.work.models import Claim

log = logging.getLogger(__name__)

# A page waits three seconds in all; the rest of them is for the database.
LOOK_SECONDS = 2.5
# The same words are asked once in so long, whoever asks.
REMEMBERED_SECONDS = 1800
# TMDB's page, twice for good measure: what else an address may claim is nobody's question.
AT_MOST = 40
LATER_YEAR = re.compile(r"\s+\(?(18[7-9]\d|19\d\d|20\d\d)\)?$")
MENTIONED = re.compile(r"(movie|tv|person)-(\d{1,15})")
AWAY, NOTHING = "away", "nothing"

Key = tuple[str, int]


@dataclass(frozen=True)
class Looked:
    """What came of it: `more` is what TMDB knows by these words and the search here does not."""

    more: tuple[Key, ...] = ()
    is_away: bool = False

    def __str__(self) -> str:
        """As the address of the page says it, that then shows it."""
        return AWAY if self.is_away else ".".join(f"{k}-{n}" for k, n in self.more) or NOTHING

    @classmethod
    def read(cls, value: str) -> "Looked | None":
        keys = [(kind, int(number)) for kind, number in MENTIONED.findall(value)]
        if keys or value in (AWAY, NOTHING):
            return cls(tuple(dict.fromkeys(keys[:AT_MOST])), value == AWAY)
        return None

    def things(self, language: str) -> list[Title | Person]:
        """Those that there are, in TMDB's order."""
        titles = Q(pk=None)
        for kind in ("movie", "tv"):
            titles |= Q(kind=kind, tmdb_id__in=[n for of, n in self.more if of == kind])
        people = [n for of, n in self.more if of == "person"]
        held: dict[Key, Title | Person] = {
            (title.kind, title.tmdb_id): title
            for title in Title.objects.visible().in_language(language).filter(titles)
        }
        held |= {("person", one.pk): one for one in Person.objects.visible().filter(pk__in=people)}
        return [held[key] for key in self.more if key in held]


def is_imdb(words: str) -> bool:
    return bool(addresses.IMDB.search(words))


def is_address(words: str) -> bool:
    """Whether somebody pasted an id or an address, and did not type a name."""
    return is_imdb(words) or bool(addresses.TMDB.search(words))


def page_of(words: str) -> str:
    """Here, of what a pasted address of TMDB's is about; it asks TMDB itself."""
    if is_imdb(words) or not (found := addresses.TMDB.search(words)):
        return ""
    kind, ref = found[1].lower(), Ref(int(found[2]))
    if kind in ("movie", "tv"):
        return reverse("title", args=[kind, ref])
    return reverse(f"catalog:{kind}", args=[ref])


def look_further(words: str) -> Looked:
    """One bounded attempt; for half an hour nobody asks for the same words again."""
    name = _name(words)
    try:
        if is_away():
            return Looked(is_away=True)
        if not Claim.objects.take(name, seconds=REMEMBERED_SECONDS):
            return Looked.read(cache.get(name, "")) or Looked()
        looked = _look(words)
        if looked.is_away:
            Claim.objects.hold(name, seconds=UNREACHABLE_SECONDS)
    except DatabaseError as error:
        log.warning("Nothing is looked for further, the database is busy: %s", error)
        return Looked(is_away=True)
    cache.set(name, str(looked), REMEMBERED_SECONDS)
    return looked


def _look(words: str) -> Looked:
    here = {(match.of, match.pk) for match in Query(words).matches}
    try:
        found = within(LOOK_SECONDS, _question(words), tmdb(hurried=True))
    except NotFound:
        return Looked()
    except Crowded as error:
        log.info("Nobody looks further just now: %s", error)
        return Looked(is_away=True)
    except (Busy, TimeoutError) as error:
        log.warning("TMDB can't be reached for who looks further: %s", error)
        Claim.objects.hold(UNREACHABLE, seconds=UNREACHABLE_SECONDS)
        return Looked(is_away=True)
    except (Garbled, Refused) as error:
        log.error("TMDB has no usable answer for who looks further: %s", error)
        return Looked(is_away=True)
    return Looked(tuple(key for key, pk in _store(found).items() if (key[0], pk) not in here))


def _question(words: str) -> Callable[[TMDB], Found]:
    if imdb := addresses.IMDB.search(words):
        return lambda client: client.find(imdb[1].lower() + imdb[2])
    return lambda client: _search(client, words)


def _search(client: TMDB, words: str) -> Found:
    """TMDB takes a year for a part of the name: where that finds nothing, it is left out."""
    found = client.search(words)
    bare = LATER_YEAR.sub("", words)
    if found.titles or found.people or bare == words:
        return found
    return client.search(bare)


def _store(found: Found) -> dict[Key, int]:
    """What is here now, with its primary key, in TMDB's order."""
    if found.titles:
        store_stubs(found.titles)
    if found.people:
        with transaction.atomic():
            hold_people(found.people, timezone.now())
    changed(CATALOGUE)
    titles = [(stub.kind, stub.tmdb_id) for stub in found.titles]
    held = ids_of(titles)
    people = {("person", stub.tmdb_id): stub.tmdb_id for stub in found.people}
    return {key: held[key] for key in titles if key in held} | people


def _name(words: str) -> str:
    """Of the claim: words may be longer than its column."""
    same = " ".join(words.casefold().split())
    return f"further:{blake2b(same.encode(), digest_size=16).hexdigest()}"
