"""What the lists of the ledger have in common: pages by number, amounts, dates as exactly as they are known, sources."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import pagination, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.pagination import PageNumberPagination
from api.v1.fields import Text, TextOrNull
from api.v1.viewsets import CatalogueViewSet
from market.models import Citation, Confidence, DatePrecision, Qualifier
from market.partial_dates import partial_date_text

PARTIAL_DATE = "As exactly as it is known: 2019, 2019-Q3, 2019-08 or 2019-08-14."


class Amount(serializers.FloatField):
    """An amount of money; null is unknown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True, **options})


class CitationSerializer(serializers.Serializer[Citation]):
    """Where a fact is from, and what that source says otherwise."""

    url = serializers.URLField(source="source.url", read_only=True)
    title = Text(source="source.title")
    publisher = TextOrNull(source="source.publisher")
    page = TextOrNull()
    quote = TextOrNull()
    retrieved_on = serializers.DateField(read_only=True)
    stated_amount_usd = Amount(help_text="What it says where it differs from the row.")
    stated_on = serializers.SerializerMethodField(help_text=f"What it says where it differs. {PARTIAL_DATE}")
    remark = TextOrNull()
    remark_zh = TextOrNull()

    def get_stated_on(self, citation: Citation) -> str | None:
        return partial_date_text(citation.stated_on, citation.stated_precision) if citation.stated_on else None


class FactSerializer(serializers.Serializer[Any]):
    """What every fact of the ledger ends in."""

    amount = Amount(help_text="In its currency.")
    currency = TextOrNull(help_text="ISO 4217.")
    amount_usd = Amount()
    amount_qualifier = serializers.ChoiceField(Qualifier.choices, read_only=True)
    is_undisclosed = serializers.BooleanField(
        read_only=True, help_text="A source says that the amount was not told; else null: no source of ours tells it."
    )
    confidence = serializers.ChoiceField(Confidence.choices, read_only=True)
    note = TextOrNull()
    note_zh = TextOrNull()
    essay_id = TextOrNull()
    sources = serializers.SerializerMethodField()

    @extend_schema_field(CitationSerializer(many=True))
    def get_sources(self, fact: Any) -> Any:
        return CitationSerializer(fact.citations.all(), many=True).data


class DatedSerializer(serializers.Serializer[Any]):
    """What every fact of the ledger begins with."""

    slug = Text()
    url = serializers.SerializerMethodField()
    announced_on = serializers.SerializerMethodField(help_text=PARTIAL_DATE)
    date_precision = serializers.ChoiceField(DatePrecision.choices, read_only=True)

    def get_url(self, fact: Any) -> str:
        return f"{self.context['address']}{fact.slug}/"

    def get_announced_on(self, fact: Any) -> str:
        return partial_date_text(fact.announced_on, fact.date_precision)


class LedgerPagination(PageNumberPagination):
    """Pages by number; each row names its own sources."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        envelope = pagination.PageNumberPagination.get_paginated_response_schema(self, schema)
        envelope["required"] = list(envelope["properties"])
        return envelope


class LedgerViewSet(CatalogueViewSet):
    """A list of the ledger; it takes no ``as_of``."""

    pagination_class = LedgerPagination
    default_ordering = "-announced_on"
    actions_parameters: ClassVar[frozenset[str]] = frozenset({"format", "ordering", "page", "page_size"})

    @property
    def shared_parameters(self) -> frozenset[str]:
        return self.actions_parameters if self.action == "list" else frozenset({"format"})

    def provenance(self) -> dict[str, Any]:
        return {}

    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one fact."""
        row = self.row_called(slug, self.get_queryset())
        return Response(self.get_serializer(row, context=self.row_context([row])).data)
