"""Items: every card of the landscape as it stood at an instant, and each one's history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Case, F, QuerySet, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column
from api.provenance import provenance_of
from api.v1.fields import Instant, ProvenanceSerializer, Text, TextOrNull
from api.v1.figures import FiguresOfADay, FiguresSerializer
from api.v1.filters import ItemListFilterSet
from api.v1.former_slugs import lead_on
from api.v1.histories import ItemHistorySerializer
from api.v1.viewsets import CatalogueViewSet
from metrics.table_figures import FIGURES, with_figures
from projects.as_of import periods_at
from projects.item_history import item_history
from projects.models import Item, ItemKind, ItemPeriod

COLUMNS = (
    "item", "item__slug", "name", "kind", "maturity", "repository_url", "license", "homepage_url", "left_at",
    "subcategory__name", "subcategory__slug", "subcategory__category__name", "subcategory__category__slug",
    "organization__name", "organization__slug", "project__slug",
    "item__summary", "item__summary_zh", "item__listed_at",
)  # fmt: skip


class ItemSerializer(FiguresSerializer):
    """One card as the landscape showed it at the instant asked for; null is "not said"."""

    slug = Text(source="item__slug", help_text="Never changes once given.")
    url = serializers.SerializerMethodField(help_text="This item's own address, with its history.")
    name = Text()
    kind = serializers.ChoiceField(ItemKind.choices, read_only=True)
    category = TextOrNull(source="subcategory__category__name")
    category_slug = TextOrNull(source="subcategory__category__slug")
    subcategory = TextOrNull(source="subcategory__name")
    subcategory_slug = TextOrNull(source="subcategory__slug", help_text="Unique in its category.")
    maturity = TextOrNull(
        help_text="The foundation's word: sandbox, incubating, graduated, archived; null: not hosted."
    )
    organization = TextOrNull(source="organization__name")
    organization_slug = TextOrNull(source="organization__slug")
    project = TextOrNull(source="project__slug", help_text="The hosted project that this card belongs to.")
    listed_at = Instant(source="item__listed_at", allow_null=True, help_text="When a version first listed it.")
    delisted_at = Instant(
        source="left_at", allow_null=True, help_text="When it left; null: it had not by that instant."
    )
    homepage_url = TextOrNull()
    repository_url = TextOrNull(help_text="As the card wrote it.")
    license = TextOrNull(help_text="As the card wrote it.")
    summary = TextOrNull(source="item__summary", help_text="Ours, of today.")
    summary_zh = TextOrNull(source="item__summary_zh", help_text="Ours, of today, in Chinese.")

    def get_url(self, row: dict[str, Any]) -> str:
        return f"{self.context['address']}{row['item__slug']}/"


class ItemDetailSerializer(ItemSerializer, ItemHistorySerializer):
    """A card with everything the landscape ever said of it."""


class ItemAnswerSerializer(ProvenanceSerializer, ItemDetailSerializer):
    """The detail as it is answered."""


def with_left_at(periods: QuerySet[ItemPeriod], instant: datetime) -> QuerySet[ItemPeriod]:
    """Add ``left_at``: when the item had left by an instant; null: it had not."""
    left_at = Case(When(during__endswith__lte=instant, then=F("during__endswith")))
    with_column: QuerySet[ItemPeriod] = periods.annotate(left_at=left_at)
    return with_column


def item_rows(periods: QuerySet[ItemPeriod], *further: str) -> QuerySet[Any, dict[str, Any]]:
    """The rows that ``ItemSerializer`` reads, of periods with ``left_at``."""
    rows: QuerySet[Any, dict[str, Any]] = periods.annotate(
        homepage_url=KeyTextTransform("homepage_url", "extra")
    ).values(*COLUMNS, *further)
    return rows


def row_without_period(item: Item) -> dict[str, Any]:
    """The row of an item that the landscape never listed: the essay names some."""
    row = dict.fromkeys(COLUMNS) | {"item": item.pk}
    own = ("slug", "summary", "summary_zh", "listed_at")
    row |= {f"item__{name}": getattr(item, name) for name in own}
    row |= {
        name: getattr(item, name) for name in ("name", "kind", "maturity", "repository_url", "license", "homepage_url")
    }
    if item.subcategory:
        category = item.subcategory.category
        row |= {"subcategory__name": item.subcategory.name, "subcategory__slug": item.subcategory.slug}
        row |= {"subcategory__category__name": category.name, "subcategory__category__slug": category.slug}
    if item.organization:
        row |= {"organization__name": item.organization.name, "organization__slug": item.organization.slug}
    return row


class ItemViewSet(FiguresOfADay, CatalogueViewSet):
    """Every card of the landscape at an instant."""

    tag = "items"
    serializer_class = ItemSerializer
    filterset_class = ItemListFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "item__slug",
        "name": Lower("name"),
        "kind": "kind",
        "category": "subcategory__category__name",
        "subcategory": "subcategory__name",
        "maturity": "maturity",
        "organization": F("organization__name"),
        "license": "license",
        "listed_at": F("item__listed_at"),
        "delisted_at": F("left_at"),
    }
    orderings |= {key: F(figure.path) for key, figure in FIGURES.items()}
    queryset = ItemPeriod.objects.none()

    def with_ordered_figures(self, periods: QuerySet[ItemPeriod]) -> QuerySet[ItemPeriod]:
        """Add the figures that ``ordering`` names."""
        asked = self.request.query_params.get("ordering", "").split(",")
        keys = {term.strip().removeprefix("-") for term in asked} & FIGURES.keys()
        return with_figures(periods, keys, day=self.figures_day) if keys else periods

    def get_queryset(self) -> QuerySet[Any]:
        instant = self.as_of.instant
        periods = periods_at(instant, include_delisted=self.include_delisted)
        return with_left_at(self.with_ordered_figures(periods), instant)

    def page_rows(self, page: QuerySet[Any]) -> Sequence[Any]:
        shown = self.with_ordered_figures(ItemPeriod.objects.filter(pk__in=page.values("pk")))
        periods = with_left_at(shown, self.as_of.instant)
        return self.with_values(list(item_rows(periods).order_by(*page.query.order_by)))

    @extend_schema(
        responses=ItemAnswerSerializer,
        description="One card at an instant, with everything the landscape ever said of it. A former slug leads on (301).",
    )
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        """Answer one item and its history, or lead on from a former slug."""
        item = Item.objects.for_detail().filter(slug=slug).first()
        if item is None:
            return lead_on(request, slug, end_point="item-detail")
        row = self.row_of(item)
        history = item_history(item)
        row |= {"periods": history.periods, "transitions": history.transitions, "stages": history.stages}
        (answer,) = self.with_values([row])
        serializer = ItemDetailSerializer(answer, context=self.get_serializer_context())
        return Response({**provenance_of(self.as_of), **serializer.data})

    def row_of(self, item: Item) -> dict[str, Any]:
        """The item at the instant asked for; without one, its last state. Raises NotFound."""
        asked = bool(self.as_of.text)
        instant = self.as_of.instant
        own = ItemPeriod.objects.of_item(item)
        row = item_rows(with_left_at(own.as_of(instant) if asked else own, instant)).last()
        if row is None and not asked:
            row = row_without_period(item)
        if row is None:
            raise NotFound(_("%(slug)s was not listed at that instant.") % {"slug": item.slug})
        return row
