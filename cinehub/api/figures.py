"""The shape of a member's figures."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from catalog.api.pictures import profile_url
from catalog.api.titles import Brief
from catalog.models import Title
from catalog.models.genres import said
from cinehub.kit.api import Sparse
from cinehub.statistics.figures import Figures
from cinehub.statistics.history import Moment, Streak
from cinehub.statistics.taste import Face

Number = serializers.IntegerField


class OfMonth(serializers.Serializer):
    month = Number(source="at", min_value=1, max_value=12)
    viewings = Number()
    minutes = Number()


class OfWeekday(serializers.Serializer):
    weekday = Number(source="at", min_value=0, max_value=6, help_text="Monday is 0.")
    viewings = Number()
    minutes = Number()


class OfYear(serializers.Serializer):
    year = Number(source="at")
    viewings = Number()
    minutes = Number()


class OfDay(serializers.Serializer):
    date = serializers.DateField(source="on")
    films = Number()
    episodes = Number()
    minutes = Number()


class DaysInARow(serializers.Serializer):
    first = serializers.DateField()
    last = serializers.DateField()
    days = Number()


class FirstTime(serializers.Serializer):
    films = Number()
    episodes = Number()
    since = serializers.DateField(allow_null=True, help_text="The first day of the whole history.")
    until = serializers.DateField(allow_null=True, help_text="The last one.")


class OfGenre(serializers.Serializer):
    id = Number(source="key")
    name = serializers.CharField()
    titles = Number()


class OfPlace(serializers.Serializer):
    code = serializers.CharField(source="key")
    name = serializers.CharField()
    titles = Number()


class OfDecade(serializers.Serializer):
    decade = Number()
    titles = Number()


class OfPerson(serializers.Serializer):
    id = Number(help_text="TMDB's.")
    name = serializers.CharField()
    profile_url = serializers.URLField(allow_null=True)
    titles = Number()


class Watched(serializers.Serializer):
    title = Brief()
    viewings = Number()
    minutes = Number()


class Ended(serializers.Serializer):
    title = Brief()
    date = serializers.DateField()
    season_number = Number(allow_null=True)
    episode_number = Number(allow_null=True)


class Apart(serializers.Serializer):
    title = Brief()
    value = serializers.FloatField(help_text="Theirs.")
    average = serializers.FloatField(help_text="Members'.")


class StepRated(serializers.Serializer):
    value = serializers.FloatField()
    count = Number()


class RatingFigures(serializers.Serializer):
    """Ratings of films and shows."""

    count = Number()
    histogram = StepRated(many=True)
    mean = serializers.FloatField(allow_null=True, help_text="Of what others have rated, too.")
    members_mean = serializers.FloatField(allow_null=True, help_text="Members' of the same.")
    liked_more = Apart(many=True, help_text="Than members do.")
    liked_less = Apart(many=True)


class Stats(Sparse):
    year = Number(allow_null=True, help_text="Null: of all time.")
    films = Number(help_text="Viewings of films.")
    episodes = Number(help_text="Viewings of episodes.")
    viewings = Number()
    minutes = Number()
    shows = Number()
    rewatches = Number()
    first_time = FirstTime(help_text="What was watched for the first time.")
    days_with_viewings = Number()
    longest_streak = DaysInARow(allow_null=True)
    running_streak = DaysInARow(allow_null=True)
    busiest_day = OfDay(allow_null=True)
    by_month = OfMonth(many=True)
    by_weekday = OfWeekday(many=True)
    by_year = OfYear(many=True)
    by_day = OfDay(many=True, help_text="Of a year only.")
    genres = OfGenre(many=True)
    countries = OfPlace(many=True)
    languages = OfPlace(many=True)
    decades = OfDecade(many=True)
    actors = OfPerson(many=True)
    directors = OfPerson(many=True)
    ratings = RatingFigures()
    top_shows = Watched(many=True)
    top_films = Watched(many=True, help_text="Watched more than once.")
    first_and_last_films = Ended(many=True)
    first_and_last_episodes = Ended(many=True)
    favourites = Brief(many=True, help_text="Of a year: what they liked best.")


def told(figures: Figures, titles: Mapping[int, Title]) -> dict[str, Any]:
    """As Stats has it; what is not among the titles is left out."""
    return {
        "year": figures.year,
        "films": figures.films,
        "episodes": figures.episodes,
        "viewings": figures.viewings,
        "minutes": figures.minutes,
        "shows": figures.shows,
        "rewatches": figures.rewatches,
        "first_time": figures.history,
        "days_with_viewings": figures.day_count,
        "busiest_day": figures.busiest,
        "by_month": figures.months,
        "by_weekday": figures.weekdays,
        "by_year": figures.years,
        "by_day": figures.days,
        **_streaks(figures),
        **_taste(figures),
        **_titled(figures, titles),
    }


def _streaks(figures: Figures) -> dict[str, Streak | None]:
    return {"longest_streak": figures.longest, "running_streak": figures.running}


def _taste(figures: Figures) -> dict[str, Any]:
    taste = figures.taste
    return {
        "genres": [one._replace(name=said(one.name)) for one in taste.genres],
        "countries": taste.countries,
        "languages": taste.languages,
        "decades": [{"decade": first, "titles": count} for first, count in taste.decades],
        "actors": _people(taste.actors),
        "directors": _people(taste.directors),
    }


def _titled(figures: Figures, titles: Mapping[int, Title]) -> dict[str, Any]:
    return {
        "ratings": _ratings(figures, titles),
        "top_shows": _beside(figures.top_shows, titles),
        "top_films": _beside(figures.top_films, titles),
        "first_and_last_films": _ends(figures.film_ends, titles),
        "first_and_last_episodes": _ends(figures.episode_ends, titles),
        "favourites": [titles[pk] for pk in figures.wall if pk in titles],
    }


def _ratings(figures: Figures, titles: Mapping[int, Title]) -> dict[str, Any]:
    found = figures.opinions
    return {
        "count": found.count,
        "histogram": [
            {"value": step / 2, "count": count} for step, count in enumerate(found.histogram, 1)
        ],
        "mean": found.mean,
        "members_mean": found.members,
        "liked_more": _beside(found.over, titles),
        "liked_less": _beside(found.under, titles),
    }


def _beside(rows: Iterable[Any], titles: Mapping[int, Title]) -> list[dict[str, Any]]:
    return [row._asdict() | {"title": titles[row.title]} for row in rows if row.title in titles]


def _ends(rows: Iterable[Moment], titles: Mapping[int, Title]) -> list[dict[str, Any]]:
    return [
        {
            "title": titles[one.title],
            "date": one.on,
            "season_number": one.season,
            "episode_number": one.number,
        }
        for one in rows
        if one.title in titles
    ]


def _people(faces: Iterable[Face]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.person,
            "name": one.name,
            "profile_url": profile_url(one.portrait),
            "titles": one.titles,
        }
        for one in faces
    ]
