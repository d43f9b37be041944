"""What members take along of what they have said: TMDB's ids and names tell what it is about."""

from collections.abc import Iterator

from accounts.exporting import Section, section
from accounts.models import User
from reviews.models import Edition

REVIEW = (
    "text",
    "has_spoilers",
    "audience",
    "created_at",
    "edited_at",
    "hidden_at",
    "like_count",
    "comment_count",
)
WORDS = ("text", "created_at", "edited_at", "hidden_at", "like_count")
REPORT = ("reason", "text", "created_at", "settled_at")
# Not called as in the models, whose own names stand for keys of ours.
PLACE = {
    "season_number": "season__number",
    "episode_season_number": "episode__season__number",
    "episode_number": "episode__number",
    "episode_tmdb_id": "episode__tmdb_id",
}
COVERED = {
    "covers_season_number": "covers__season__number",
    "covers_episode_number": "covers__number",
    "covers_tmdb_id": "covers__tmdb_id",
}


def sections(member: User) -> Iterator[Section]:
    yield section("ratings", member.ratings.all(), "value", "rated_at", **_title(), **PLACE)
    yield section("reviews", member.reviews.all(), *REVIEW, **_title(), **COVERED)
    before = Edition.objects.filter(review__author=member)
    said = ("text", "has_spoilers", "written_at")
    yield section("review_editions", before, *said, **_title("review__"))
    yield section("comments", member.comments.all(), *WORDS, **_review())
    yield section("likes", member.likes.all(), "created_at", **_review(), **_comment())
    yield section("reports", member.reports.all(), *REPORT, **_review(), **_comment())
    decided = ("deed", "reason", "text", "decided_at")
    yield section("decisions", member.decisions_about.all(), *decided)


def _title(path: str = "") -> dict[str, str]:
    return {
        "type": f"{path}title__kind",
        "tmdb_id": f"{path}title__tmdb_id",
        "imdb_id": f"{path}title__imdb_id",
        "called": f"{path}title__name",
        "year": f"{path}title__year",
    }


def _review() -> dict[str, str]:
    """Whose, and of what."""
    return {"review_by": "review__author__username", **_title("review__")}


def _comment() -> dict[str, str]:
    """Whose, on whose review of what."""
    return {
        "comment_by": "comment__author__username",
        "comment_on_review_by": "comment__review__author__username",
        "comment_on_type": "comment__review__title__kind",
        "comment_on_tmdb_id": "comment__review__title__tmdb_id",
    }
