"""Organizations that cards name."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
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
from api.v1.filters import OrganizationFilterSet
from api.v1.viewsets import CatalogueViewSet
from projects.catalogue_at import organizations_at
from projects.models import Organization


class OrganizationSerializer(serializers.Serializer[Organization]):
    """A company, foundation or other body; null is "unknown"."""

    slug = Text(help_text="Never changes once given.")
    url = serializers.SerializerMethodField()
    name = Text()
    name_zh = TextOrNull()
    kind = TextOrNull(help_text="company, foundation, university, public, community or investor.")
    country = TextOrNull(help_text="ISO 3166-1 alpha-2 of the seat.")
    founded_year = serializers.IntegerField(read_only=True, allow_null=True)
    website = TextOrNull()
    permalink = TextOrNull(help_text="The landscape's identifier of it, nothing more.")
    items = serializers.IntegerField(
        source="items_then", read_only=True, help_text="Cards that name it, at that instant."
    )

    def get_url(self, organization: Organization) -> str:
        return f"{self.context['address']}{organization.slug}/"


class OrganizationAnswerSerializer(ProvenanceSerializer, OrganizationSerializer):
    """The detail as it is answered."""


class OrganizationViewSet(CatalogueViewSet):
    """The organizations that cards named at an instant."""

    tag = "organizations"
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "slug",
        "name": Lower("name"),
        "kind": "kind",
        "country": "country",
        "founded_year": F("founded_year"),
        "items": "items_then",
    }
    missing = gettext_lazy("No card named an organization %(slug)s at that instant.")
    queryset = Organization.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return organizations_at(self.as_of.instant, include_delisted=self.include_delisted)

    @extend_schema(responses=OrganizationAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one organization; without an instant also one whose cards have left."""
        rows = organizations_at(self.as_of.instant, include_delisted=not self.as_of.text)
        organization = self.row_called(slug, rows)
        return Response({**provenance_of(self.as_of), **self.get_serializer(organization).data})
