"""Hosted projects: cards that are one project, counted once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column
from api.provenance import provenance_of
from api.v1.fields import ProvenanceSerializer, Text
from api.v1.figures import FiguresOfADay
from api.v1.filters import ItemListFilterSet
from api.v1.items import ItemSerializer, item_rows, with_left_at
from api.v1.viewsets import CatalogueViewSet
from projects.as_of import periods_at
from projects.hosted_projects import hosted_projects_at
from projects.models import ItemPeriod

OWN_COLUMNS = ("project", "project_slug", "project_name")


class ProjectSerializer(ItemSerializer):
    """One hosted project, as the card that shows its cards' commonest stage; null is "not said"."""

    slug = Text(source="project_slug", help_text="Never changes once given.")
    name = Text(source="project_name")
    cards = serializers.SerializerMethodField(help_text="Slugs of the items that are this project's hosted cards.")
    # A project's own slug says it.
    project = None  # type: ignore[assignment]  # how a serializer drops an inherited field

    def get_url(self, row: dict[str, Any]) -> str:
        return f"{self.context['address']}{row['project_slug']}/"

    def get_cards(self, row: dict[str, Any]) -> list[str]:
        cards: list[str] = self.context["cards"].get(row["project"], [])
        return cards or [row["item__slug"]]


class ProjectAnswerSerializer(ProvenanceSerializer, ProjectSerializer):
    """The detail as it is answered."""


class ProjectViewSet(FiguresOfADay, CatalogueViewSet):
    """The projects that the foundation hosted at an instant."""

    tag = "projects"
    serializer_class = ProjectSerializer
    filterset_class = ItemListFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "project_slug",
        "name": Lower("project_name"),
        "category": "subcategory__category__name",
        "subcategory": "subcategory__name",
        "maturity": "maturity",
        "organization": F("organization__name"),
        "listed_at": F("item__listed_at"),
        "delisted_at": F("left_at"),
    }
    detail_by = "project_slug"
    missing = gettext_lazy("No project %(slug)s was hosted at that instant.")
    queryset = ItemPeriod.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows(include_delisted=self.include_delisted)

    def rows(self, *, include_delisted: bool) -> QuerySet[Any]:
        """One period for each project."""
        return self.with_names(hosted_projects_at(self.as_of.instant, include_delisted=include_delisted))

    def with_names(self, periods: QuerySet[ItemPeriod]) -> QuerySet[Any]:
        """Add what rows are ordered by."""
        named: QuerySet[Any] = with_left_at(periods, self.as_of.instant).annotate(
            project_slug=Coalesce("project__slug", "item__slug"), project_name=Coalesce("project__name", "name")
        )
        return named

    def page_rows(self, page: QuerySet[Any]) -> Sequence[Any]:
        periods = self.with_names(ItemPeriod.objects.filter(pk__in=page.values("pk")))
        return self.with_values(list(item_rows(periods, *OWN_COLUMNS).order_by(*page.query.order_by)))

    def row_context(self, rows: Sequence[Any]) -> dict[str, Any]:
        projects = [row["project"] for row in rows if row["project"]]
        periods = periods_at(self.as_of.instant).hosted().filter(project__in=projects)
        cards = defaultdict(list)
        for project, slug in periods.order_by("item__slug").values_list("project", "item__slug"):
            cards[project].append(slug)
        return {**self.get_serializer_context(), "cards": cards}

    @extend_schema(responses=ProjectAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one hosted project; without an instant, its last state as a hosted project."""
        found = item_rows(self.rows(include_delisted=not self.as_of.text), *OWN_COLUMNS)
        rows = self.with_values([self.row_called(slug, found)])
        serializer = self.get_serializer(rows[0], context=self.row_context(rows))
        return Response({**provenance_of(self.as_of), **serializer.data})
