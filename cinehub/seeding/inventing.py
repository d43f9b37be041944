"""A member who has watched, rated and listed much, out of the catalogue that is there.

The same seed and the same catalogue give the same member.
"""

from calendar import SATURDAY
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count, islice
from random import Random
from typing import NamedTuple

from django.utils import timezone

from accounts.models import User
from catalog.models import Episode, Kind, Season, Title
from cinehub.seeding.writing import batch_of
from lists import keeping
from lists.models import List, Viewing
from lists.when import When, today
from reviews.models import Rating
from reviews.models.ratings import LEAST, MOST

# How long they have been writing down what they watch.
YEARS = 8
# Of ten viewings so many are of episodes; somebody follows a few shows at a time.
EPISODES_OF_TEN, AT_ONCE = 7, 4
# Of a hundred viewings so many have no time, and so many no day.
DAYS, UNKNOWN = 15, 5
# More than anybody watches, and little enough to be held in memory.
FILMS, SHOWS = 20_000, 400


class Thing(NamedTuple):
    """What is watched next, and which time."""

    title: int
    episode: int | None
    round: int


@dataclass(frozen=True)
class Pool:
    """What there is to watch, the best known first: films, and what has aired of shows."""

    films: list[int]
    shows: dict[int, list[int]]

    @classmethod
    def of(cls, member: User) -> "Pool":
        known = Title.objects.for_everybody().filter(release_date__lte=today(member))
        films = known.of_kind(Kind.MOVIE).by_popularity().values_list("pk", flat=True)
        shows = known.of_kind(Kind.TV).by_popularity().values_list("pk", flat=True)
        chosen: dict[int, list[int]] = {show: [] for show in shows[:SHOWS]}
        aired = (
            Episode.objects.listed()
            .filter(season__title__in=chosen, season__number__gt=0, air_date__lte=today(member))
            .in_order()
            .values_list("season__title", "pk")
        )
        for show, episode in aired:
            chosen[show].append(episode)
        return cls(list(films[:FILMS]), {show: parts for show, parts in chosen.items() if parts})


def viewings(member: User, pool: Pool, number: int, seed: int) -> Iterator[Viewing]:
    """In the order in which they were watched."""
    random = Random(f"{seed} viewings")
    evenings = _evenings(random, number)
    for n, thing in enumerate(islice(_things(random, pool), number)):
        when = _when(random, member, evenings[n])
        yield Viewing(
            user=member,
            title_id=thing.title,
            episode_id=thing.episode,
            precision=when.precision,
            watched_at=when.at,
            watched_on=when.on,
            rewatch=thing.round,
            batch=batch_of(seed, n),
        )


def ratings(member: User, number: int, seed: int) -> Iterator[Rating]:
    """Of what they have watched, then of what they have not; then of seasons and episodes."""
    random = Random(f"{seed} ratings")
    mine = set(member.viewings.values_list("title", flat=True))
    known = Title.objects.for_everybody().by_popularity()
    titles = list(known.values_list("pk", "vote_average")[:FILMS])
    titles.sort(key=lambda row: row[0] not in mine)
    begun = timezone.now() - timedelta(days=365 * YEARS)
    for columns, average in islice(_rateable(titles), number):
        at = begun + timedelta(days=random.random() * 365 * YEARS)
        yield Rating(user=member, value=_value(random, average), rated_at=at, **columns)


def lists(member: User, number: int, items: int, seed: int) -> Iterator[tuple[List, list[int]]]:
    """The watchlist, the favourites and others, with titles from all over the catalogue."""
    random = Random(f"{seed} lists")
    known = Title.objects.for_everybody().by_popularity()
    titles = list(known.values_list("pk", flat=True)[:FILMS])
    for n in range(number):
        made = _list(member, n)
        yield made, random.sample(titles, min(items, len(titles)))


def _list(member: User, n: int) -> List:
    if n < 2:
        return (keeping.watchlist, keeping.favorites)[n](member)
    visibility, name = member.default_audience, f"Evening {n - 1}"
    made, _is_new = List.objects.get_or_create(
        owner=member, slug=f"evening-{n - 1}", defaults={"name": name, "visibility": visibility}
    )
    return made


def _things(random: Random, pool: Pool) -> Iterator[Thing]:
    """Films and episodes by turns; who has seen all begins anew."""
    films, shows = _films(random, pool.films), _episodes(random, pool.shows)
    while pool.films or pool.shows:
        is_episode = random.randrange(10) < EPISODES_OF_TEN
        source = shows if pool.shows and (is_episode or not pool.films) else films
        yield from islice(source, random.choice((1, 2, 3)) if source is shows else 1)


def _films(random: Random, films: Sequence[int]) -> Iterator[Thing]:
    """In some order, and now and then one of those they know."""
    for turn in count():
        order = random.sample(films, len(films))
        for n, film in enumerate(order):
            yield Thing(film, None, turn)
            if n and not random.randrange(12):
                yield Thing(order[random.randrange(n)], None, turn + 1)


def _episodes(random: Random, shows: dict[int, list[int]]) -> Iterator[Thing]:
    """A few shows at a time, each to its end or to where they lost interest."""
    for turn in count():
        waiting = random.sample(sorted(shows), len(shows))
        on: list[list[Thing]] = []
        while waiting or on:
            while waiting and len(on) < AT_ONCE:
                show = waiting.pop()
                parts = [Thing(show, episode, turn) for episode in shows[show]]
                on.append(
                    parts if random.randrange(3) else parts[: 1 + random.randrange(len(parts))]
                )
            current = random.choice(on)
            yield current.pop(0)
            on = [parts for parts in on if parts]


def _evenings(random: Random, number: int) -> list[datetime]:
    """In order; a good part of them Saturdays."""
    now = timezone.now().replace(microsecond=0)
    found = []
    for _n in range(number):
        at = now - timedelta(days=random.random() * 365 * YEARS)
        if not random.randrange(4):
            at -= timedelta(days=(at.weekday() - SATURDAY) % 7)
        found.append(min(now, at.replace(hour=18 + random.randrange(6))))
    return sorted(found)


def _when(random: Random, member: User, at: datetime) -> When:
    chance = random.randrange(100)
    if chance < UNKNOWN:
        return When.unknown()
    when = When.instant(at, member)
    return When.day(when.on) if when.on and chance < UNKNOWN + DAYS else when


def _rateable(titles: Sequence[tuple[int, float]]) -> Iterator[tuple[dict[str, int], float]]:
    for title, average in titles:
        yield {"title_id": title}, average
    shows = [title for title, _average in titles]
    seasons = Season.objects.visible().filter(title__in=shows).order_by("pk")
    for pk, title, average in seasons.values_list("pk", "title", "vote_average"):
        yield {"title_id": title, "season_id": pk}, average
    episodes = Episode.objects.visible().filter(season__title__in=shows).order_by("pk")
    for pk, title, average in episodes.values_list("pk", "season__title", "vote_average"):
        yield {"title_id": title, "episode_id": pk}, average


def _value(random: Random, average: float) -> Decimal:
    """About what TMDB's voters give, who are of one mind more than people are."""
    halves = round(random.gauss(average or 6, 1.5) * 2)
    return min(max(Decimal(halves) / 2, LEAST), MOST)
