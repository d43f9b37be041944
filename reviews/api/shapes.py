"""How ratings, reviews and comments look, and what is sent of them."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.people import Person
from accounts.models import Audience
from catalog.api.titles import Brief
from catalog.models import Kind
from cinehub.kit.api import Sparse
from reviews.given import Of
from reviews.models.ratings import LEAST, MOST
from reviews.models.reviews import LONGEST_COMMENT, LONGEST_REVIEW
from reviews.scales import HALVES

# What surely fits in a database's integer, and in the addresses.
MOST_ID, MOST_NUMBER, MOST_KEY = 10**15 - 1, 10**6 - 1, 10**18 - 1
HALF_STEPS = {"type": "number", "minimum": float(LEAST), "maximum": float(MOST), "multipleOf": 0.5}


@extend_schema_field(HALF_STEPS)
class Value(serializers.DecimalField):
    """A rating, as it is sent: 0.5 to 10, in halves."""

    default_error_messages = {"steps": "0.5, 1, 1.5 … 10"}

    def __init__(self, **told: Any) -> None:
        super().__init__(**{"max_digits": 3, "decimal_places": 1} | told)

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        if value not in HALVES:
            self.fail("steps")
        return value


class NamedTitle(serializers.Serializer):
    """A title, as bodies name it."""

    media_type = serializers.ChoiceField(Kind.values)
    id = serializers.IntegerField(min_value=1, max_value=MOST_ID, help_text="TMDB's.")


class UndoKey(serializers.Serializer):
    """What was done, and can be taken back for a day."""

    undo = serializers.UUIDField(help_text="`POST undo/{key}/` makes it as it was.")


# --- Ratings -------------------------------------------------------------------------------------
class GivenRating(Sparse):
    type = serializers.SerializerMethodField(help_text="What was rated.")
    title = Brief(help_text="Of a season or an episode its show.")
    season_number = serializers.SerializerMethodField()
    episode_number = serializers.SerializerMethodField()
    value = serializers.FloatField(min_value=float(LEAST), max_value=float(MOST))
    rated_at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(Of.values))
    def get_type(self, rating: Any) -> str:
        if rating.episode_id:
            return str(Of.EPISODE.value)
        return str(Of.SEASON.value if rating.season_id else rating.title.kind)

    def get_season_number(self, rating: Any) -> int | None:
        season = rating.episode.season if rating.episode else rating.season
        return season.number if season else None

    def get_episode_number(self, rating: Any) -> int | None:
        return rating.episode.number if rating.episode else None


class GivenValue(serializers.Serializer):
    value = Value()


class SetRating(GivenRating):
    undo = serializers.UUIDField(help_text="`POST undo/{key}/` makes it as it was.")


# --- Reviews -------------------------------------------------------------------------------------
class CoveredEpisode(serializers.Serializer):
    """Of a show: as far as the author had watched."""

    season_number = serializers.IntegerField(source="season.number")
    episode_number = serializers.IntegerField(source="number")


class Review(Sparse):
    id = serializers.IntegerField(source="review.id")
    title = Brief()
    author = Person(source="review.author")
    text = serializers.CharField(
        source="review.text", help_text="Markdown; `||words||` tell the plot."
    )
    html = serializers.CharField(help_text="The same. Its links to members are this site's.")
    has_spoilers = serializers.BooleanField(source="review.has_spoilers")
    is_folded = serializers.BooleanField(
        help_text="It tells more than you may want to know: ask before you show it."
    )
    folded_because = serializers.CharField(allow_blank=True, help_text="In a sentence.")
    covers = CoveredEpisode(source="review.covers", allow_null=True)
    audience = serializers.ChoiceField(Audience.choices, source="review.audience")
    value = serializers.FloatField(
        source="review.value", allow_null=True, help_text="What its author gives the title."
    )
    created_at = serializers.DateTimeField(source="review.created_at")
    edited_at = serializers.DateTimeField(source="review.edited_at", allow_null=True)
    hidden_at = serializers.DateTimeField(
        source="review.hidden_at", allow_null=True, help_text="By a moderator."
    )
    hidden_because = serializers.CharField(allow_blank=True, help_text="Told to its author.")
    like_count = serializers.IntegerField(source="review.likes_shown")
    comment_count = serializers.IntegerField(source="review.comments_shown")
    is_liked = serializers.BooleanField(source="review.is_liked", help_text="By you.")
    is_by_friend = serializers.BooleanField(
        source="review.is_friend", help_text="By somebody whom you follow."
    )
    url = serializers.SerializerMethodField(help_text="Its page.")

    @extend_schema_field(serializers.URLField())
    def get_url(self, told: Any) -> str:
        return f"{settings.SITE_URL}{told.review.get_absolute_url()}"


class UpToEpisode(serializers.Serializer):
    season_number = serializers.IntegerField(min_value=0, max_value=MOST_NUMBER)
    episode_number = serializers.IntegerField(
        min_value=0,
        max_value=MOST_NUMBER,
        allow_null=True,
        default=None,
        help_text="Without it the season's last one is meant.",
    )


class ReviewWords(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_REVIEW, help_text="Markdown.")


class EditedReview(serializers.Serializer):
    """Nothing has to be there. It is not read as partial: then what is within might be lacking."""

    text = serializers.CharField(max_length=LONGEST_REVIEW, required=False, help_text="Markdown.")
    has_spoilers = serializers.BooleanField(required=False, help_text="All of it tells the plot.")
    covers = UpToEpisode(
        required=False, allow_null=True, help_text="Of a show: as far as you have watched."
    )
    audience = serializers.ChoiceField(
        Audience.choices, required=False, help_text="Else as you usually like."
    )
    value = Value(
        required=False,
        allow_null=True,
        help_text="What you give the title; null clears it, and without it nothing is changed.",
    )


class NewReview(NamedTitle, EditedReview):
    text = serializers.CharField(max_length=LONGEST_REVIEW, help_text="Markdown.")


class Edition(Sparse):
    """What a review said before."""

    text = serializers.CharField()
    html = serializers.SerializerMethodField()
    has_spoilers = serializers.BooleanField()
    written_at = serializers.DateTimeField()

    def get_html(self, edition: Any) -> str:
        return str(getattr(edition, "html", ""))


# --- Comments and likes --------------------------------------------------------------------------
class Comment(Sparse):
    id = serializers.IntegerField(source="comment.id")
    review_id = serializers.IntegerField(source="comment.review_id")
    parent_id = serializers.IntegerField(
        source="parent",
        allow_null=True,
        help_text="What it answers. That may be hidden by moderators, and then is not listed.",
    )
    author = Person(source="comment.author")
    text = serializers.CharField(source="comment.text", help_text="Markdown.")
    html = serializers.CharField()
    created_at = serializers.DateTimeField(source="comment.created_at")
    edited_at = serializers.DateTimeField(source="comment.edited_at", allow_null=True)
    hidden_at = serializers.DateTimeField(
        source="comment.hidden_at", allow_null=True, help_text="By a moderator."
    )
    hidden_because = serializers.CharField(allow_blank=True, help_text="Told to its author.")
    like_count = serializers.IntegerField(source="comment.likes_shown")
    is_liked = serializers.BooleanField(source="comment.is_liked", help_text="By you.")
    url = serializers.SerializerMethodField(help_text="Where it stands.")

    @extend_schema_field(serializers.URLField())
    def get_url(self, told: Any) -> str:
        return f"{settings.SITE_URL}{told.comment.get_absolute_url()}"


class EditedComment(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_COMMENT, help_text="Markdown.")


class NewComment(EditedComment):
    parent_id = serializers.IntegerField(
        min_value=1,
        max_value=MOST_KEY,
        allow_null=True,
        default=None,
        help_text="A comment that is answered; what answers an answer stands beside it.",
    )


class LikeState(serializers.Serializer):
    is_liked = serializers.BooleanField()
    like_count = serializers.IntegerField(source="likes_shown")


class GivenLike(Sparse):
    """A review or a comment that you like; the other one is null."""

    liked_at = serializers.DateTimeField(source="like.created_at")
    review = Review(allow_null=True)
    comment = Comment(allow_null=True)
