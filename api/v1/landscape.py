"""The figures of the whole landscape at an instant."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.provenance import provenance_of
from api.v1.fields import ProvenanceSerializer, Text, TextOrNull
from api.v1.viewsets import DETAIL_PARAMETERS, CatalogueView
from projects.landscape_counts import landscape_counts

PARTIAL = gettext_lazy(
    "These are the built-in data: every project that the foundation has hosted, and no other card. "
    "Counts are those of the whole landscape only after it was imported."
)


class SectionSerializer(serializers.Serializer[Any]):
    """A subcategory and its cards."""

    slug = Text()
    name = Text()
    name_zh = TextOrNull()
    items = serializers.IntegerField(read_only=True)


class BlockSerializer(SectionSerializer):
    """A category and its cards."""

    subcategories = SectionSerializer(many=True, read_only=True)


class LandscapeSerializer(ProvenanceSerializer):
    """Counts of cards unless said otherwise; sections without cards count as sections."""

    items = serializers.IntegerField(read_only=True)
    categories = serializers.IntegerField(read_only=True)
    subcategories = serializers.IntegerField(read_only=True)
    hosted_cards = serializers.DictField(child=serializers.IntegerField(), help_text="By maturity.")
    hosted_projects = serializers.DictField(
        child=serializers.IntegerField(), help_text="By maturity; cards that are one project count once."
    )
    by_kind = serializers.DictField(child=serializers.IntegerField())
    by_category = BlockSerializer(many=True, read_only=True)
    notice = TextOrNull(help_text="What to know before using the figures; null: nothing.")


class LandscapeView(CatalogueView):
    """Counts by category, subcategory, maturity and kind."""

    tag = "landscape"
    shared_parameters: ClassVar[frozenset[str]] = DETAIL_PARAMETERS

    @extend_schema(operation_id="landscape", responses=LandscapeSerializer)
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Count the landscape of an instant. As CSV: one row for each subcategory."""
        counts = landscape_counts(self.as_of.instant)
        provenance = provenance_of(self.as_of)
        if request.accepted_renderer.format == "csv":
            return Response(
                [
                    {
                        "as_of": provenance["as_of"],
                        "commit": provenance["commit"],
                        "category": category.name,
                        "subcategory": subcategory.name,
                        "items": subcategory.items,
                    }
                    for category in counts.by_category
                    for subcategory in category.subcategories
                ]
            )
        figures = asdict(counts)
        return Response(
            {
                **provenance,
                "items": figures.pop("items"),
                "categories": counts.categories,
                **figures,
                "notice": str(PARTIAL) if provenance["is_built_in"] else None,
            }
        )
