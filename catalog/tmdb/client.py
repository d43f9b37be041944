"""Ask TMDB: one pooled session, a pace kept with everybody else's, and failures one can name."""

import email.utils
import logging
import random
import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import requests

from catalog.tmdb import shapes
from catalog.tmdb.errors import Busy, Down, Garbled, NotFound, Refused, Unanswered
from catalog.tmdb.limiter import Lane, Limiter

log = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS = 3, 10
ATTEMPTS = 5
# However often TMDB says "not now", after this long the question is given up.
PATIENCE_SECONDS = 120
PARTS_AT_MOST = 20
# TMDB's own codes for "no such thing" and "invalid id".
UNKNOWN = (34, 6)

MOVIE_PARTS = (
    "credits,keywords,images,videos,release_dates,external_ids,alternative_titles,translations,"
    "recommendations,similar,watch/providers"
)
TV_PARTS = (
    "aggregate_credits,keywords,images,videos,content_ratings,external_ids,alternative_titles,"
    "translations,recommendations,similar,watch/providers"
)
# What is left of the twenty parts goes to seasons: most shows come whole in one answer.
SEASONS_AT_FIRST = PARTS_AT_MOST - len(TV_PARTS.split(","))

# In a path, what differs from one thing to the next.
ID = re.compile(r"(?<=/)(?:tt)?\d+(?=/|$)")

Json = dict[str, Any]


class Asked(NamedTuple):
    """One request, for who counts them: `movie/{id}`, a status or what went wrong, seconds."""

    endpoint: str
    status: str
    seconds: float
    waited: float


def _nobody(asked: Asked) -> None:
    """Nobody counts."""


