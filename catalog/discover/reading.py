"""From a query string to values: what cannot be understood is put aside, and said."""

import operator
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, TypeVar

from django.db.models import Exists
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.discover import certifications
from catalog.discover.parsing import one_of, score, span, whole
from catalog.discover.terms import BY_CODE, BY_ID, BY_NAME, Term, find, is_id
from catalog.discover.values import LABELS, SHOWS_ONLY, STATUSES, TYPES, Values, written
from catalog.models import Certification, Kind, Offer
from cinehub.kit.web import clean_words

T = TypeVar("T")

# Of one filter; more than anybody means.
MOST_VALUES = 20
MOST_MINUTES, MOST_VOTES = 10_000, 10**8
SHOWN_OF_A_VALUE = 40
# With every blank of the name that a page ended with.
AS_WRITTEN = {"after"}
TERMS = BY_ID | BY_NAME | BY_CODE


@dataclass
class Reading:
    """One query string, while it is read."""

    kind: str
    data: QueryDict
    ignored: list[str] = field(default_factory=list)
    # The same by parameter, for who wants to know which.
    wrong: dict[str, list[str]] = field(default_factory=dict)
    # What the terms in it are called, by parameter and key.
    names: dict[str, dict[int | str, str]] = field(default_factory=dict)
    _found: dict[Any, dict[str, Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find all terms that are named: a query for each kind of term, however many there are."""
        self._texts = {name: self._given(name) for name in self.data}
        wanted: dict[Any, dict[str, None]] = {}
        for name, model in TERMS.items():
            texts = [text for text in self._texts.get(name, ()) if _may_be(name, text)]
            wanted.setdefault(model, {}).update(dict.fromkeys(texts))
        self._found = {model: find(model, texts) for model, texts in wanted.items() if texts}

    def one(self, name: str, parse: Callable[[str], T | None]) -> T | None:
        """The last one given, as a form sends it."""
        texts = self._texts.get(name)
        if not texts or not texts[-1]:
            return None
        value = parse(texts[-1])
        if value is None:
            self.put_aside(name, texts[-1])
        return value

    def ends(
        self,
        least: str,
        most: str,
        parse: Callable[[str], T | None],
        is_before: Callable[[Any, Any], bool],
    ) -> tuple[T | None, T | None]:
        """Of a range; that ends before it begins nothing could be in."""
        begin, end = self.one(least, parse), self.one(most, parse)
        if begin is None or end is None or not is_before(end, begin):
            return begin, end
        said = _("%(filter)s: “%(value)s” is left out, for the range begins with “%(begin)s”.")
        self._say(said, most, value=written(end), begin=written(begin))
        return begin, None

    def some(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Those that are known."""
        texts = self._texts.get(name, ())
        for text in texts:
            if text not in known:
                self.put_aside(name, text)
        return tuple(text for text in texts if text in known)

    def terms(self, name: str) -> tuple[Any, ...]:
        """The keys of those that there are."""
        found = self._found.get(TERMS[name], {})
        chosen = {found[text].key: found[text].name for text in self.some(name, found)}
        self.names[name] = chosen
        return tuple(chosen)

    def put_aside(self, name: str, text: str) -> None:
        said = _("%(filter)s: “%(value)s” is not known here.")
        self._say(said, name, value=_short(clean_words(text)))

    def texts(self, name: str) -> list[str]:
        return self._texts.get(name, [])

    def _given(self, name: str) -> list[str]:
        """What is filled in, each once; a form sends its untouched fields empty."""
        if name in AS_WRITTEN:
            return self.data.getlist(name)[-1:]
        texts = (clean_words(text) for text in self.data.getlist(name))
        upper = name in ("country", "region")
        given = list(dict.fromkeys(t.upper() if upper else t for t in texts if t))
        if given and name in SHOWS_ONLY and self.kind != Kind.TV:
            self._say(_("%(filter)s: only shows can be narrowed by this."), name)
            return []
        if len(given) > MOST_VALUES and name in LABELS:
            self._say(_("%(filter)s: only the first %(most)s are used."), name, most=MOST_VALUES)
        return given[:MOST_VALUES]

    def _say(self, sentence: str, name: str, **more: object) -> None:
        said = sentence % {"filter": LABELS[name], **more}
        self.ignored.append(said)
        self.wrong.setdefault(name, []).append(said)


def read_values(reading: Reading, region: str) -> Values:
    return Values(
        genre=reading.terms("genre"),
        genres=reading.one("genres", one_of(("all", "any"))) or "all",
        without=reading.terms("without"),
        language=reading.terms("language"),
        spoken=reading.terms("spoken"),
        country=reading.terms("country"),
        certification=_certifications(reading, region),
        keyword=reading.terms("keyword"),
        company=reading.terms("company"),
        network=reading.terms("network"),
        person=reading.terms("person"),
        provider=reading.terms("provider"),
        offer=reading.some("offer", Offer.Kind.values),
        votes_min=reading.one("votes_min", whole(0, MOST_VOTES)),
        status=reading.some("status", STATUSES),
        type=reading.some("type", TYPES),
        **_ranges(reading, region),
    )


def _ranges(reading: Reading, region: str) -> dict[str, Any]:
    ranks = certifications.in_order(reading.kind, region)
    since, until = reading.ends("from", "to", span, lambda end, begin: end.last < begin.first)
    shortest, longest = reading.ends(
        "runtime_min", "runtime_max", whole(0, MOST_MINUTES), operator.lt
    )
    worst, best = reading.ends("score_min", "score_max", score, operator.lt)
    mildest, strictest = reading.ends(
        "certification_min",
        "certification_max",
        one_of(ranks),
        lambda end, begin: ranks.index(end) < ranks.index(begin),
    )
    return {
        "since": since,
        "until": until,
        "runtime_min": shortest,
        "runtime_max": longest,
        "score_min": worst,
        "score_max": best,
        "certification_min": mildest or "",
        "certification_max": strictest or "",
    }


def _certifications(reading: Reading, region: str) -> tuple[str, ...]:
    """Codes of the region: those whose order is known, and whatever else a title there bears."""
    known = set(certifications.in_order(reading.kind, region))
    if unknown := sorted(set(reading.texts("certification")) - known):
        rated = Certification.objects.filter(country=region)
        # One title each: a code may stand in the rows of a hundred thousand.
        bears = (Exists(rated.filter(code=code)) for code in unknown)
        for held in rated.order_by("country", "code").values_list(*bears)[:1]:
            known.update(compress(unknown, held))
    return reading.some("certification", known)


def _may_be(name: str, text: str) -> bool:
    """Whether it is worth asking the database."""
    if name in BY_CODE:
        return bool(re.fullmatch("[A-Za-z]{2}", text))
    return name in BY_NAME or is_id(text)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_OF_A_VALUE else f"{text[:SHOWN_OF_A_VALUE]}…"
