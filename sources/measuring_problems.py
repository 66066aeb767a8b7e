"""Which repositories a run could not measure, and why."""

from collections import Counter

from django.db.models import Count, QuerySet

from sources.models import FetchState, MetricsRun, RepositoryFetch


def problem_counts(run: MetricsRun) -> Counter[str]:
    """Count a run's repositories by the problem they met; one query."""
    rows = run.fetches.filter(state=FetchState.PROBLEM).order_by().values_list("problem")
    return Counter(dict(rows.annotate(number=Count("pk"))))


def problems(run: MetricsRun, kind: str = "") -> QuerySet[RepositoryFetch]:
    """Return the repositories that a run could not measure, by problem and name."""
    found = run.fetches.filter(state=FetchState.PROBLEM).select_related("repository")
    return (found.filter(problem=kind) if kind else found).order_by("problem", "repository__full_name", "pk")
