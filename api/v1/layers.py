"""Frameworks, and their layers with what stands in each, what it draws and what it raised."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column, FilterSetBackend
from api.provenance import provenance_of
from api.v1.fields import ProvenanceSerializer, Text, TextOrNull
from api.v1.filters import AskedFilterSet
from api.v1.viewsets import LIST_PARAMETERS, CatalogueViewSet
from market.layer_board import Board, layer_board
from market.layer_files import BOARD_COLUMNS, board_cells
from market.layers import LayerTree, layer_tree
from market.models import Framework, Layer, LayerAssignment

PARAMETERS = LIST_PARAMETERS - {"include_delisted"}
THINGS = {"subcategory": "section", "item": "item", "organization": "organization"}


class LayerNodeSerializer(serializers.Serializer[Any]):
    """A layer's place in its framework."""

    slug = Text()
    code = TextOrNull(help_text="The author's own number of it.")
    name = Text()
    name_zh = TextOrNull()
    summary = TextOrNull()
    summary_zh = TextOrNull()
    part_of = serializers.SerializerMethodField(help_text="Slug of the layer around it; null: none.")

    def get_part_of(self, node: Any) -> str | None:
        tree: LayerTree = self.context["tree"]
        return tree.by_key[node.parent_key].slug if node.parent_key else None


class FrameworkSerializer(serializers.Serializer[Framework]):
    """A way to divide the landscape, by a named author."""

    slug = Text(help_text="Never changes once given.")
    url = serializers.SerializerMethodField()
    name = Text()
    name_zh = TextOrNull()
    summary = TextOrNull()
    summary_zh = TextOrNull()
    author = Text()
    published_on = serializers.DateField(read_only=True, allow_null=True)
    claimed_layers = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="How many layers its author claims, where that is not how many are named.",
    )
    mirrors_categories = serializers.BooleanField(
        read_only=True, help_text="Its layers are the landscape's own categories of that instant."
    )
    source_url = TextOrNull(source="source.url", default=None)
    position = serializers.IntegerField(read_only=True)

    def get_url(self, framework: Framework) -> str:
        return f"{self.context['address']}{framework.slug}/"


class FrameworkAnswerSerializer(ProvenanceSerializer, FrameworkSerializer):
    """The detail as it is answered."""

    layers = LayerNodeSerializer(many=True, read_only=True)


