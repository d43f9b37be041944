"""All that the pages of a season and of an episode tell: one query for each table."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from catalog.models import Credit, Episode, EpisodeCredit, Person, Season, Title

# A page of the longest daily soap still weighs no more than others.
PER_PAGE = 40
CAST_SHOWN = 18
GUESTS_SHOWN = 18
# More are billed on no episode; a page is not to hang on it.
CREDITS_SHOWN = 250

# Who is named first, by job; the others follow in TMDB's order.
MAKERS = {
    "Director": _("Directed by"),
    "Writer": _("Written by"),
    "Screenplay": _("Written by"),
    "Teleplay": _("Written by"),
    "Story": _("Story by"),
}
# All that a name with a portrait needs of a person.
OF_PERSON = ("person__name", "person__profile_path", "person__hidden_at")
OF_CREDIT = ("department", "job", "character", *OF_PERSON)


Makers = list[tuple[str, list[Person]]]
Others = list[tuple[str, list[EpisodeCredit]]]


@dataclass(frozen=True)
class SeasonSights:
    """A season in its show: `seasons` are all of them, the specials last."""

    season: Season
    seasons: list[Season]

    @property
    def around(self) -> tuple[Season | None, Season | None]:
        """The ones before and after it; the specials are nobody's neighbours."""
        line = [season for season in self.seasons if not season.is_specials]
        if self.season not in line:
            return None, None
        here = line.index(self.season)
        return next(iter(line[:here][-1:]), None), next(iter(line[here + 1 :]), None)


def season_of(show: Title, number: int) -> SeasonSights | None:
    """Nothing where the show has no such season."""
    seasons = list(show.seasons.visible().in_order())
    found = next((season for season in seasons if season.number == number), None)
    return SeasonSights(found, seasons) if found else None


def episode_of(show: Title, season: int, number: int) -> Episode | None:
    """With its season and show at hand."""
    listed = Episode.objects.listed().select_related("season")
    found = listed.filter(season__title=show, season__number=season, number=number).first()
    if found:
        found.season.title = show
    return found


def told_of_season(sights: SeasonSights, wanted: str | None) -> dict[str, Any]:
    """Its episodes page by page; a `wanted` page that is none is said to be none."""
    season = sights.season
    listed = season.episodes.listed()
    page = Paginator(listed.in_order(), PER_PAGE).get_page(wanted)
    before, after = sights.around
    return {
        "season": season,
        "seasons": sights.seasons,
        "before": before,
        "after": after,
        "page": page,
        "is_another_page": wanted is not None and wanted != str(page.number),
        "runtime": listed.aggregate(total=Sum("runtime"))["total"],
        "regulars": _regulars(season.title),
        "guests": _guests(season),
    }


def told_of_episode(episode: Episode) -> dict[str, Any]:
    """For one of `episode_of`."""
    season = episode.season
    before, after = Episode.objects.around(episode)
    for neighbour in filter(None, (before, after)):
        neighbour.season.title = season.title
    earlier = season.episodes.listed().filter(number__lt=episode.number)
    guests, makers, others = _credits(episode)
    return {
        "episode": episode,
        "season": season,
        "before": before,
        "after": after,
        "list_page": earlier.count() // PER_PAGE + 1,
        "guests": guests,
        "makers": makers,
        "others": others,
        "regulars": _regulars(season.title),
    }


def _regulars(show: Title) -> QuerySet[Credit]:
    cast = show.credits.cast().select_related("person").only("title", "episode_count", *OF_CREDIT)
    return cast[:CAST_SHOWN]


def _guests(season: Season) -> QuerySet[Person]:
    """Each with the number of episodes and a part, whoever came most often first."""
    seen = Person.objects.filter(
        episode_credits__department=Credit.ACTING,
        episode_credits__episode__in=season.episodes.listed(),
    )
    counted = seen.only("name", "profile_path", "hidden_at").annotate(
        episode_count=Count("episode_credits__episode", distinct=True),
        character=Max("episode_credits__character"),
        billed=Min("episode_credits__position"),
    )
    return counted.order_by("-episode_count", "billed", "pk")[:GUESTS_SHOWN]


def _credits(episode: Episode) -> tuple[list[EpisodeCredit], Makers, Others]:
    """Its guest stars; the makers by what they did; the rest of the crew by department."""
    found = episode.credits.select_related("person").only("episode", *OF_CREDIT)
    credits = list(found.order_by("position", "pk")[:CREDITS_SHOWN])
    guests = [credit for credit in credits if credit.department == Credit.ACTING]
    crew = [credit for credit in credits if credit.department != Credit.ACTING]
    return guests, _makers(crew), _others(crew)


def _makers(crew: list[EpisodeCredit]) -> Makers:
    """Who wrote in two ways is named once."""
    found: dict[str, dict[int, Person]] = {}
    for job, label in MAKERS.items():
        people = {credit.person_id: credit.person for credit in crew if credit.job == job}
        found.setdefault(str(label), {}).update(people)
    return [(label, list(people.values())) for label, people in found.items() if people]


def _others(crew: list[EpisodeCredit]) -> Others:
    rest = [credit for credit in crew if credit.job not in MAKERS]
    rest.sort(key=lambda credit: credit.department)
    return [(name, list(group)) for name, group in groupby(rest, lambda each: each.department)]
