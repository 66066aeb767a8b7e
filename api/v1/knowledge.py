"""The knowledge base: concepts, comparisons, questions, the timeline, forecasts and the essay's statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.cursors import Key
from api.v1.filters import AskedFilterSet
from api.v1.knowledge_serializers import (
    ComparisonSerializer,
    ConceptSerializer,
    ForecastSerializer,
    QuestionSerializer,
    StatementSerializer,
    TimelineEventSerializer,
)
from api.v1.logs import LogViewSet
from knowledge.essay import GROUPS
from knowledge.models import (
    Comparison,
    ComparisonColumn,
    ComparisonRow,
    Concept,
    ConceptAlias,
    ConceptItem,
    ConceptKind,
    ConceptRelation,
    EventKind,
    Forecast,
    Question,
    Statement,
    StatementStatus,
    TimelineEvent,
    Verdict,
)
from projects.filters import SlugFilter
from projects.models import Item

ENTRY_COLUMNS = ("pk", "slug", "title", "title_zh", "essay_codes")
CONCEPT_TEXTS = ("definition", "replaces", "enables", "body")
MOST_YEAR = 2200


def in_both(*names: str) -> tuple[str, ...]:
    """Return the columns of texts in English and Chinese."""
    return tuple(column for name in names for column in (name, f"{name}_zh"))


def filters_of(model: Any, **filters: Any) -> Any:
    """Return a filter set over a model."""
    meta = type("Meta", (), {"model": model, "fields": ()})
    return type(f"{model.__name__}FilterSet", (AskedFilterSet,), {**filters, "Meta": meta})


def by_choice(choices: Any, label: str, field: str) -> Any:
    """Return a filter by some of a column's words."""
    return django_filters.MultipleChoiceFilter(label=label, choices=choices, field_name=field, distinct=False)


