"""How much the API is used: for the staff."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from redis import RedisError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, Problem, Who, listed
from cinehub.kit.api import usage as counted


class UseOfEndpoint(serializers.Serializer):
    endpoint = serializers.CharField(help_text="By the name of its address.")
    limit = serializers.CharField(help_text="Under which of the limits it counts.")
    client = serializers.CharField(
        help_text="`app:…`; or `sign-in` and `token` of members, `browser` and `anonymous`."
    )
    status = serializers.CharField(help_text="`2xx`, and so on.")
    count = serializers.IntegerField()


class UseOfDay(serializers.Serializer):
    date = serializers.DateField()
    total = serializers.IntegerField()
    uses = UseOfEndpoint(many=True)


class Asked(serializers.Serializer):
    days = serializers.IntegerField(min_value=1, max_value=counted.DAYS, default=counted.DAYS)


class Usage(Endpoint):
    who = Who.STAFF

    @extend_schema(
        summary="How often what was asked for, of late",
        parameters=[Asked],
        responses=listed(UseOfDay),
    )
    def get(self, request: Request) -> Response:
        """Days are UTC's."""
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        try:
            found = counted.told(asked.validated_data["days"])
        except RedisError:
            raise Problem(503, "unavailable", _("The counts can't be read just now.")) from None
        return self.show_all([_day(day, uses) for day, uses in found.items()], UseOfDay)


def _day(day: Any, uses: Any) -> dict[str, Any]:
    most = sorted(uses.items(), key=lambda each: (-each[1], each[0]))
    return {
        "date": day,
        "total": sum(uses.values()),
        "uses": [
            use._asdict() | {"status": f"{use.status}xx", "count": count} for use, count in most
        ],
    }
