"""What stands in the examples of the API's description (cinehub/kit/api/examples.py).

By a field's name, by `Shape.field` where that says something else, by the shape where its fields
do not go together.
"""

from typing import Any

from cinehub.api.examples.fields import (
    ADA,
    APP,
    CHOICE,
    DAY,
    FIELDS,
    FILM,
    HERE,
    HOOK,
    KEANU,
    LIST,
    MAIL,
    SLUG,
    WORDS,
)
from cinehub.kit.api.examples import LEFT_OUT

# Told only to who asks for more by `expand=`.
DETAILS = ("Movie", "Show", "PersonDetails")
MORE = (
    *("credits", "images", "videos", "watch_providers", "recommendations", "similar"),
    *("translations", "release_dates"),
)
# What may be about an episode, and here is about a film.
OF_A_FILM = ("Ended", "FeedEntry", "GivenRating", "OwnViewing", "PublicViewing", "SetRating")
OF_AN_EPISODE = ("season_number", "episode_number", "episode")
MADE = (("kind", "custom"), ("smart", None), ("id", 7))
SHOW = {
    "media_type": "tv",
    "id": 1396,
    "title": "Breaking Bad",
    "original_title": "Breaking Bad",
    "release_date": "2008-01-20",
    "year": 2008,
    "runtime": 47,
    "overview": "A chemistry teacher learns what he is made of.",
    "tagline": "",
    "status": "Ended",
    "homepage": "",
    "certification": "TV-MA",
    "imdb_id": "tt0903747",
    "wikidata_id": "Q1079",
    "url": f"{HERE}/tv/1396-breaking-bad",
}

SHAPES: dict[str, Any] = {
    **{shape: {"email": MAIL} for shape in ("AskCodeRequest", "EmailRequest", "InvitingRequest")},
    **{shape: {"watched_on": DAY} for shape in ("MomentRequest", "PatchedViewingChangesRequest")},
    "EpisodeMomentRequest": {"watched_on": DAY, "up_to": True},
    "EpisodeNumber": {"season_number": 1, "episode_number": 2},
    "Found": {"media_type": "person", "title": None, "person": KEANU, "collection": None},
    "ListChoice": CHOICE,
    "NewReviewRequest": {**FILM, "text": WORDS, "has_spoilers": False, "value": 9.0},
    "MemberBrief": ADA,
    "Named": {"id": 878, "name": "Science Fiction"},
    "NewListRequest": {"name": LIST, "description": "", "visibility": "public"},
    "NewViewingRequest": {**FILM, "watched_on": DAY, "note": "In the open air."},
    "Person": KEANU,
    "RatedItemRequest": {**FILM, "value": 9.0},
    "Reason": {**FILM, "title": "The Matrix"},
    "UpToEpisodeRequest": {"season_number": 1, "episode_number": 7},
}
# Where a name means something else.
NAMES: dict[str, Any] = {
    **{f"{shape}.{field}": None for shape in OF_A_FILM for field in OF_AN_EPISODE},
    **{f"{shape}.{field}": value for shape in ("MemberList", "WholeList") for field, value in MADE},
    **{f"{shape}.url": ADA["url"] for shape in ("Me", "Member")},
    **{f"Show.{field}": value for field, value in SHOW.items()},
    **{f"{shape}.id": APP for shape in ("AllowedApp", "AppShape", "AppWithSecret")},
    **{f"{shape}.name": "Marquee" for shape in ("AllowedApp", "AppShape", "AppWithSecret")},
    **{f"{shape}.name": LIST for shape in ("InFeed", "ListOfTitle", "MemberList", "WholeList")},
    **{f"{shape}.url": f"{HERE}/lists/7-{SLUG}" for shape in ("InFeed", "MemberList", "WholeList")},
    **{f"{shape}.name": "Pilot" for shape in ("Episode", "EpisodeBrief", "EpisodeDetails")},
    **{f"{shape}.name": "Season 1" for shape in ("Season", "SeasonDetails")},
    **{f"{shape}.url": HOOK for shape in ("Hook", "HookWithSecret", "NamingRequest")},
    **{f"{shape}.site": True for shape in ("WayChosenRequest", "WayOfKind")},
    "AppNamingRequest.name": "Marquee",
    "CalendarEvent.date": "1999-03-31",
    "CastMember.id": KEANU["id"],
    "CastMember.name": KEANU["name"],
    "CollectionDetails.name": "The Matrix Collection",
    "CollectionName.name": "The Matrix Collection",
    "Country.name": "United States",
    "CountryReleases.name": "United States",
    "CrewMember.name": "Lana Wachowski",
    "Comment.html": "<p>So it is.</p>",
    "Comment.text": "So it is.",
    "Delivered.error": None,
    "Delivered.id": "0d5f2f4e-5a5b-4a3e-9d53-7f0e6b1f1a11",
    "FeedEntry.id": "watched-4711",
    "GenreTerm.id": 878,
    "GenreTerm.name": "Science Fiction",
    "House.name": "Village Roadshow Pictures",
    "Language.name": "English",
    "ListPerson.since": "2024-05-01T18:00:00Z",
    "Me.member_since": "2024-05-01T18:00:00Z",
    "Member.is_visible": True,
    "MyProgress.status": "watching",
    "NewCommentRequest.text": "So it is.",
    "NewDecisionRequest.text": "It tells the end.",
    "Notice.text": "Ada follows you.",
    "Notice.url": ADA["url"],
    "OfGenre.id": 878,
    "OfGenre.name": "Science Fiction",
    "OfPerson.name": KEANU["name"],
    "OfPerson.id": KEANU["id"],
    "OfPlace.code": "US",
    "OfPlace.name": "United States",
    "OtherHouse.id": "github",
    "OtherHouse.name": "GitHub",
    "PatchedAppChangeRequest.name": "Marquee",
    "PatchedChangingRequest.url": HOOK,
    "PersonDetails.id": KEANU["id"],
    "Part.name": "Neo",
    "PersonDetails.name": KEANU["name"],
    "PersonDetails.homepage": "",
    "PersonDetails.imdb_id": "nm0000206",
    "PersonDetails.popularity": KEANU["popularity"],
    "PersonDetails.url": KEANU["url"],
    "PersonDetails.wikidata_id": "Q43416",
    "Release.type": 3,
    "SpokenLanguage.name": "English",
    "StartRequest.name": "changes",
    "Term.name": "dystopia",
    "TokenNamingRequest.name": "Backup script",
    "TokenShape.name": "Backup script",
    "TokenWithValue.name": "Backup script",
    "Stats.year": 2025,
    "Video.id": "vKQi3bBA1y8",
    "Video.name": "Official trailer",
    "Video.type": "Trailer",
    "Video.url": "https://www.youtube.com/watch?v=vKQi3bBA1y8",
    "Who.name": "Ada",
}
EXAMPLES = (
    FIELDS
    | NAMES
    | SHAPES
    | {f"{shape}.{field}": LEFT_OUT for shape in DETAILS for field in MORE}
    | {f"{shape}.me": LEFT_OUT for shape in ("Brief", "Listed", "Movie", "Show")}
)
