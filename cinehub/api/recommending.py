"""What a member may like."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.expanding import EXPANDS
from catalog.api.titles import Brief, titles_of
from catalog.models import Kind
from cinehub.kit.api import Endpoint, Sparse, paged
from cinehub.recommend import recommended


class Reason(serializers.Serializer):
    media_type = serializers.ChoiceField(Kind.values, source="kind")
    id = serializers.IntegerField(source="tmdb_id", help_text="TMDB's.")
    title = serializers.CharField(source="shown_name.name")


class Recommendation(Sparse):
    title = Brief()
    because = Reason(
        many=True, help_text="What of yours speaks for it most; nothing for what is only popular."
    )


class Asked(serializers.Serializer):
    media_type = serializers.ChoiceField(Kind.values, required=False, help_text="Only these.")


class Recommendations(Endpoint):
    limit = "recommendations"
    expands = EXPANDS

    @extend_schema(
        summary="What you may like, after what you have liked",
        parameters=[Asked],
        responses=paged(Recommendation),
    )
    def get(self, request: Request) -> Response:
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        kind = asked.validated_data.get("media_type", "")
        found = recommended(request.user, adult=self.reader.adult, kind=kind)
        return self.page(found, Recommendation, self._told)

    def _told(self, rows: list[Any]) -> list[dict[str, Any]]:
        titles = titles_of(self, (key for row in rows for key in (row.title, *row.because)))
        return [
            {
                "title": titles[row.title],
                "because": [titles[key] for key in row.because if key in titles],
            }
            for row in rows
            if row.title in titles
        ]
