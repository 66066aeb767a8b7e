"""Two to six items beside each other."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.parameters import read_choice
from api.provenance import provenance_of
from api.v1.fields import ProvenanceSerializer, Text, TextOrNull
from api.v1.screener import raw_value
from api.v1.viewsets import CatalogueView
from market.screen.columns import COLUMNS
from market.screen.compared import COUNTS, LEAST, MOST, Alignment, ComparedItem, compared_items, rows_of_slugs
from market.screen.matrix import Matrix, matrix_at
from market.screen.screen import Screen, percentiles_of, screened


class ComparedPointSerializer(serializers.Serializer[Any]):
    """The last known count of a month."""

    day = serializers.DateField(read_only=True)
    months = serializers.FloatField(read_only=True, allow_null=True, help_text="Since the origin; null: by date.")
    value = serializers.IntegerField(read_only=True)


class ComparedItemSerializer(serializers.Serializer[Any]):
    """One item's line; between two segments its series breaks or was not measured."""

    slug = Text()
    name = Text()
    origin = serializers.DateField(read_only=True, allow_null=True, help_text="Month 0; null: by date, or unknown.")
    is_censored = serializers.BooleanField(read_only=True, help_text="It ends because the item is no older yet.")
    repositories = serializers.ListField(child=serializers.CharField(), read_only=True)
    segments = serializers.ListField(child=ComparedPointSerializer(many=True), read_only=True)


class ComparedFigureSerializer(serializers.Serializer[Any]):
    """One figure of one item; null is unknown, and `why_unknown` says why."""

    item = Text(help_text="Its slug.")
    figure = Text(help_text="The screener's column of that name.")
    value = serializers.JSONField(read_only=True, help_text="A number, text, day or boolean; null: unknown.")
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="Of its interval, where there is one.")
    high = serializers.FloatField(read_only=True, allow_null=True)
    percentile = serializers.FloatField(read_only=True, allow_null=True, help_text="Among all listed items with one.")
    why_unknown = TextOrNull()
    basis = Text(help_text="The formula's version, or the source.")


class ItemsBesideSerializer(ProvenanceSerializer):
    """The lines and every figure of the items."""

    figures_on = serializers.DateField(read_only=True, allow_null=True)
    survey_wave = serializers.IntegerField(read_only=True, allow_null=True)
    items = ComparedItemSerializer(many=True, read_only=True)
    results = ComparedFigureSerializer(many=True, read_only=True)


class CompareView(CatalogueView):
    """Items side by side."""

    tag = "compare"
    shared_parameters: ClassVar[frozenset[str]] = frozenset({"as_of"})

    def known_parameters(self) -> frozenset[str]:
        return self.shared_parameters | {"items", "count", "align", "format"}

    def get_serializer(self) -> serializers.Serializer[Any]:
        """The form of a row, for the columns of a CSV."""
        return ComparedFigureSerializer()

    @extend_schema(
        operation_id="compare",
        parameters=[
            OpenApiParameter(
                "items", OpenApiTypes.STR, required=True, description=f"{LEAST} to {MOST} slugs, comma-separated."
            ),
            OpenApiParameter("count", OpenApiTypes.STR, enum=list(COUNTS), description="`stars` unless told."),
            OpenApiParameter(
                "align",
                OpenApiTypes.STR,
                enum=Alignment.values,
                description="Month 0 of each line; `date` unless told.",
            ),
        ],
        responses=ItemsBesideSerializer,
    )
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Answer the lines and the figures of some items. As CSV: a row for each figure of each item."""
        count = read_choice(request, "count", choices=COUNTS, default="stars")
        align = Alignment(read_choice(request, "align", choices=Alignment.values, default=Alignment.DATE))
        matrix = matrix_at(self.as_of)
        rows = read_items(request, matrix)
        items = compared_items(matrix, rows, count=count, alignment=align)
        return Response(
            {
                **provenance_of(self.as_of),
                "figures_on": matrix.figures_day,
                "survey_wave": matrix.wave_year,
                "items": [item_answer(one) for one in items],
                "results": figures_of(matrix, rows),
            }
        )


def read_items(request: Request, matrix: Matrix) -> list[int]:
    """Read ``items``, former slugs too. Raises ValidationError."""
    slugs = [slug for text in request.query_params.get("items", "").split(",") if (slug := text.strip())]
    found = rows_of_slugs(matrix, slugs)
    if unknown := [slug for slug, row in found.items() if row is None]:
        raise ValidationError({"items": [_("There is no item %(slug)s.") % {"slug": unknown[0][:100]}]})
    rows = list(dict.fromkeys(row for row in found.values() if row is not None))
    if not LEAST <= len(rows) <= MOST:
        raise ValidationError({"items": [_("Give %(least)d to %(most)d slugs.") % {"least": LEAST, "most": MOST}]})
    return rows


def item_answer(one: ComparedItem) -> dict[str, Any]:
    """Give an item's line."""
    return {
        "slug": one.slug,
        "name": one.name,
        "origin": one.origin,
        "is_censored": one.is_censored,
        "repositories": list(one.repositories),
        "segments": [
            [{"day": point.day, "months": point.months, "value": point.value} for point in segment]
            for segment in one.segments
        ],
    }


def figures_of(matrix: Matrix, rows: list[int]) -> list[dict[str, Any]]:
    """Give every figure of every item, column by column."""
    listed = screened(matrix, Screen(sort="slug"))
    found = []
    for key, column in COLUMNS.items():
        ranks = percentiles_of(matrix, listed, key, of=rows) if column.kind.is_number else {}
        for row in rows:
            value = raw_value(matrix, key, row)
            low, high = matrix.interval(key, row) or (None, None)
            found.append(
                {
                    "item": matrix.slugs[row],
                    "figure": key,
                    "value": value,
                    "low": low,
                    "high": high,
                    "percentile": ranks.get(row),
                    "why_unknown": matrix.why(key, row) if value is None else None,
                    "basis": str(column.basis),
                }
            )
    return found
