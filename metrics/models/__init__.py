"""What was measured, when, by which method."""

from metrics.models.events import RepositoryEvent, RepositoryEventKind
from metrics.models.facts import RepositoryFacts
from metrics.models.indicators import Indicator, Metric, RefusalReason
from metrics.models.published import ActivityWindow, MaintainerShare
from metrics.models.snapshots import RepositorySnapshot, SnapshotMethod
from metrics.models.stars import StarWeek

__all__ = [
    "ActivityWindow",
    "Indicator",
    "MaintainerShare",
    "Metric",
    "RefusalReason",
    "RepositoryEvent",
    "RepositoryEventKind",
    "RepositoryFacts",
    "RepositorySnapshot",
    "SnapshotMethod",
    "StarWeek",
]
