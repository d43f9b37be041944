"""Who made a title: the best known for its page, everybody for the page of credits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Credit, Person, Title
from catalog.models.credits import CreditQuerySet
from cinehub.kit.written import Given, Parts

CAST_SHOWN = 14
MAKERS_SHOWN = 6
CREDITS_READ = 60
# Of each department on the page of all; one that has more has a page of its own, too.
CAST_LISTED, CREW_LISTED, PER_PAGE = 48, 24, 120

# Whose names stand at the top, by job.
MAKERS = {
    "Creator": _("Created by"),
    "Director": _("Directed by"),
    "Screenplay": _("Written by"),
    "Writer": _("Written by"),
    "Original Music Composer": _("Music by"),
    "Director of Photography": _("Photographed by"),
}
# TMDB's departments in the order of a film's own credits; those it may add come last.
DEPARTMENTS = {
    Credit.ACTING: _("Cast"),
    "Creator": _("Creators"),
    "Directing": _("Directing"),
    "Writing": _("Writing"),
    "Production": _("Production"),
    "Camera": _("Camera"),
    "Editing": _("Editing"),
    "Sound": _("Sound"),
    "Art": _("Art"),
    "Costume & Make-Up": _("Costume and make-up"),
    "Visual Effects": _("Visual effects"),
    "Lighting": _("Lighting"),
    "Crew": _("Crew"),
}


# Of a credit and its person, as Row has them.
FIELDS = (
    "department",
    "job",
    "character",
    "episode_count",
    "person_id",
    "person__name",
    "person__profile_path",
)


class Part(NamedTuple):
    """A job, or a character; in a show, in how many episodes."""

    name: str
    episodes: int | None = None


@dataclass
class Billed:
    """A person once, however many things they did."""

    person: Person
    parts: list[Part] = field(default_factory=list)

    @property
    def names(self) -> str:
        return " / ".join(part.name for part in self.parts if part.name)

    @property
    def episodes(self) -> int:
        """Of the part they had longest: two parts may be in the same episodes."""
        return max((part.episodes or 0 for part in self.parts), default=0)


@dataclass
class Department:
    key: str
    billed: list[Billed]

    @property
    def name(self) -> str:
        return str(DEPARTMENTS.get(self.key, self.key))

    @property
    def first(self) -> list[Billed]:
        """What the page of all departments shows of this one."""
        return self.billed[: CAST_LISTED if self.key == Credit.ACTING else CREW_LISTED]


class Made(NamedTuple):
    """What somebody made of it, as a page says that, and TMDB's word for the job."""

    label: str
    people: list[Person]
    job: str


def top_rows() -> Parts:
    """The first of the cast, and the makers that a page names."""
    shown = Q(department=Credit.ACTING, position__lt=CAST_SHOWN * 2) | Q(job__in=MAKERS)
    return {"credits": _credits(Given("title")).filter(shown).values_list(*FIELDS)[:CREDITS_READ]}


def top_from(found: dict[str, Any]) -> tuple[list[Billed], list[Made]]:
    rows = [Row(*row) for row in found["credits"]]
    cast = [row for row in rows if row.department == Credit.ACTING]
    return _merged(cast)[:CAST_SHOWN], _makers(rows)


def credits_of(title: Title, asked: Mapping[str, str]) -> dict[str, Any]:
    """Everybody, or page by page one department; what is asked for in vain is told."""
    departments = departments_of(title)
    wanted, number = asked.get("department", ""), asked.get("page", "")
    chosen = next((each for each in departments if each.key == wanted), None)
    page = Paginator(chosen.billed if chosen else (), PER_PAGE).get_page(number)
    return {
        "departments": departments,
        "chosen": chosen,
        "page": page,
        "no_such_department": bool(wanted) and chosen is None,
        "no_such_page": bool(number) and number != str(page.number),
    }


def departments_of(title: Title) -> list[Department]:
    """Everybody, in one query that a show of thousands can afford."""
    found: dict[str, list[Row]] = {}
    for row in map(Row._make, _credits(title).values_list(*FIELDS)):
        found.setdefault(row.department, []).append(row)
    order = list(DEPARTMENTS)
    in_order = sorted(found, key=lambda key: (key not in order, key in order and order.index(key)))
    return [Department(key, _merged(found[key])) for key in in_order]


class Row(NamedTuple):
    """A credit and its person: of thousands, rows of both tables would take too long to make."""

    department: str
    job: str
    character: str
    episodes: int | None
    person_id: int
    name: str
    profile_path: str

    @property
    def person(self) -> Person:
        return Person(pk=self.person_id, name=self.name, profile_path=self.profile_path)


def _credits(title: Title | Given) -> CreditQuerySet:
    known = Credit.objects.filter(title=title, person__hidden_at=None)
    return known.order_by("position", "pk")


def _merged(rows: Iterable[Row]) -> list[Billed]:
    found: dict[int, Billed] = {}
    for row in rows:
        if row.person_id not in found:
            found[row.person_id] = Billed(row.person)
        billed = found[row.person_id]
        part = Part(row.character if row.department == Credit.ACTING else row.job, row.episodes)
        if part not in billed.parts:
            billed.parts.append(part)
    return list(found.values())


def _makers(rows: Iterable[Row]) -> list[Made]:
    """Who wrote in two ways is named once."""
    found: dict[str, dict[int, Row]] = {}
    jobs: dict[str, str] = {}
    for job, label in MAKERS.items():
        jobs.setdefault(str(label), job)
        of_job = {row.person_id: row for row in rows if row.job == job}
        found.setdefault(str(label), {}).update(of_job)
    return [
        Made(label, [row.person for row in list(made.values())[:MAKERS_SHOWN]], jobs[label])
        for label, made in found.items()
        if made
    ]
