"""Categories with their subcategories, and how many cards each held."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column
from api.provenance import provenance_of
from api.v1.fields import ProvenanceSerializer, Text, TextOrNull
from api.v1.filters import CategoryFilterSet
from api.v1.viewsets import CatalogueViewSet
from projects.catalogue_at import card_counts, categories_at, subcategories_at
from projects.models import Category, CategoryGroup, Subcategory


class SubcategorySerializer(serializers.Serializer[Subcategory]):
    """A frame inside a category."""

    slug = Text(help_text="Unique in its category.")
    name = Text()
    name_zh = TextOrNull()
    items = serializers.SerializerMethodField(help_text="Cards at that instant.")

    def get_items(self, subcategory: Subcategory) -> int:
        counts: Mapping[int, int] = self.context["counts"]
        return counts.get(subcategory.pk, 0)


class CategorySerializer(serializers.Serializer[Category]):
    """A block of the landscape at the instant asked for."""

    slug = Text(help_text="Never changes once given.")
    url = serializers.SerializerMethodField()
    name = Text()
    name_zh = TextOrNull()
    group = serializers.ChoiceField(CategoryGroup.choices, read_only=True)
    position = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Place in the newest version; null: no longer there."
    )
    items = serializers.SerializerMethodField(help_text="Cards at that instant.")
    subcategories = SubcategorySerializer(source="sections", many=True, read_only=True)

    def get_url(self, category: Category) -> str:
        return f"{self.context['address']}{category.slug}/"

    def get_items(self, category: Category) -> int:
        counts: Mapping[int, int] = self.context["counts"]
        sections: list[Subcategory] = category.sections  # type: ignore[attr-defined]  # prefetched by the view
        return sum(counts.get(section.pk, 0) for section in sections)


class CategoryAnswerSerializer(ProvenanceSerializer, CategorySerializer):
    """The detail as it is answered."""


class CategoryViewSet(CatalogueViewSet):
    """The categories of the landscape at an instant, those without cards too."""

    tag = "categories"
    serializer_class = CategorySerializer
    filterset_class = CategoryFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "slug",
        "name": Lower("name"),
        "group": "group",
        "position": F("position"),
    }
    missing = gettext_lazy("There was no category %(slug)s at that instant.")
    queryset = Category.objects.none()

    def get_queryset(self) -> QuerySet[Category]:
        return self.rows(include_delisted=self.include_delisted)

    def rows(self, *, include_delisted: bool) -> QuerySet[Category]:
        """Categories, each with its subcategories of that instant as ``sections``."""
        instant = self.as_of.instant
        sections = subcategories_at(instant, include_delisted=include_delisted).order_by("position", "name", "pk")
        prefetch = Prefetch("subcategories", queryset=sections, to_attr="sections")
        return categories_at(instant, include_delisted=include_delisted).prefetch_related(prefetch)

    def row_context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return {**self.get_serializer_context(), "counts": card_counts(self.as_of.instant)}

    @extend_schema(responses=CategoryAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one category; without an instant also one that has gone."""
        category = self.row_called(slug, self.rows(include_delisted=not self.as_of.text))
        serializer = self.get_serializer(category, context=self.row_context([category]))
        return Response({**provenance_of(self.as_of), **serializer.data})
