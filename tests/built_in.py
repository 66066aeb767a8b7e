"""The built-in data with a few measured nights, as a reader finds a fresh install on its second day."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from metrics.indicators.recompute import recompute
from metrics.models import RepositorySnapshot
from projects.models import ItemRepository, Repository
from sources.importers.content_load import load_content

NIGHTS = 100
MEASURED = ("kubernetes", "prometheus", "envoy", "cilium", "istio", "linkerd", "argo", "flux", "helm", "dapr", "vault")


def load_built_in_site() -> date:
    """Load content/ and measure some of its repositories on each of the last nights; returns the newest day, UTC."""
    now = timezone.now()
    load_content(settings.BASE_DIR / "content", now=now)
    measure_nights(now.date())
    recompute(now.date())
    return now.date()


def measure_nights(last: date) -> None:
    links = ItemRepository.objects.filter(item__slug__in=MEASURED, is_primary=True, is_current=True)
    repositories = Repository.objects.filter(pk__in=links.values("repository")).order_by("pk")
    RepositorySnapshot.objects.bulk_create(
        snapshot(repository, last - timedelta(days=NIGHTS - 1 - night), night, base=1000 * (rank + 1))
        for rank, repository in enumerate(repositories)
        for night in range(NIGHTS)
    )


def snapshot(repository: Repository, day: date, night: int, *, base: int) -> RepositorySnapshot:
    at = datetime.combine(day, time(2, 30), UTC)
    return RepositorySnapshot(
        repository=repository, day=day, observed_at=at, method="graphql",
        stars=base + 10 * night, forks=base // 5, open_issues=40, closed_issues=400 + night, open_pull_requests=9,
        merged_pull_requests=300 + 2 * night, closed_pull_requests=50, releases=12 + night // 20, commits_30d=80 + night,
        contributors=base // 10,
    )  # fmt: skip
