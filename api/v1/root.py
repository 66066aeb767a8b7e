"""The list of end points."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.v1.viewsets import CatalogueView

NAMES = {
    "items": "item-list",
    "projects": "project-list",
    "categories": "category-list",
    "organizations": "organization-list",
    "repositories": "repository-list",
    "changes": "change-list",
    "landscape": "landscape",
    "indicators": "indicator-list",
    "frameworks": "framework-list",
    "layers": "layer-list",
    "runs": "run-list",
    "stage-ladder": "stage-ladder",
    "surveys": "survey-list",
    "funding-rounds": "funding-round-list",
    "acquisitions": "acquisition-list",
    "investors": "investor-list",
    "screener": "screener",
    "compare": "compare",
    "concepts": "concept-list",
    "comparisons": "comparison-list",
    "questions": "question-list",
    "timeline": "timeline-list",
    "forecasts": "forecast-list",
    "statements": "statement-list",
    "search": "search",
}


class RootSerializer(serializers.Serializer[Any]):
    """The addresses of the end points."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.URLField(read_only=True) for name in [*NAMES, "schema", "docs"]}


class RootView(CatalogueView):
    """Where everything is."""

    tag = "landscape"
    renderer_classes = (JSONRenderer,)

    def known_parameters(self) -> frozenset[str]:
        return frozenset({"format"})

    @extend_schema(operation_id="root", responses=RootSerializer)
    def get(self, request: Request) -> Response:
        """Name every end point."""
        addresses = {name: reverse(f"api-v1:{view}", request=request) for name, view in NAMES.items()}
        further = {name: reverse(f"api-{name}", request=request) for name in ("schema", "docs")}
        return Response({**addresses, **further})
