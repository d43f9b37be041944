"""What a person has worked on: every title once in each department, however many jobs it was."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalog.about import people
from catalog.about.work import Work, work_of
from catalog.carded import speak
from catalog.models import Credit, Kind, Person, Title

PER_PAGE = 60
KNOWN_FOR = 8
SHORT = 8
# In whole sums of these a credit counts towards what somebody is known for.
MAIN_JOBS = frozenset(
    {
        "Creator",
        "Director",
        "Screenplay",
        "Writer",
        "Story",
        "Novel",
        "Characters",
        "Producer",
        "Original Music Composer",
        "Director of Photography",
        "Editor",
        "Production Design",
        "Costume Design",
        "Casting",
    }
)
AS_ONESELF = ("self", "himself", "herself", "themselves")

DEPARTMENTS: dict[str, str | Promise] = {
    **people.DEPARTMENTS,
    Credit.ACTING: _("Acting"),
    "Creator": _("Creating"),
}
KINDS = {"": _("Films and TV"), Kind.MOVIE.value: _("Films"), Kind.TV.value: _("TV")}
SORTS = {"": _("Newest first"), "score": _("Best score first"), "popularity": _("Popular first")}


@dataclass
class Line:
    """All that somebody did on one title in one department."""

    department: str
    title: Title
    position: int
    is_guest: bool
    # A job or a character, and of a show in how many episodes.
    parts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, episodes: int) -> None:
        """TMDB may tell of the same work twice: of the show, and of each episode."""
        self.parts[name] = max(self.parts.get(name, 0), episodes)

    @property
    def names(self) -> str:
        return (" / " if self.is_acting else ", ").join(filter(None, self.parts))

    @property
    def episodes(self) -> int:
        """Of the part they had longest: two parts may be in the same episodes."""
        return max(self.parts.values(), default=0)

    @property
    def is_acting(self) -> bool:
        return self.department == Credit.ACTING

    @property
    def weight(self) -> float:
        """How much it says about what somebody is known for."""
        if not self.is_acting:
            return self.title.vote_count * (1 if MAIN_JOBS & set(self.parts) else 0.25)
        billed = 3 / (3 + self.position)
        told_of = all(name.lower().startswith(AS_ONESELF) for name in self.parts)
        return self.title.vote_count * billed * (0.05 if self.is_guest or told_of else 1)


@dataclass(frozen=True)
class Department:
    name: str
    count: int

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def label(self) -> str:
        return str(DEPARTMENTS.get(self.name, self.name))


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see of a filmography; `ignored` are words that made no sense."""

    department: str
    kind: str
    sort: str
    ignored: tuple[str, ...]

    @classmethod
    def read(cls, query: Mapping[str, str], departments: Iterable[Department]) -> Self:
        known = {
            "department": {department.slug for department in departments},
            "kind": set(KINDS),
            "sort": set(SORTS),
        }
        said = {name: query.get(name, "") for name in known}
        wrong = [name for name, value in said.items() if value and value not in known[name]]
        return cls(**said | dict.fromkeys(wrong, ""), ignored=tuple(wrong))

    def takes(self, line: Line) -> bool:
        return self.kind in ("", line.title.kind) and self.department in (
            "",
            slugify(line.department),
        )


@dataclass(frozen=True)
class Filmography:
    lines: Sequence[Line]
    departments: Sequence[Department]

    @classmethod
    def of(cls, person: Person, *, adult: bool = False) -> Self:
        """In one query, of any length; in four, who has been in single episodes."""
        lines = _merged(*work_of(person), adult=adult)
        counts = Counter(line.department for line in lines)
        # What they are known for comes first, then what they did most.
        order = sorted(counts, key=lambda d: (d != person.known_for, -counts[d], d))
        return cls(lines, [Department(name, counts[name]) for name in order])

    def chosen(self, choice: Choice) -> list[Line]:
        rank = {department.name: n for n, department in enumerate(self.departments)}
        found = sorted(filter(choice.takes, self.lines), key=_ORDERS[choice.sort])
        return sorted(found, key=lambda line: rank[line.department])

    def known_for(self) -> list[Title]:
        """The best known first."""
        if not self.departments:
            return []
        first = self.departments[0].name
        lines = [line for line in self.lines if line.department == first]
        lines.sort(key=lambda line: (-line.weight, -line.title.popularity, line.title.pk))
        return [line.title for line in lines[:KNOWN_FOR]]


def shown(
    person: Person, query: Mapping[str, str], language: str, *, adult: bool = False
) -> dict[str, Any]:
    """For the page: one part of the filmography, and what they are best known for."""
    whole = Filmography.of(person, adult=adult)
    choice = Choice.read(query, whole.departments)
    found = whole.chosen(choice)
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    best = whole.known_for()
    speak(
        list({title.pk: title for title in (*best, *(line.title for line in page))}.values()),
        language,
    )
    return {
        "page": page,
        "groups": _groups(page, found),
        "count": _titles(found),
        "count_all": _titles(whole.lines),
        "known_for": best,
        "departments": whole.departments,
        # Who can see all of it at once needs no choice, but may have come with one.
        "can_choose": len(whole.lines) > SHORT or len(found) < len(whole.lines),
        "choice": choice,
        "ignored": [*choice.ignored, *_wrong_page(query.get("page", ""), page)],
        "kinds": KINDS,
        "sorts": SORTS,
    }


def _titles(lines: Iterable[Line]) -> int:
    return len({line.title.pk for line in lines})


def _groups(page: Page, found: Sequence[Line]) -> list[tuple[Department, list[Line]]]:
    """A page's lines under their departments, with how many those have on all pages."""
    counts = Counter(line.department for line in found)
    return [
        (Department(name, counts[name]), list(lines))
        for name, lines in groupby(page, key=lambda line: line.department)
    ]


def _wrong_page(said: str, page: Page) -> Iterator[str]:
    if said and said != str(page.number):
        yield "page"


def _merged(work: Sequence[Work], titles: Mapping[int, Title], *, adult: bool) -> list[Line]:
    lines: dict[tuple[str, int], Line] = {}
    for each in work:
        title = titles[each.title_id]
        if title.hidden_at is None and (adult or not title.adult):
            key = each.department, each.title_id
            line = lines.setdefault(key, Line(each.department, title, each.position, each.is_guest))
            line.add(each.job or each.character, each.episodes or 0)
    return list(lines.values())


def _newest_first(line: Line) -> tuple[Any, ...]:
    """What has no date yet is still to come."""
    day = line.title.release_date
    return (day is not None, -day.toordinal() if day else 0, line.title.pk)


_ORDERS: dict[str, Callable[[Line], tuple[Any, ...]]] = {
    "": _newest_first,
    "score": lambda line: (not line.title.vote_count, -line.title.score, line.title.pk),
    "popularity": lambda line: (-line.title.popularity, line.title.pk),
}
