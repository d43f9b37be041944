"""How long what TMDB said is good for."""

from datetime import datetime, timedelta

from catalog.tmdb.shapes import TitleFacts

SOON = timedelta(days=30)
RECENT = timedelta(days=365)

# TMDB lets nobody keep its data longer than six months.
PERSON_DAYS = 90
COLLECTION_DAYS = 90
TERM_DAYS = 30
CHART_HOURS = 1
# Known from lists and credits alone: asked about in full before it is too old to be kept.
STUB_DAYS = 150


def ask_again(facts: TitleFacts, now: datetime) -> datetime:
    """Daily while it airs or is about to come out, weekly in its first year, monthly after that."""
    dates = [day for day in (facts.release_date, facts.last_air_date) if day]
    dates += [
        episode.air_date
        for season in facts.seasons or ()
        for episode in season.episodes or ()
        if episode.air_date
    ]
    today = now.date()
    if any(abs(day - today) <= SOON for day in dates):
        return now + timedelta(days=1)
    # Not all in the same hour: what was fetched together is spread by its id.
    spread = timedelta(hours=facts.tmdb_id % 24)
    if not dates or any(abs(day - today) <= RECENT for day in dates):
        return now + timedelta(days=7) + spread
    return now + timedelta(days=30) + spread


def ask_first(popularity: float, tmdb_id: int, now: datetime) -> datetime:
    """When to ask about one of a million that are known by name alone.

    What many look at within days; what nobody looks at is spread over months by its id, so that
    no night has to ask about all of it, and before it is too old to be kept.
    """
    share = (1 + tmdb_id % 997 / 997 * 4) / 5
    return now + timedelta(days=STUB_DAYS * share / (1 + popularity))
