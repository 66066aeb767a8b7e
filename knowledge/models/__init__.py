"""What it means: concepts, comparisons, questions, the timeline, forecasts, and the essay's statements."""

from knowledge.models.comparisons import Comparison, ComparisonColumn, ComparisonRow
from knowledge.models.concepts import Concept, ConceptAlias, ConceptItem, ConceptKind, ConceptRelation
from knowledge.models.essay import Insight, InsightKind, Statement, StatementStatus
from knowledge.models.questions import Question
from knowledge.models.search_texts import SearchText, TextKind
from knowledge.models.timeline import EventKind, EventPrecision, Forecast, TimelineEvent, Verdict

__all__ = [
    "Comparison",
    "ComparisonColumn",
    "ComparisonRow",
    "Concept",
    "ConceptAlias",
    "ConceptItem",
    "ConceptKind",
    "ConceptRelation",
    "EventKind",
    "EventPrecision",
    "Forecast",
    "Insight",
    "InsightKind",
    "Question",
    "SearchText",
    "Statement",
    "StatementStatus",
    "TextKind",
    "TimelineEvent",
    "Verdict",
]