class EntryViewSet(LogViewSet):
    """A list of entries and the detail of one by its slug; ``links`` are the things that they point at."""

    links: ClassVar[Mapping[str, str]] = {}
    nothing: ClassVar[str] = ""

    def row_context(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        keys, model = [row["pk"] for row in rows], self.get_queryset().model
        found = {name: slugs_by_owner(model, column, keys) for name, column in self.links.items()}
        return {**self.get_serializer_context(), **found, "sources": sources_by_owner(model, keys)}

    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one entry."""
        row = self.get_queryset().filter(slug=slug).values(*self.columns).first()
        if row is None:
            raise NotFound(_("There is no entry %(slug)s.") % {"slug": slug})
        return Response(self.get_serializer(row, context=self.row_context([row])).data)


def slugs_by_owner(model: Any, column: str, keys: Iterable[int]) -> dict[int, list[str]]:
    """Return the slugs that entries point at by one of their links; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = model.objects.filter(pk__in=keys, **{f"{column}__isnull": False}).order_by("pk", column)
    for key, slug in rows.values_list("pk", column):
        found[key].append(slug)
    return found


def sources_by_owner(model: Any, keys: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the sources of entries; one query."""
    through = model.sources.through
    owner = f"{model._meta.model_name}_id"  # noqa: SLF001  (Django's documented interface)
    columns = ("source__url", "source__title", "source__publisher", "source__published_on", "source__retrieved_on")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = through.objects.filter(**{f"{owner}__in": list(keys)}).order_by(owner, "source__title", "pk")
    for row in rows.values(owner, *columns):
        found[row[owner]].append(row)
    return found


class ConceptViewSet(EntryViewSet):
    """Every concept that is explained."""

    tag = "knowledge"
    serializer_class = ConceptSerializer
    filterset_class = filters_of(
        Concept,
        kind=by_choice(ConceptKind.choices, "Kind", "kind"),
        item=SlugFilter("items", Item.objects.all(), label="Slug of an item that implements it."),
    )
    columns = (*ENTRY_COLUMNS, "kind", *in_both(*CONCEPT_TEXTS))
    last_keys = (Key("slug"),)
    queryset = Concept.objects.all()

    def row_context(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        keys = [row["pk"] for row in rows]
        aliases, items, relations = defaultdict(list), defaultdict(list), defaultdict(list)
        for key, name in ConceptAlias.objects.filter(concept__in=keys).order_by("name").values_list("concept", "name"):
            aliases[key].append(name)
        linked = ConceptItem.objects.filter(concept__in=keys).order_by("position", "item__slug")
        for key, slug in linked.values_list("concept", "item__slug"):
            items[key].append(slug)
        related = ConceptRelation.objects.filter(concept__in=keys).order_by("kind", "other__slug")
        for row in related.values("concept", "kind", "other__slug"):
            relations[row["concept"]].append(row)
        return {**super().row_context(rows), "aliases": aliases, "items": items, "relations": relations}

    @extend_schema(responses=ConceptSerializer)
    def retrieve(self, request: Request, slug: str) -> Any:
        """Answer one concept."""
        return super().retrieve(request, slug)


class ComparisonViewSet(EntryViewSet):
    """Every comparison, with its whole table."""

    tag = "knowledge"
    serializer_class = ComparisonSerializer
    filterset_class = filters_of(Comparison)
    columns = (*ENTRY_COLUMNS, *in_both("summary", "verdict"))
    last_keys = (Key("slug"),)
    queryset = Comparison.objects.all()

    def row_context(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        keys = [row["pk"] for row in rows]
        columns, aspects = defaultdict(list), defaultdict(list)
        found = ComparisonColumn.objects.filter(comparison__in=keys).order_by("position")
        for column in found.values("comparison", "name", "name_zh", "concept__slug"):
            columns[column["comparison"]].append(column)
        lines = ComparisonRow.objects.filter(comparison__in=keys).order_by("position")
        for line in lines.values("comparison", "aspect", "aspect_zh", "cells"):
            aspects[line["comparison"]].append(line)
        return {**super().row_context(rows), "columns": columns, "rows": aspects}

    @extend_schema(responses=ComparisonSerializer)
    def retrieve(self, request: Request, slug: str) -> Any:
        """Answer one comparison."""
        return super().retrieve(request, slug)


class QuestionViewSet(EntryViewSet):
    """The essay's questions, in its order."""

    tag = "knowledge"
    serializer_class = QuestionSerializer
    filterset_class = filters_of(Question)
    columns = (*ENTRY_COLUMNS, "number", *in_both("short_answer", "body"))
    last_keys = (Key("number"),)
    links = {"concepts": "concepts__slug", "items": "items__slug"}
    queryset = Question.objects.all()

    @extend_schema(responses=QuestionSerializer)
    def retrieve(self, request: Request, slug: str) -> Any:
        """Answer one question."""
        return super().retrieve(request, slug)


class TimelineViewSet(EntryViewSet):
    """Every event, in the order of time."""

    tag = "knowledge"
    serializer_class = TimelineEventSerializer
    filterset_class = filters_of(
        TimelineEvent,
        spans=(("year_min", "year_max"),),
        kind=by_choice(EventKind.choices, "Kind", "kind"),
        year_min=django_filters.NumberFilter(
            field_name="happened_on__year", lookup_expr="gte", label="From this year.", max_value=MOST_YEAR
        ),
        year_max=django_filters.NumberFilter(
            field_name="happened_on__year", lookup_expr="lte", label="Up to this year.", max_value=MOST_YEAR
        ),
        concept=SlugFilter("concepts", Concept.objects.all(), label="Slug of a concept."),
        item=SlugFilter("items", Item.objects.all(), label="Slug of an item."),
    )
    columns = (*ENTRY_COLUMNS, "happened_on", "precision", "until", "kind", *in_both("text", "doubt"))
    last_keys = (Key("happened_on"), Key("slug"))
    links = {"concepts": "concepts__slug", "items": "items__slug", "organizations": "organizations__slug"}
    queryset = TimelineEvent.objects.all()

    @extend_schema(responses=TimelineEventSerializer)
    def retrieve(self, request: Request, slug: str) -> Any:
        """Answer one event."""
        return super().retrieve(request, slug)


class ForecastViewSet(EntryViewSet):
    """Every forecast with its verdict, in the order in which they were made."""

    tag = "knowledge"
    serializer_class = ForecastSerializer
    filterset_class = filters_of(Forecast, verdict=by_choice(Verdict.choices, "Verdict", "verdict"))
    columns = (
        *ENTRY_COLUMNS,
        *("made_on", "made_precision", "due_on", "due_precision", "verdict"),
        *in_both("who", "measure", "evidence"),
    )
    last_keys = (Key("made_on"), Key("slug"))
    queryset = Forecast.objects.all()

    @extend_schema(responses=ForecastSerializer)
    def retrieve(self, request: Request, slug: str) -> Any:
        """Answer one forecast."""
        return super().retrieve(request, slug)


class StatementFilterSet(AskedFilterSet):
    """Choices among statements."""

    status = by_choice(StatementStatus.choices, "Status", "status")
    group = django_filters.ChoiceFilter(
        label="The letters that the id begins with.", choices=[(key, key) for key in GROUPS], method="in_group"
    )

    class Meta:
        model = Statement
        fields: tuple[str, ...] = ()

    def in_group(self, rows: QuerySet[Statement], _name: str, group: str) -> QuerySet[Statement]:
        """Statements whose id has these letters and no more."""
        return rows.filter(code__regex=f"^{group}[^A-Z]")


class StatementViewSet(LogViewSet):
    """Every statement of the essay, in its order; ``slug`` of the detail is the id."""

    tag = "knowledge"
    serializer_class = StatementSerializer
    filterset_class = StatementFilterSet
    columns = ("pk", "position", "code", "home", "status", *in_both("text", "today"))
    last_keys = (Key("position"), Key("code"))
    queryset = Statement.objects.all()

    @extend_schema(responses=StatementSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one statement."""
        row = Statement.objects.filter(code=slug).values(*self.columns).first()
        if row is None:
            raise NotFound(_("There is no statement %(slug)s.") % {"slug": slug})
        return Response(self.get_serializer(row).data)
