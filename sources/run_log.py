"""The log of runs as pages read it."""

from collections import Counter
from pathlib import PurePath

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from sources.models import ImportNotice, ImportRun, RunStatus

# What an import counts, in words; a count without a word shows under its own name.
COUNT_LABELS = {
    "items": _("items"),
    "periods": _("periods"),
    "changes": _("changes"),
    "versions": _("versions"),
    "unreadable": _("unreadable"),
    "organizations": _("organizations"),
    "repositories": _("repositories"),
    "notices": _("notices"),
}


def labelled_counts(run: ImportRun) -> list[tuple[str, int]]:
    """Return what a run counted, each count with its name in the reader's language."""
    return [(str(COUNT_LABELS.get(name, name)), count) for name, count in run.counts.items()]


def public_source(source: str) -> str:
    """Return a run's source as strangers may see it: of a path on the server only the last part."""
    return source if "://" in source else PurePath(source).name or source


def recent_runs(most: int) -> list[ImportRun]:
    """Return the last imports, newest first, and however many failed since, the last one that succeeded."""
    runs = ImportRun.objects.order_by("-started_at", "-pk")
    newest = list(runs[:most])
    if len(newest) == most and all(run.status != RunStatus.DONE for run in newest):
        newest += runs.filter(status=RunStatus.DONE)[:1]
    return newest


def notices(kind: str = "") -> QuerySet[ImportNotice]:
    """Return what imports met and survived, the commonest first; of one kind, or "" for all."""
    met = ImportNotice.objects.order_by("kind", "-count", "subject", "pk")
    return met.filter(kind=kind) if kind else met


def notice_counts() -> Counter[str]:
    """Count the notices by kind; one query."""
    return Counter(dict(ImportNotice.objects.order_by().values_list("kind").annotate(n=Count("pk"))))
