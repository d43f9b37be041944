"""Image addresses, each saying what to draw, and the pictures behind them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalog.tmdb.sample import schedule
from catalog.tmdb.sample.asking import NotFoundError, known
from catalog.tmdb.sample.drawing import Brief, draw
from catalog.tmdb.sample.holdings import Holdings
from catalog.tmdb.sample.records import Film, Season, Show, Title

Shape = Literal["poster", "backdrop", "portrait", "still", "logo"]

ADDRESS = re.compile(
    r"(?P<kind>[a-z]+)-(?P<id>\d+)(?:-season-(?P<season>\d+))?"
    r"-(?P<shape>[a-z]+)(?:-(?P<variant>[2-9]))?\.(?:jpg|png)"
)
SIZE = re.compile(r"(?P<side>[wh])(?P<length>\d{1,4})")
ORIGINAL_WIDTHS: Mapping[Shape, int] = {
    "poster": 1000,
    "backdrop": 1920,
    "portrait": 600,
    "still": 1920,
    "logo": 500,
}
# Width over height: what TMDB calls aspect_ratio.
RATIOS: Mapping[Shape, float] = {
    "poster": 0.667,
    "backdrop": 1.778,
    "portrait": 0.667,
    "still": 1.778,
    "logo": 2.0,
}
WIDEST = 3840


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    year: int | None = None
    genres: tuple[int, ...] = ()
    credit: str = ""
    key: str = ""


def address(kind: str, number: int, shape: Shape, variant: int = 1) -> str:
    again = f"-{variant}" if variant > 1 else ""
    return f"/{kind}-{number}-{shape}{again}.{'png' if shape == 'logo' else 'jpg'}"


def season_poster(show: Show, season: Season) -> str:
    return f"/tv-{show.id}-season-{season.number}-poster.jpg"


def picture(holdings: Holdings, today: date, size: str, file: str) -> tuple[bytes, str]:
    """The bytes of /t/p/{size}/{file} and their content type."""
    match = ADDRESS.fullmatch(file)
    kind = KINDS.get(match["kind"]) if match else None
    shape = kind.shapes.get(match["shape"]) if match and kind else None
    if not match or not kind or not shape:
        raise NotFoundError
    subject = kind.subject(holdings, today, int(match["id"]))
    if match["season"]:
        subject = _season(holdings, int(match["id"]), int(match["season"]), subject)
    brief = Brief(
        shape=shape,
        key=subject.key or file.rpartition(".")[0].replace(f"-{shape}", ""),
        name=subject.name,
        year=subject.year,
        genres=subject.genres,
        credit=subject.credit,
    )
    return draw(brief, _width(size, shape)), f"image/{'png' if shape == 'logo' else 'jpeg'}"


def _width(size: str, shape: Shape) -> int:
    if size == "original":
        return ORIGINAL_WIDTHS[shape]
    match = SIZE.fullmatch(size)
    length = int(match["length"]) if match else 0
    if match and match["side"] == "h":
        length = round(length * 2 / 3) if RATIOS[shape] < 1 else round(length * RATIOS[shape])
    if not 1 <= length <= WIDEST:
        raise NotFoundError
    return length


def _title(holdings: Holdings, title: Title) -> Subject:
    year = title.released.year if title.released else None
    return Subject(title.name, year, title.genres, _makers(holdings, title))


def _makers(holdings: Holdings, title: Title) -> str:
    made = [credit.person for credit in title.crew if credit.job == "Director"]
    if isinstance(title, Show):
        made = list(title.created_by)
    names = [holdings.people[person].name for person in made if person in holdings.people]
    return " & ".join(dict.fromkeys(names[:2]))


def _film(holdings: Holdings, today: date, number: int) -> Subject:
    return _title(holdings, known(holdings.films, number))


def _show(holdings: Holdings, today: date, number: int) -> Subject:
    return _title(holdings, known(holdings.shows, number))


def _season(holdings: Holdings, show_id: int, number: int, show: Subject) -> Subject:
    season = schedule.season_by_number(known(holdings.shows, show_id), number)
    if season is None:
        raise NotFoundError
    dated = next((told.air_date for told in season.episodes if told.air_date), None)
    return Subject(show.name, dated.year if dated else None, show.genres, season.name)


def _episode(holdings: Holdings, today: date, number: int) -> Subject:
    show = known(holdings.shows, schedule.show_of_episode(number))
    episode = schedule.episode_by_id(show, number, today)
    if episode is None:
        raise NotFoundError
    year = episode.air_date.year if episode.air_date else None
    # A key that starts with the show's gives all its stills the show's colours.
    key = f"tv-{show.id}-episode-{number}"
    return Subject(episode.name, year, show.genres, show.name, key)


def _person(holdings: Holdings, today: date, number: int) -> Subject:
    person = known(holdings.people, number)
    return Subject(person.name, person.birthday.year if person.birthday else None)


def _collection(holdings: Holdings, today: date, number: int) -> Subject:
    collection = known(holdings.collections, number)
    first: Film | None = next(iter(holdings.parts(number)), None)
    if first is None:
        return Subject(collection.name)
    return Subject(collection.name, None, first.genres, _makers(holdings, first))


def _company(holdings: Holdings, today: date, number: int) -> Subject:
    return Subject(known(holdings.companies, number).name)


def _network(holdings: Holdings, today: date, number: int) -> Subject:
    return Subject(known(holdings.networks, number).name)


def _provider(holdings: Holdings, today: date, number: int) -> Subject:
    return Subject(known(holdings.providers, number).name)


@dataclass(frozen=True, slots=True)
class Pictured:
    subject: Callable[[Holdings, date, int], Subject]
    shapes: Mapping[str, Shape]


WORK: Mapping[str, Shape] = {"poster": "poster", "backdrop": "backdrop"}
LOGO: Mapping[str, Shape] = {"logo": "logo"}

KINDS: Mapping[str, Pictured] = {
    "movie": Pictured(_film, WORK),
    "tv": Pictured(_show, WORK),
    "collection": Pictured(_collection, WORK),
    "episode": Pictured(_episode, {"still": "still"}),
    "person": Pictured(_person, {"portrait": "portrait"}),
    "company": Pictured(_company, LOGO),
    "network": Pictured(_network, LOGO),
    "provider": Pictured(_provider, LOGO),
}