class FrameworkViewSet(CatalogueViewSet):
    """The frameworks by which the landscape is divided."""

    tag = "frameworks"
    serializer_class = FrameworkSerializer
    filterset_class = AskedFilterSet
    orderings: ClassVar[dict[str, Column]] = {"slug": "slug", "name": Lower("name"), "position": F("position")}
    default_ordering = "position"
    missing = gettext_lazy("There is no framework %(slug)s.")
    queryset = Framework.objects.none()

    @property
    def shared_parameters(self) -> frozenset[str]:
        return PARAMETERS if self.action == "list" else super().shared_parameters

    def get_queryset(self) -> QuerySet[Framework]:
        return Framework.objects.select_related("source")

    @extend_schema(responses=FrameworkAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one framework with its layers."""
        framework = self.row_called(slug, self.get_queryset())
        tree = layer_tree(framework, self.as_of.instant)
        nodes = LayerNodeSerializer(tree.nodes, many=True, context={"tree": tree})
        return Response({**provenance_of(self.as_of), **self.get_serializer(framework).data, "layers": nodes.data})


class LayerSerializer(serializers.Serializer[dict[str, Any]]):
    """A layer on a day; null is unknown, and sums of money are those of what is disclosed."""

    slug = Text(source="layer", help_text='Unique in its framework; "unassigned": what stands in no layer.')
    framework = Text()
    url = serializers.SerializerMethodField()
    code = TextOrNull()
    name = TextOrNull(help_text="Null for what stands in no layer.")
    name_zh = TextOrNull()
    part_of = TextOrNull(help_text="Slug of the layer around it.")
    items = serializers.IntegerField(read_only=True, help_text="Cards, with those of the layers within.")
    hosted = serializers.IntegerField(read_only=True, help_text="Hosted projects, each counted once.")
    graduated = serializers.IntegerField(read_only=True)
    incubating = serializers.IntegerField(read_only=True)
    sandbox = serializers.IntegerField(read_only=True)
    archived = serializers.IntegerField(read_only=True)
    added_4_quarters = serializers.IntegerField(read_only=True, help_text="Items that entered the landscape.")
    removed_4_quarters = serializers.IntegerField(read_only=True)
    moved_in_4_quarters = serializers.IntegerField(read_only=True, help_text="Items that came from another layer.")
    moved_out_4_quarters = serializers.IntegerField(read_only=True)
    measured_on = TextOrNull(help_text="The day of stars and commits, one for all repositories.")
    repositories = serializers.IntegerField(
        read_only=True, help_text="Distinct ones; 0 if nothing was measured near the day."
    )
    repositories_known = serializers.IntegerField(read_only=True)
    items_without_repository = serializers.IntegerField(read_only=True)
    stars = serializers.IntegerField(read_only=True, allow_null=True)
    star_growth_90 = serializers.FloatField(read_only=True, allow_null=True, help_text="A fraction.")
    star_growth_365 = serializers.FloatField(read_only=True, allow_null=True)
    commits_30d = serializers.IntegerField(read_only=True, allow_null=True)
    largest_star_share = serializers.FloatField(read_only=True, allow_null=True)
    star_hhi = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Concentration of attention, 0 to 10,000; not of a market."
    )
    organizations = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Vendors and founders, never hosts."
    )
    organizations_funded = serializers.IntegerField(read_only=True, allow_null=True)
    rounds = serializers.IntegerField(read_only=True, allow_null=True)
    rounds_amount_unknown = serializers.IntegerField(read_only=True, allow_null=True)
    raised_usd = serializers.DecimalField(18, 2, read_only=True, allow_null=True)
    acquisitions = serializers.IntegerField(read_only=True, allow_null=True)
    acquisitions_price_unknown = serializers.IntegerField(read_only=True, allow_null=True)
    acquired_usd = serializers.DecimalField(18, 2, read_only=True, allow_null=True)
    listings = serializers.IntegerField(read_only=True, allow_null=True)

    def get_url(self, row: dict[str, Any]) -> str:
        return f"{self.context['address']}{row['framework']}/{row['layer']}/"


class AssignmentSerializer(serializers.Serializer[LayerAssignment]):
    """What was put into a layer, by whom and why."""

    kind = serializers.SerializerMethodField(help_text="section, item or organization.")
    name = serializers.SerializerMethodField(help_text="A section as category / subcategory, else the slug.")
    author = Text()
    assigned_on = serializers.DateField(read_only=True)
    reason = Text()
    reason_zh = TextOrNull()
    source_url = TextOrNull(source="source.url", default=None)

    def get_kind(self, row: LayerAssignment) -> str:
        return next(word for column, word in THINGS.items() if getattr(row, f"{column}_id"))

    def get_name(self, row: LayerAssignment) -> str:
        if row.subcategory:
            return f"{row.subcategory.category.name} / {row.subcategory.name}"
        return (row.item or row.organization).slug  # type: ignore[union-attr]  # the table holds one of them


class LayerAnswerSerializer(ProvenanceSerializer, LayerSerializer):
    """The detail as it is answered."""

    assignments = AssignmentSerializer(many=True, read_only=True)


class LayerFilterSet(AskedFilterSet):
    """Whose layers."""

    framework = django_filters.ModelChoiceFilter(
        label="Slug of a framework; the first one unless told.",
        field_name="framework__slug",
        to_field_name="slug",
        queryset=Framework.objects.all(),
    )


class LayerViewSet(CatalogueViewSet):
    """The layers of one framework at an instant, in its author's order, then what stands in none."""

    tag = "layers"
    serializer_class = LayerSerializer
    filterset_class = LayerFilterSet
    filter_backends = [FilterSetBackend]
    orderings: ClassVar[dict[str, Column]] = {}
    queryset = Layer.objects.none()

    @property
    def shared_parameters(self) -> frozenset[str]:
        return PARAMETERS - {"ordering"} if self.action == "list" else super().shared_parameters

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the rows of the framework asked for. Raises ValidationError."""
        asked = LayerFilterSet(self.request.query_params, queryset=Layer.objects.none())
        if not asked.is_valid():
            raise ValidationError(asked.errors)
        framework = asked.form.cleaned_data.get("framework") or Framework.objects.order_by("position", "slug").first()
        return board_rows(layer_board(framework, self.as_of)) if framework else []

    @extend_schema(
        parameters=[
            OpenApiParameter("framework", OpenApiTypes.STR, OpenApiParameter.PATH),
            OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH),
        ],
        responses=LayerAnswerSerializer,
    )
    @answers_conditionally
    def retrieve(self, request: Request, framework: str, slug: str) -> Response:
        """Answer one layer with what was put into it."""
        found = Framework.objects.filter(slug=framework).first()
        rows = board_rows(layer_board(found, self.as_of)) if found else []
        row = next((row for row in rows if row["layer"] == slug), None)
        if row is None:
            raise NotFound(_("There was no layer %(slug)s at that instant.") % {"slug": slug})
        assignments = LayerAssignment.objects.filter(framework=found, layer__slug=slug).order_by("pk")
        related = assignments.select_related("subcategory__category", "item", "organization", "source")
        own = [AssignmentSerializer(each).data for each in related]
        return Response({**provenance_of(self.as_of), **self.get_serializer(row).data, "assignments": own})


def board_rows(board: Board) -> list[dict[str, Any]]:
    """Return a board's rows by column: its layers, then what stands in none."""
    rows = (dict[str, Any](zip(BOARD_COLUMNS, cells, strict=True)) for cells in board_cells(board))
    slug = board.tree.framework.slug
    return [{**row, "framework": slug} for row in rows if row["layer"] != "total"]
