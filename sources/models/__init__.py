"""The log of runs: what was read from outside, when, with which result."""

from sources.models.content import ContentEntry
from sources.models.imports import ImportNotice, ImportRun, RunStatus
from sources.models.metrics_runs import FetchState, MetricsRun, RepositoryFetch, RunKind
from sources.models.run_reasons import RunReason

__all__ = [
    "ContentEntry",
    "FetchState",
    "ImportNotice",
    "ImportRun",
    "MetricsRun",
    "RepositoryFetch",
    "RunKind",
    "RunReason",
    "RunStatus",
]