class TMDB:
    """TMDB's API v3, in one language. Every method raises TMDBError's kinds and nothing else.

    It spends on its lane. `hurried` is for processes that answer readers, in the readers' lane:
    one attempt, and never a wait.
    """

    def __init__(
        self,
        *,
        url: str,
        token: str = "",
        api_key: str = "",
        language: str,
        limiter: Limiter,
        session: requests.Session,
        lane: Lane = Lane.CHART,
        hurried: bool = False,
        observe: Callable[[Asked], None] = _nobody,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url
        self.language = language
        self.limiter = limiter
        self.session = session
        self.lane = lane
        self.hurried = hurried
        self.observe = observe
        self.sleep = sleep
        self.headers = {"Accept": "application/json"}
        self.key: dict[str, str] = {}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        elif api_key:
            self.key = {"api_key": api_key}

    # --- What can be asked ---------------------------------------------------------------------
    def movie(self, tmdb_id: int) -> shapes.TitleFacts:
        facts = shapes.movie(self._title("movie", tmdb_id, MOVIE_PARTS))
        return shapes.named_for_site(facts, self.language)

    def tv(self, tmdb_id: int) -> shapes.TitleFacts:
        """The show with all its seasons: one request, and one more for each twenty above nine."""
        parts = [TV_PARTS, *(f"season/{n}" for n in range(SEASONS_AT_FIRST))]
        answer = self._title("tv", tmdb_id, ",".join(parts))
        for missing in _in_parts(shapes.missing_seasons(answer)):
            answer |= self.get(
                f"tv/{tmdb_id}", append_to_response=",".join(f"season/{n}" for n in missing)
            )
        return shapes.named_for_site(shapes.tv(answer), self.language)

    def title(self, kind: str, tmdb_id: int) -> shapes.TitleFacts:
        return self.movie(tmdb_id) if kind == "movie" else self.tv(tmdb_id)

    def person(self, tmdb_id: int) -> shapes.PersonFacts:
        return shapes.person(self.get(f"person/{tmdb_id}", append_to_response="external_ids"))

    def collection(self, tmdb_id: int) -> shapes.CollectionFacts:
        return shapes.collection(self.get(f"collection/{tmdb_id}"))

    def chart(self, path: str, page: int = 1) -> shapes.Page:
        """A page of titles, by its path: `movie/popular`, `trending/tv/week`."""
        kind = "movie" if "movie" in path.split("/") else "tv"
        return shapes.page(self.get(path, page=page), kind)

    def discover(self, kind: str, year: int, page: int = 1) -> shapes.Page:
        """A page of what came out in a year, the most popular first."""
        of = {"movie": "primary_release_year", "tv": "first_air_date_year"}[kind]
        asked = {of: year, "page": page, "sort_by": "popularity.desc"}
        return shapes.page(self.get(f"discover/{kind}", **asked), kind)

    def changes(self, kind: str, day: date, page: int = 1) -> shapes.Changed:
        """A page of what has changed on that day, which is UTC's: a film, a show, a person."""
        asked = {"start_date": day.isoformat(), "end_date": day.isoformat(), "page": page}
        return shapes.changed(self.get(f"{kind}/changes", **asked))

    def search(self, words: str) -> shapes.Found:
        """Films, shows and people, as many as stand on TMDB's first page."""
        asked = {"query": words, "include_adult": "false"}
        return shapes.found(self.get("search/multi", **asked), "results")

    def find(self, imdb_id: str) -> shapes.Found:
        answer = self.get(f"find/{imdb_id}", external_source="imdb_id")
        return shapes.found(answer, *(f"{kind}_results" for kind in ("movie", "tv", "person")))

    def genres(self, kind: str) -> tuple[shapes.Term, ...]:
        return shapes.genres(self.get(f"genre/{kind}/list"))

    def countries(self) -> tuple[shapes.CountryFacts, ...]:
        return shapes.countries(self.get_list("configuration/countries"))

    def languages(self) -> tuple[shapes.LanguageFacts, ...]:
        return shapes.languages(self.get_list("configuration/languages"))

    def providers(self, kind: str) -> tuple[shapes.ProviderFacts, ...]:
        return shapes.providers(self.get(f"watch/providers/{kind}"))

    # --- How it is asked -----------------------------------------------------------------------
    def _title(self, kind: str, tmdb_id: int, parts: str) -> Json:
        answer = self.get(
            f"{kind}/{tmdb_id}",
            append_to_response=parts,
            include_image_language=f"{self.language[:2]},en,null",
        )
        if answer.get("id") != tmdb_id:
            raise Garbled(f"TMDB was asked for {kind} {tmdb_id} and answered {answer.get('id')!r}")
        return answer

    def get(self, path: str, **params: Any) -> Json:
        answer = self._ask(path, params)
        if not isinstance(answer, dict):
            raise Garbled(f"{path}: not an object")
        return answer

    def get_list(self, path: str, **params: Any) -> list[Any]:
        answer = self._ask(path, params)
        if not isinstance(answer, list):
            raise Garbled(f"{path}: not a list")
        return answer

    def _ask(self, path: str, params: dict[str, Any]) -> Any:
        """Again while it may help; being too fast does not count as a failure."""
        if self.hurried:
            self.limiter.borrow()
            return self._once(path, params)
        give_up = time.monotonic() + PATIENCE_SECONDS
        failures = 0
        while True:
            waited = self._wait(path, give_up)
            try:
                return self._once(path, params, waited)
            except Down:
                raise
            except _TooFast:
                if time.monotonic() > give_up:
                    raise
            except (Busy, Garbled) as error:
                failures += 1
                if failures == ATTEMPTS or time.monotonic() > give_up:
                    raise
                log.info("%s: %s, asking again", path, error)
                self.sleep(random.uniform(0.5, 1) * 2 ** (failures - 1) / 2)

    def _wait(self, path: str, give_up: float) -> float:
        """Until the turn comes; the seconds it took."""
        waited = 0.0
        turn = self.limiter.take(self.lane)
        while turn.wait:
            if time.monotonic() > give_up:
                raise Busy(f"{path}: no turn came")
            self.sleep(turn.wait)
            waited += turn.wait
            turn = self.limiter.take(self.lane, turn.ticket)
        return waited

    def _once(self, path: str, params: dict[str, Any], waited: float = 0.0) -> Any:
        response = self._send(path, params, waited)
        if response.status_code >= 500:
            raise self._unanswered(path, str(response.status_code))
        self.limiter.answered()
        try:
            _raise_for_status(path, response)
            return response.json()
        except _TooFast as error:
            self.limiter.pause(error.seconds)
            raise
        except (ValueError, RecursionError):
            # Not JSON, or a number or a depth that nobody means.
            raise Garbled(f"{path}: not JSON") from None

    def _send(self, path: str, params: dict[str, Any], waited: float) -> requests.Response:
        began, status = time.monotonic(), ""
        try:
            response = self.session.get(
                f"{self.url}/{path}",
                params={"language": self.language} | params | self.key,
                headers=self.headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
            status = str(response.status_code)
            return response
        except requests.RequestException as error:
            status = type(error).__name__
            # Its text may carry the address, and that the key.
            raise self._unanswered(path, status) from None
        finally:
            seconds = time.monotonic() - began
            self.observe(Asked(ID.sub("{id}", path), status, seconds, waited))

    def _unanswered(self, path: str, why: str) -> Busy:
        return Down(f"{path}: {why}") if self.limiter.failed() else Unanswered(f"{path}: {why}")


class _TooFast(Busy):
    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


def _raise_for_status(path: str, response: requests.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    if status == 404 and _is_unknown(response):
        raise NotFound(path)
    if status == 429:
        raise _TooFast(f"{path}: 429", _retry_after(response.headers.get("Retry-After", "")))
    if status in {401, 403, 404}:
        raise Refused(f"{path}: {status}")
    raise Garbled(f"{path}: {status}")


def _is_unknown(response: requests.Response) -> bool:
    """Whether TMDB itself says so, and not a proxy, or whoever else lives at a wrong address."""
    told = response.json()
    return isinstance(told, dict) and told.get("status_code") in UNKNOWN


def _retry_after(value: str) -> float:
    """Seconds, from seconds or a date; a second where TMDB names neither."""
    if value.isdecimal():
        return max(float(value), 0.1)
    try:
        return max(email.utils.parsedate_to_datetime(value).timestamp() - time.time(), 0.1)
    except (ValueError, OverflowError):
        return 1.0


def _in_parts(numbers: list[int]) -> list[list[int]]:
    return [numbers[n : n + PARTS_AT_MOST] for n in range(0, len(numbers), PARTS_AT_MOST)]
