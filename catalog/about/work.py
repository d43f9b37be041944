"""What a person has done, job by job and part by part, before it is put in order."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from catalog.carded import day_of, title_of, tone_of
from catalog.models import Credit, Episode, EpisodeCredit, Person, Season, Title
from cinehub.kit.written import Given, Parts, Written

WHAT = ("department", "job", "character", "position")
# What is asked of each title, in the order of its model.
FACTS = (
    "id",
    "kind",
    "tmdb_id",
    "name",
    "original_name",
    "poster_path",
    "release_date",
    "year",
    "adult",
    "popularity",
    "vote_average",
    "vote_count",
    "score",
    "hidden_at",
)


class Work(NamedTuple):
    """One job or part; of a show, in how many episodes."""

    department: str
    job: str
    character: str
    position: int
    title_id: int
    episodes: int | None
    is_guest: bool = False


def _rows() -> Parts:
    """With the titles: by key alone, for told of `visible`, too, a database without statistics
    reads all that is visible.
    """
    person = Given("person")
    credits = Credit.objects.filter(person=person).order_by("position", "pk")
    credits = credits.annotate(tone=tone_of("title__poster_path"))
    guest = EpisodeCredit.objects.filter(person=person).order_by("position", "pk")
    return {
        "credits": credits.values_list(
            *WHAT, "episode_count", "tone", *(f"title__{f}" for f in FACTS)
        ),
        "guest": guest.values_list(*WHAT, "episode"),
    }


WORK = Written(_rows)


def work_of(person: Person) -> tuple[list[Work], dict[int, Title]]:
    """Of titles first, then of single episodes: who has a credit of the show is no guest."""
    found = WORK.ask(person=person.pk)
    titles: dict[int, Title] = {}
    work = []
    for department, job, character, position, episodes, tone, *facts in found["credits"]:
        pk = facts[0]
        if pk not in titles:
            titles[pk] = _title(facts, tone)
        work.append(Work(department, job, character, position, pk, episodes))
    guest = list(_as_guest(found["guest"]))
    return work + guest, titles | _titles_of({each.title_id for each in guest} - titles.keys())


def _title(facts: list[Any], tone: int | None) -> Title:
    title = title_of(FACTS, facts, tone)
    title.release_date = day_of(facts[FACTS.index("release_date")])
    return title


def _as_guest(rows: list[list[Any]]) -> Iterator[Work]:
    shows = _shows(episode for *_what, episode in rows)
    counted: dict[tuple[Any, ...], set[int]] = {}
    for department, job, character, _position, episode in rows:
        if episode in shows:
            key = department, job, character, shows[episode]
            counted.setdefault(key, set()).add(episode)
    for (*what, show), episodes in counted.items():
        department, job, character = what
        yield Work(department, job, character, 0, show, len(episodes), is_guest=True)


def _titles_of(keys: set[int]) -> dict[int, Title]:
    return Title.objects.only(*FACTS).in_bulk(keys) if keys else {}


def _shows(episodes: Iterable[int]) -> dict[int, int]:
    """The title that each is an episode of.

    By their keys, not by a join: however much there is, the database looks up what it must.
    """
    found = set(episodes)
    if not found:
        return {}
    shown = Episode.objects.visible().filter(pk__in=found)
    seasons = dict(shown.values_list("pk", "season"))
    titles = dict(
        Season.objects.visible().filter(pk__in=set(seasons.values())).values_list("pk", "title")
    )
    return {pk: titles[season] for pk, season in seasons.items() if season in titles}
