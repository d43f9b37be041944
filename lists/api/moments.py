"""When somebody watched, as it is told and sent."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from catalog.api.titles import Brief
from catalog.models import Kind
from cinehub.kit.api import Sparse
from lists.api.shapes import LARGEST_KEY, MOST, TitleRef
from lists.models import Precision, Viewing
from lists.models.viewings import LONGEST_NOTE
from lists.recording import Outcome
from lists.when import When, objection

MOST_NUMBER = 999_999


class EpisodeBrief(serializers.Serializer):
    id = serializers.IntegerField(source="tmdb_id", help_text="TMDB's.")
    season_number = serializers.IntegerField(source="season.number")
    episode_number = serializers.IntegerField(source="number")
    name = serializers.CharField(allow_blank=True)
    air_date = serializers.DateField(allow_null=True)


class PublicViewing(Sparse):
    """As others see it."""

    id = serializers.IntegerField(source="pk")
    title = Brief()
    episode = EpisodeBrief(allow_null=True)
    precision = serializers.ChoiceField(Precision.values, help_text="How well it is remembered.")
    watched_at = serializers.SerializerMethodField(help_text="The instant, where that is known.")
    watched_on = serializers.DateField(allow_null=True, help_text="The day, where it was watched.")
    is_again = serializers.BooleanField(help_text="It had been watched before.")

    def get_watched_at(self, viewing: Viewing) -> datetime | None:
        return viewing.watched_at if viewing.precision == Precision.INSTANT else None


class OwnViewing(PublicViewing):
    note = serializers.CharField(allow_blank=True, help_text="Only you see it.")
    created_at = serializers.DateTimeField(help_text="When it was written down.")


class Moment(serializers.Serializer):
    """One of the three; without any it is just now, or stays as it is."""

    watched_at = serializers.DateTimeField(required=False, help_text="The instant.")
    watched_on = serializers.DateField(required=False, help_text="The day, where you were.")
    unknown = serializers.BooleanField(default=False, help_text="Nobody remembers.")

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("watched_at", "watched_on", "unknown") if told.get(name)]
        if len(given) > 1:
            said = _("Say when it was, or on which day, or that it is not known.")
            raise serializers.ValidationError({given[1]: [said]})
        for name in given[:1]:
            said = told[name]
            wrong = objection(said, self.context["request"].user) if said is not True else ""
            if wrong:
                raise serializers.ValidationError({name: [wrong]})
        return told


class ViewingChanges(Moment):
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, required=False)


class NewViewing(Moment, TitleRef):
    season_number = serializers.IntegerField(
        min_value=0, max_value=MOST_NUMBER, allow_null=True, default=None
    )
    episode_number = serializers.IntegerField(
        min_value=0, max_value=MOST_NUMBER, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        """Of a show it is an episode that one watches."""
        for name in ("season_number", "episode_number"):
            is_given = told[name] is not None
            if told["media_type"] == Kind.MOVIE and is_given:
                raise serializers.ValidationError({name: [_("A film has no episodes.")]})
            if told["media_type"] == Kind.TV and not is_given:
                raise serializers.ValidationError({name: [_("Which episode was it?")]})
        return super().validate(told)


class NewViewings(serializers.Serializer):
    items = serializers.ListField(child=NewViewing(), min_length=1, max_length=MOST)


class RecordedViewing(TitleRef):
    season_number = serializers.IntegerField(allow_null=True)
    episode_number = serializers.IntegerField(allow_null=True)
    outcome = serializers.ChoiceField([each.value for each in Outcome] + ["not_found"])
    viewing = serializers.IntegerField(allow_null=True, help_text="Its id, where it is new.")


class RecordedViewings(serializers.Serializer):
    """How many there are of each, and what became of each item, in their order."""

    added = serializers.IntegerField()
    existing = serializers.IntegerField(help_text="They were there, at the same instant.")
    not_aired = serializers.IntegerField()
    not_found = serializers.IntegerField()
    results = RecordedViewing(many=True)


class ViewingKeys(serializers.Serializer):
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY),
        min_length=1,
        max_length=MOST,
    )


class ErasedViewings(serializers.Serializer):
    removed = serializers.IntegerField()
    undos = serializers.ListField(
        child=serializers.UUIDField(), help_text="For `undo/{key}/`, one of each title."
    )


def when_of(told: dict[str, Any], member: User, otherwise: When | None = None) -> When:
    """Of a `Moment` that was read."""
    at: datetime | None = told.get("watched_at")
    on: date | None = told.get("watched_on")
    if at:
        return When.instant(at, member)
    if on:
        return When.day(on)
    if told.get("unknown"):
        return When.unknown()
    return otherwise or When.now(member)
