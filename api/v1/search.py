"""One search over the catalogue and the knowledge base."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.parameters import read_choices, read_number
from api.v1.fields import Text, TextOrNull
from api.v1.viewsets import CatalogueView
from knowledge.search_everything import KINDS, Hit, search_everything
from projects.search import SearchHit
from projects.search_matching import LONGEST_QUERY

DEFAULT_LIMIT, LARGEST_LIMIT = 20, 100


class SearchHitSerializer(serializers.Serializer[Any]):
    """One thing found; null is "none"."""

    kind = serializers.ChoiceField([(kind, kind) for kind in KINDS], read_only=True)
    title = Text()
    title_zh = TextOrNull()
    summary = TextOrNull(help_text="What it says, or where in the landscape it stands.")
    summary_zh = TextOrNull()
    maturity = TextOrNull()
    is_listed = serializers.BooleanField(read_only=True, help_text="False: it has left the landscape.")
    page = serializers.URLField(read_only=True)


class SearchSerializer(serializers.Serializer[Any]):
    """The best hits, best first."""

    query = Text(help_text="The text as it was understood.")
    has_more = serializers.BooleanField(read_only=True)
    results = SearchHitSerializer(many=True, read_only=True)


class SearchView(CatalogueView):
    """Search everything."""

    tag = "search"
    renderer_classes = (JSONRenderer,)

    def known_parameters(self) -> frozenset[str]:
        return frozenset({"q", "kind", "limit", "format"})

    def repeatable_parameters(self) -> frozenset[str]:
        return frozenset({"kind"})

    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str, required=True, description=f"Up to {LONGEST_QUERY} signs count."),
            OpenApiParameter("kind", str, enum=list(KINDS), many=True, description="Only these kinds."),
            OpenApiParameter("limit", int, description=f"{DEFAULT_LIMIT} unless told, at most {LARGEST_LIMIT}."),
        ],
        responses=SearchSerializer,
    )
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Find items, organizations, categories, concepts, questions, events and statements by name or any word."""
        limit = read_number(request, "limit") or DEFAULT_LIMIT
        if limit > LARGEST_LIMIT:
            raise ValidationError({"limit": [_("At most %(most)s hits are given.") % {"most": LARGEST_LIMIT}]})
        kinds = read_choices(request, "kind", choices=KINDS) or KINDS
        query = request.query_params.get("q", "").strip()
        if not query:
            raise ValidationError({"q": [_("Give a text to search for.")]})
        found = search_everything(query, limit=limit, kinds=kinds)
        hits = [_row(hit, request) for hit in found.hits]
        return Response(SearchSerializer({"query": found.query, "has_more": found.has_more, "results": hits}).data)


def _row(hit: Hit, request: Request) -> dict[str, Any]:
    if isinstance(hit, SearchHit):
        own = {"summary": hit.subtitle, "summary_zh": hit.subtitle_zh, "maturity": hit.maturity}
    else:
        own = {"summary": hit.summary, "summary_zh": hit.summary_zh, "maturity": ""}
    common = {name: getattr(hit, name) for name in ("kind", "title", "title_zh", "is_listed")}
    return {**common, **own, "page": request.build_absolute_uri(hit.url)}
