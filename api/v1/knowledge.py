"""The knowledge base: concepts, comparisons, questions, the timeline, forecasts and the essay's statements."""

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from api.cursors import Key
from api.v1.filters import AskedFilterSet, NamedSlugFilter
from api.v1.knowledge_serializers import (
    ComparisonSerializer,
    ConceptSerializer,
    ForecastSerializer,
    QuestionSerializer,
    StatementSerializer,
    TimelineEventSerializer,
)
from api.v1.logs import DetailedLogViewSet
from knowledge.comparisons import comparisons_with_tables
from knowledge.essay import GROUPS
from knowledge.models import (
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
from projects.models import Item, Organization, Source

MOST_YEAR = 2200
SOURCES = Prefetch("sources", Source.objects.order_by("title", "pk"))
# An answer gives the slugs alone of what entries name.
CONCEPTS = Prefetch("concepts", Concept.objects.only("slug").order_by("slug"))
ITEMS = Prefetch("items", Item.objects.only("slug").order_by("slug"))
ORGANIZATIONS = Prefetch("organizations", Organization.objects.only("slug").order_by("slug"))


class ConceptFilterSet(AskedFilterSet):
    """Choices among concepts."""

    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=ConceptKind.choices, distinct=False)
    item = NamedSlugFilter("items", Item.objects.all(), label="Slug of an item that implements it.")


class ConceptViewSet(DetailedLogViewSet):
    """Every concept that is explained."""

    tag = "knowledge"
    serializer_class = ConceptSerializer
    filterset_class = ConceptFilterSet
    last_keys = (Key("slug"),)
    queryset = Concept.objects.prefetch_related(
        SOURCES,
        Prefetch("aliases", ConceptAlias.objects.order_by("name")),
        Prefetch(
            "concept_items",
            ConceptItem.objects.select_related("item").only("concept", "item__slug").order_by("position", "item__slug"),
        ),
        Prefetch(
            "relations",
            ConceptRelation.objects.select_related("other")
            .only("concept", "kind", "other__slug")
            .order_by("kind", "other__slug"),
        ),
    )


class ComparisonViewSet(DetailedLogViewSet):
    """Every comparison, with its whole table."""

    tag = "knowledge"
    serializer_class = ComparisonSerializer
    filterset_class = AskedFilterSet
    last_keys = (Key("slug"),)
    queryset = comparisons_with_tables().prefetch_related(SOURCES)


class QuestionViewSet(DetailedLogViewSet):
    """The essay's questions, in its order."""

    tag = "knowledge"
    serializer_class = QuestionSerializer
    filterset_class = AskedFilterSet
    last_keys = (Key("number"),)
    queryset = Question.objects.prefetch_related(SOURCES, CONCEPTS, ITEMS)


class TimelineFilterSet(AskedFilterSet):
    """Choices among events."""

    spans = (("year_min", "year_max"),)
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=EventKind.choices, distinct=False)
    year_min = django_filters.NumberFilter(
        field_name="happened_on__year", lookup_expr="gte", label="From this year.", min_value=1, max_value=MOST_YEAR
    )
    year_max = django_filters.NumberFilter(
        field_name="happened_on__year", lookup_expr="lte", label="Up to this year.", min_value=1, max_value=MOST_YEAR
    )
    concept = NamedSlugFilter("concepts", Concept.objects.all(), label="Slug of a concept.")
    item = NamedSlugFilter("items", Item.objects.all(), label="Slug of an item.")


class TimelineViewSet(DetailedLogViewSet):
    """Every event, in the order of time."""

    tag = "knowledge"
    serializer_class = TimelineEventSerializer
    filterset_class = TimelineFilterSet
    last_keys = (Key("happened_on"), Key("slug"))
    queryset = TimelineEvent.objects.prefetch_related(SOURCES, CONCEPTS, ITEMS, ORGANIZATIONS)


class ForecastFilterSet(AskedFilterSet):
    """Choices among forecasts."""

    verdict = django_filters.MultipleChoiceFilter(label="Verdict", choices=Verdict.choices, distinct=False)


class ForecastViewSet(DetailedLogViewSet):
    """Every forecast with its verdict, in the order in which they were made."""

    tag = "knowledge"
    serializer_class = ForecastSerializer
    filterset_class = ForecastFilterSet
    last_keys = (Key("made_on"), Key("slug"))
    queryset = Forecast.objects.prefetch_related(SOURCES)


class StatementFilterSet(AskedFilterSet):
    """Choices among statements."""

    status = django_filters.MultipleChoiceFilter(label="Status", choices=StatementStatus.choices, distinct=False)
    group = django_filters.ChoiceFilter(
        label="The letters that the id begins with.", choices=[(key, key) for key in GROUPS], method="in_group"
    )

    def in_group(self, rows: QuerySet[Statement], _name: str, group: str) -> QuerySet[Statement]:
        """Statements whose id has these letters and no more."""
        return rows.filter(code__regex=f"^{group}[^A-Z]")


class StatementViewSet(DetailedLogViewSet):
    """Every statement of the essay, in its order; ``slug`` of the detail is the id."""

    tag = "knowledge"
    serializer_class = StatementSerializer
    filterset_class = StatementFilterSet
    detail_by = "code"
    missing = gettext_lazy("There is no statement %(slug)s.")
    last_keys = (Key("position"), Key("code"))
    queryset = Statement.objects.all()
