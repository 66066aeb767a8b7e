"""Star history: filled back over several nights, then kept up week by week."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from metrics.models import RepositoryFacts, StarWeek
from projects.models import Repository
from projects.models.repositories import RepositoryAvailability
from sources.clients.github import FullName, RateLimitedError, RepositoryProblem
from sources.clients.github.star_history import StarHistoryPage, WeekOfStars
from sources.importers.github.access import Github
from sources.importers.github.claims import claim_batch
from sources.importers.github.findings import Finding
from sources.importers.github.spending import SPENDING, Spent
from sources.importers.github.store import release, store_fates
from sources.models import MetricsRun, RepositoryFetch

CADENCE = timedelta(days=7)
BATCH = 10
# A step ends after so many pages; a long history goes on in the next one.
MOST_PAGES = 20
# A page has 30 weeks: within them the newest page alone keeps a history whole.
PAGE_SPAN = timedelta(weeks=29)


def repositories_to_read(*, now: datetime, most: int) -> list[int]:
    """Return repositories whose star history was not read within a week, those never read first."""
    due = Q(facts__stars_history_at=None) | Q(facts__stars_history_at__lte=now - CADENCE + timedelta(hours=12))
    reachable = Repository.objects.on_github().current().filter(availability=RepositoryAvailability.AVAILABLE)
    ordered = reachable.filter(due).order_by(F("facts__stars_history_at").asc(nulls_first=True), "pk")
    return [pk for pk, _ in ordered.values_list("pk", "facts__stars_history_at")[:most]]


def read_weeks(run: MetricsRun, github: Github) -> datetime | None:
    """Read pages of the next repositories; return when to go on, None if nothing is claimable.

    Every page is stored as it comes. Raises ``TokenRefusedError`` and ``ApiAddressError``.
    """
    fetches = claim_batch(run, now=github.clock(), size=BATCH)
    if not fetches:
        return None
    spent = Spent(github)
    until, pages = github.clock(), 0
    left = list(fetches)
    try:
        while left and pages < MOST_PAGES:
            pages += _read_repository(run, left[0], github, spent)
            left.pop(0)
    except RateLimitedError as error:
        until = error.pause.until
    spent.note(run)
    run.save(update_fields=SPENDING)
    release(left)
    return until


def _read_repository(run: MetricsRun, fetch: RepositoryFetch, github: Github, spent: Spent) -> int:
    """Read one repository's history, on from where an earlier night was cut off; return how many pages it took."""
    name = FullName(*fetch.repository.full_name.split("/", 1))
    facts = RepositoryFacts.objects.filter(pk=fetch.repository_id).first()
    is_whole = facts is not None and facts.stars_history_at is not None
    is_recent = is_whole and github.clock() - facts.stars_history_at < PAGE_SPAN  # type: ignore[operator,union-attr]
    page: int | None = 1 if is_whole else _page_to_go_on_with(run, fetch)
    pages = 0
    finding = Finding(fetch)
    while page is not None:
        found = github.client.read_star_history(name, page=page)
        pages += 1
        if isinstance(found, RepositoryProblem):
            finding.problem = found
            break
        page = None if is_recent else found.next_page
        with transaction.atomic():
            _store_weeks(fetch.repository_id, found)
            _note_page(run, fetch, page)
    finding.is_settled = finding.problem is None
    with transaction.atomic():
        if finding.is_settled:
            _note_whole(fetch.repository_id, github.clock())
        spent.note(run)
        run.save(update_fields=SPENDING)
        store_fates([finding], now=github.clock())
    return pages


def _store_weeks(repository_id: int, page: StarHistoryPage) -> None:
    rows = [_row(repository_id, week, page.observed_at) for week in _each_once(page.weeks)]
    StarWeek.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["repository", "week_on"],
        update_fields=["total", "days", "observed_at"],
    )


def _each_once(weeks: Iterable[WeekOfStars]) -> Iterable[WeekOfStars]:
    return {week.week_on: week for week in weeks}.values()


def _row(repository_id: int, week: WeekOfStars, observed_at: datetime) -> StarWeek:
    days = [max(0, stars) for stars in week.days]
    return StarWeek(
        repository_id=repository_id,
        week_on=week.week_on,
        total=max(0, week.total),
        days=days,
        observed_at=observed_at,
    )


def _note_page(run: MetricsRun, fetch: RepositoryFetch, page: int | None) -> None:
    """Note where to go on, so that a killed worker costs one page."""
    pages = dict(run.pace.get("pages", {}))
    pages.pop(str(fetch.repository_id), None)
    if page is not None:
        pages[str(fetch.repository_id)] = page
    run.pace = run.pace | {"pages": pages}
    run.save(update_fields=["pace"])


def _page_to_go_on_with(run: MetricsRun, fetch: RepositoryFetch) -> int:
    page: int = run.pace.get("pages", {}).get(str(fetch.repository_id), 1)
    return page


def _note_whole(repository_id: int, now: datetime) -> None:
    RepositoryFacts.objects.update_or_create(
        pk=repository_id,
        defaults={"stars_history_at": now},
        create_defaults={"observed_at": now, "stars_history_at": now},
    )
