"""A member, as other answers name them."""

from django.conf import settings
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts import avatars
from accounts.models import Audience, User
from cinehub.kit.api import Sparse


# Films have people, too.
@extend_schema_serializer(component_name="MemberBrief")
class Person(Sparse):
    username = serializers.CharField()
    display_name = serializers.CharField(help_text="Empty where they go by their username.")
    avatar = serializers.SerializerMethodField(help_text="A square of 256 pixels, as WebP.")
    audience = serializers.ChoiceField(Audience.choices, help_text="Who sees their profile.")
    url = serializers.SerializerMethodField(help_text="Their page on the site.")

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_avatar(self, member: User) -> str | None:
        return avatars.address_of(member) or None

    @extend_schema_field(serializers.URLField())
    def get_url(self, member: User) -> str:
        return f"{settings.SITE_URL}{member.get_absolute_url()}"
