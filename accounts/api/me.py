"""Who somebody is here and how they like the site to be, for themselves to read and change."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.forms import ModelForm
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import avatars
from accounts.api.people import Person
from accounts.digest import is_confirmed
from accounts.forms.partly import narrow
from accounts.forms.preferences import PreferencesForm
from accounts.forms.profile import TOO_LARGE, PrivacyForm, ProfileForm
from accounts.models import Audience, RatingScale, Theme, User
from accounts.scopes import PROFILE
from cinehub.kit.api import Endpoint, Problem
from cinehub.kit.api.limits import spare
from cinehub.kit.uploads import was_too_large

# Of a form around a picture.
AROUND = 64 * 1024
AS_THE_BROWSER = "Empty is as the request says."


class Services(serializers.ListField):
    def get_attribute(self, instance: User) -> list[int]:
        return list(instance.providers.order_by("pk").values_list("pk", flat=True))


class Preferences(serializers.Serializer):
    language = serializers.ChoiceField(
        [code for code, _name in settings.LANGUAGES], allow_blank=True, help_text=AS_THE_BROWSER
    )
    region = serializers.CharField(
        max_length=2, allow_blank=True, help_text=f"A country, as DE. {AS_THE_BROWSER}"
    )
    time_zone = serializers.CharField(
        max_length=64, allow_blank=True, help_text="As Europe/Berlin. Empty is UTC."
    )
    first_weekday = serializers.IntegerField(
        min_value=0, max_value=6, allow_null=True, help_text="Monday is 0; null: as in the country."
    )
    theme = serializers.ChoiceField(Theme.choices)
    rating_scale = serializers.ChoiceField(
        RatingScale.choices, help_text="How pages show ratings; here they are always 0.5 to 10."
    )
    spoiler_shield = serializers.BooleanField(help_text="Hide what is told of unseen episodes.")
    adult = serializers.BooleanField(help_text="Show titles for adults only.")
    providers = Services(
        child=serializers.IntegerField(min_value=0, max_value=2**31 - 1),
        max_length=500,
        help_text="The streaming services that they have, by TMDB's ids.",
    )


@extend_schema_serializer(component_name="Me")
class Me(Person):
    username = serializers.CharField(read_only=True)
    display_name = serializers.CharField(max_length=60, allow_blank=True)
    bio = serializers.CharField(max_length=500, allow_blank=True)
    audience = serializers.ChoiceField(Audience.choices, help_text="Who sees the profile.")
    default_audience = serializers.ChoiceField(
        Audience.choices, help_text="Who sees ratings and history, and how lists and reviews begin."
    )
    member_since = serializers.DateTimeField(source="date_joined", read_only=True)
    email = serializers.SerializerMethodField(help_text="Null to a token without `email`.")
    email_verified = serializers.SerializerMethodField(help_text="Null as `email` is.")
    preferences = Preferences(source="*")

    def get_email(self, member: User) -> str | None:
        return member.email if self._tells_email else None

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_email_verified(self, member: User) -> bool | None:
        return is_confirmed(member) if self._tells_email else None

    @property
    def _tells_email(self) -> bool:
        auth = self.context["request"].auth
        return auth is None or auth.allows("email")


class Myself(Endpoint):
    reads = writes = PROFILE
    limit = "user"

    @extend_schema(summary="Who you are, and how you like the site", responses=Me)
    def get(self, request: Request) -> Response:
        return self.show(request.user, Me)

    @extend_schema(summary="Change what is sent of it", request=Me, responses=Me)
    def patch(self, request: Request) -> Response:
        told = self.read(Me, partial=True)
        spare(request, "profile", "120/h")
        country = told.get("region") or self.reader.country
        # Not the one of the request: a form that is not right changes its member, too.
        asked = list(_forms(User.objects.get(pk=request.user.pk), told, country))
        if wrong := _wrong(asked):
            raise ValidationError(wrong)
        for form in asked:
            form.save()
        return self.show(User.objects.get(pk=request.user.pk), Me)


class Upload(serializers.Serializer):
    picture = serializers.FileField(help_text="JPEG, PNG or WebP; it is cut to a square.")


class NewAvatar(serializers.Serializer):
    avatar = serializers.URLField()


class Avatar(Endpoint):
    writes = PROFILE
    limit = "user"
    parser_classes = [MultiPartParser]
    largest = settings.UPLOAD_AT_MOST + AROUND

    @extend_schema(
        summary="Have another picture",
        request={"multipart/form-data": Upload},
        responses=NewAvatar,
    )
    def put(self, request: Request) -> Response:
        spare(request, "profile", "120/h")
        member = User.objects.get(pk=request.user.pk)
        form = ProfileForm({}, request.FILES, instance=member)
        if was_too_large(request._request):
            raise Problem(413, "too-large", TOO_LARGE)
        if "picture" not in request.FILES:
            raise ValidationError({"picture": [_("No file was sent.")]}, "required")
        narrow(form, {"picture"})
        if wrong := _wrong([form]):
            raise ValidationError(wrong)
        return self.show({"avatar": avatars.address_of(form.save())}, NewAvatar)

    @extend_schema(summary="Have no picture", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        avatars.clear(request.user)
        return Response(status=204)


def _forms(member: User, told: dict[str, Any], country: str) -> Iterator[ModelForm]:
    """Those of the settings' pages that something was sent of."""
    for form in (
        ProfileForm(told, instance=member),
        PrivacyForm(told, instance=member),
        PreferencesForm(told, instance=member, country=country),
    ):
        if narrow(form, told):
            yield form


def _wrong(forms: Iterable[ModelForm]) -> dict[str, Any]:
    """Under the names by which it was sent."""
    found: dict[str, Any] = {}
    of_preferences = Preferences().fields
    for form in forms:
        for name, told in form.errors.get_json_data().items():
            said = [ErrorDetail(one["message"], one["code"] or "invalid") for one in told]
            at = found.setdefault("preferences", {}) if name in of_preferences else found
            at[name] = said
    return found
