"""Figures in the words of who reads them: charts with names on them, and titles to go to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import RatingScale
from catalog.models import Country, Genre, Person, Title
from catalog.models.genres import said
from catalog.models.title import ON_CARDS, fitting
from catalog.templatetags.catalog import minutes
from cinehub.kit.web import Reader
from cinehub.statistics.drawing import FEW, Bar, Chart
from cinehub.statistics.figures import Figures
from cinehub.statistics.history import Moment, Part
from cinehub.statistics.taste import Face, Share
from reviews import scales

# More years and decades than these are called by two digits.
YEARS, DECADES = 12, 7

Row = TypeVar("Row", bound=Any)
Titles = Mapping[int, Title]


class Seen(NamedTuple):
    """A person, and in how many titles."""

    person: Person
    titles: int


def charts(figures: Figures, first_weekday: int, scale: RatingScale) -> dict[str, Chart]:
    """By their names in templates; without those that would be empty."""
    found = {
        "years": _years(figures.years) if not figures.year else None,
        "months": _months(figures.months),
        "weekdays": _weekdays(figures.weekdays, first_weekday),
        "genres": _genres(figures.taste.genres),
        "decades": _decades(figures.taste.decades),
        "countries": _countries(figures.taste.countries),
        "languages": _languages(figures.taste.languages),
        "ratings": _ratings(figures.opinions.histogram, scale),
    }
    return {name: chart for name, chart in found.items() if chart and chart.most}


def named(figures: Figures) -> set[int]:
    """All titles that stand beside the charts, by their keys."""
    rows: Iterable[Any] = (
        *figures.top_shows,
        *figures.top_films,
        *figures.film_ends,
        *figures.episode_ends,
        *figures.opinions.over,
        *figures.opinions.under,
    )
    return {row.title for row in rows} | set(figures.wall)


def titles_of(keys: Collection[int], who: Reader) -> Titles:
    """In the reader's language; those that TMDB has dropped are there, too."""
    asked = Title.objects.filter(fitting(adult=who.adult, of=""), pk__in=keys)
    shown = asked.for_cards(who.language)
    return {title.pk: title for title in shown.only(*ON_CARDS, "hidden_at")}


def beside(titles: Titles, rows: Iterable[Row]) -> list[tuple[Title, Row]]:
    """Each with its title."""
    return [(titles[row.title], row) for row in rows if row.title in titles]


def ends(titles: Titles, figures: Figures) -> list[tuple[str, Title, Moment]]:
    """What each is called, of films and episodes that are not one and the same."""
    films, episodes = (_("First film"), _("Last film")), (_("First episode"), _("Last episode"))
    named = [
        *zip(films, figures.film_ends, strict=False),
        *zip(episodes, figures.episode_ends, strict=False),
    ]
    return [(name, titles[one.title], one) for name, one in named if one.title in titles]


def people(faces: Iterable[Face]) -> list[Seen]:
    return [
        Seen(Person(tmdb_id=one.person, name=one.name, profile_path=one.portrait), one.titles)
        for one in faces
    ]


def _watched(name: str, head: str, bars: list[Bar]) -> Chart:
    return Chart(name, bars, (head, _("Watched"), _("Time")), is_upright=True)


def _years(parts: list[Part]) -> Chart:
    short = len(parts) > YEARS
    bars = [
        Bar(
            f"’{one.at % 100:02}" if short else str(one.at),
            one.viewings,
            str(one.at),
            minutes(one.minutes),
        )
        for one in parts
    ]
    return _watched(_("By year"), _("Year"), bars)


def _months(parts: list[Part]) -> Chart:
    bars = [
        Bar(
            date_format(date(2000, one.at, 1), "M"),
            one.viewings,
            date_format(date(2000, one.at, 1), "F"),
            minutes(one.minutes),
        )
        for one in parts
    ]
    return _watched(_("By month"), _("Month"), bars)


def _weekdays(parts: list[Part], first: int) -> Chart:
    bars = [
        Bar(
            str(WEEKDAYS_ABBR[one.at]),
            one.viewings,
            str(WEEKDAYS[one.at]),
            minutes(one.minutes),
        )
        for one in parts[first:] + parts[:first]
    ]
    return _watched(_("By weekday"), _("Weekday"), bars)


def _titles(name: str, head: str, bars: list[Bar]) -> Chart:
    return Chart(name, bars, (head, _("Films and shows")))


def _genres(shares: list[Share]) -> Chart:
    bars = [
        Bar(
            said(one.name),
            one.titles,
            address=Genre(tmdb_id=one.key, name=one.name).get_absolute_url(),
        )
        for one in shares
    ]
    return _titles(_("Genres"), _("Genre"), bars)


def _countries(shares: list[Share]) -> Chart:
    bars = [
        Bar(one.name, one.titles, address=Country(code=one.key).get_absolute_url())
        for one in shares
    ]
    return _titles(_("Countries"), _("Country"), bars)


def _languages(shares: list[Share]) -> Chart:
    bars = [Bar(one.name, one.titles) for one in shares]
    return _titles(_("Original languages"), _("Language"), bars)


def _decades(decades: list[tuple[int, int]]) -> Chart:
    """Those between without anything, too: it is a line of time."""
    known = dict(decades)
    span = range(decades[0][0], decades[-1][0] + 10, 10) if decades else ()
    bars = []
    for year in span:
        full = _("%(year)ss") % {"year": year}
        short = f"’{year % 100:02}" if len(span) > DECADES else full
        bars.append(Bar(short, known.get(year, 0), full))
    heads = (_("Decade"), _("Films and shows"))
    return Chart(_("Decades"), bars, heads, is_upright=True)


def _ratings(histogram: list[int], scale: RatingScale) -> Chart:
    """Of twenty steps the halves have no room for a name."""
    found = scales.bars(histogram, scale)
    bars = [
        Bar(step.short if n % 2 or len(found) <= FEW else "", count, step.name)
        for n, (step, count) in enumerate(found)
    ]
    return Chart(_("By rating"), bars, (_("Rating"), _("Films and shows")), is_upright=True)
