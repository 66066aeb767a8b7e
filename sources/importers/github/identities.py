"""Which repository answered, under which name, and whether it is there: written only where that changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from metrics.models import RepositoryEvent, RepositoryEventKind
from projects.models import Repository, RepositoryName
from projects.models.repositories import RepositoryAvailability
from sources.clients.github import ProblemKind, RepositoryAnswer
from sources.importers.github.findings import Finding

AVAILABILITY_OF_PROBLEM = {
    ProblemKind.NOT_FOUND: RepositoryAvailability.MISSING,
    ProblemKind.BLOCKED_DMCA: RepositoryAvailability.BLOCKED,
    ProblemKind.BLOCKED_TOS: RepositoryAvailability.BLOCKED,
    ProblemKind.FORBIDDEN_SAML: RepositoryAvailability.REFUSED,
    ProblemKind.FORBIDDEN_POLICY: RepositoryAvailability.REFUSED,
    ProblemKind.FORBIDDEN: RepositoryAvailability.REFUSED,
}
GONE = {RepositoryAvailability.MISSING, RepositoryAvailability.BLOCKED}
COLUMNS = [
    "full_name",
    "github_id",
    "node_id",
    "availability",
    "availability_seen_at",
    "is_archived",
    "is_empty",
    "is_disabled",
]
LONGEST_TEXT = 500


def store_identities(findings: Sequence[Finding], *, now: datetime) -> list[RepositoryEvent]:
    """Bring repositories and their names to what was found; return what happened to them.

    ``availability_seen_at`` is when the present availability was first seen.
    """
    taken = _taken_ids(findings)
    events: list[RepositoryEvent] = []
    changed: dict[int, Repository] = {}
    renamed: list[tuple[Repository, str]] = []
    for finding in findings:
        repository = finding.repository
        before = {column: getattr(repository, column) for column in COLUMNS}
        if finding.answer is not None:
            events += _identity_events(repository, finding.answer)
            if _is_renamed(repository, finding.answer):
                renamed.append((repository, finding.answer.full_name))
            _take_answer(repository, finding.answer, taken)
            events += _set_availability(repository, RepositoryAvailability.AVAILABLE, finding.answer.observed_at)
        elif finding.problem is not None and finding.problem.kind in AVAILABILITY_OF_PROBLEM:
            events += _set_availability(repository, AVAILABILITY_OF_PROBLEM[finding.problem.kind], now)
        if any(getattr(repository, column) != value for column, value in before.items()):
            changed[repository.pk] = repository
    _store_names(renamed, now)
    _write(changed.values())
    return events


def _write(changed: Iterable[Repository]) -> None:
    rows = list(changed)
    if rows:
        Repository.objects.bulk_update(rows, COLUMNS)


def _taken_ids(findings: Iterable[Finding]) -> dict[int, int]:
    """Return which repository has each newly learnt number already: two addresses may lead to one repository."""
    learnt = [
        finding.answer.database_id
        for finding in findings
        if finding.answer is not None
        and finding.answer.database_id is not None
        and finding.answer.database_id != finding.repository.github_id
    ]
    if not learnt:
        return {}
    holders = Repository.objects.filter(github_id__in=learnt).values_list("github_id", "pk")
    return {github_id: pk for github_id, pk in holders if github_id is not None}


def _take_answer(repository: Repository, answer: RepositoryAnswer, taken: dict[int, int]) -> None:
    number = answer.database_id
    if number is not None and number != repository.github_id:
        # The second address of one repository is measured too; only the first has the number.
        repository.github_id = number if taken.setdefault(number, repository.pk) == repository.pk else None
    repository.node_id = answer.node_id
    repository.full_name = answer.full_name
    for column in ("is_archived", "is_empty", "is_disabled"):
        value = getattr(answer, column)
        if value is not None:
            setattr(repository, column, value)


def _identity_events(repository: Repository, answer: RepositoryAnswer) -> list[RepositoryEvent]:
    seen = []
    if _is_another(repository, answer):
        before, after = str(repository.github_id or repository.node_id), str(answer.database_id or answer.node_id)
        seen.append((RepositoryEventKind.RECREATED, answer.observed_at, before, after))
    if _is_renamed(repository, answer):
        seen.append((RepositoryEventKind.RENAMED, answer.observed_at, repository.full_name, answer.full_name))
    if answer.is_archived and not repository.is_archived:
        # At the first contact only GitHub's own date says when.
        if answer.archived_at is not None or repository.is_archived is False:
            seen.append((RepositoryEventKind.ARCHIVED, answer.archived_at or answer.observed_at, "", ""))
    elif answer.is_archived is False and repository.is_archived:
        seen.append((RepositoryEventKind.UNARCHIVED, answer.observed_at, "", ""))
    if answer.is_disabled and not repository.is_disabled:
        seen.append((RepositoryEventKind.DISABLED, answer.observed_at, "", ""))
    return [event(repository, kind, at, before=before, after=after) for kind, at, before, after in seen]


def event(
    repository: Repository, kind: RepositoryEventKind, at: datetime, *, before: str = "", after: str = ""
) -> RepositoryEvent:
    """Return the event, its texts cut to what is kept."""
    return RepositoryEvent(
        repository=repository, kind=kind, at=at, before=before[:LONGEST_TEXT], after=after[:LONGEST_TEXT]
    )


def _is_another(repository: Repository, answer: RepositoryAnswer) -> bool:
    """Whether a known address or id now leads to another repository; node ids alone may change their form."""
    if repository.github_id is not None and answer.database_id is not None:
        return repository.github_id != answer.database_id
    return bool(repository.node_id) and repository.node_id != answer.node_id


def _is_renamed(repository: Repository, answer: RepositoryAnswer) -> bool:
    return repository.full_name.lower() != answer.full_name.lower()


def _set_availability(
    repository: Repository, availability: RepositoryAvailability, at: datetime
) -> list[RepositoryEvent]:
    former = RepositoryAvailability(repository.availability)
    if former == availability:
        return []
    repository.availability, repository.availability_seen_at = availability, at
    if availability == RepositoryAvailability.AVAILABLE:
        return [event(repository, RepositoryEventKind.RETURNED, at)] if former in GONE else []
    kinds = {
        RepositoryAvailability.MISSING: RepositoryEventKind.MISSING,
        RepositoryAvailability.BLOCKED: RepositoryEventKind.BLOCKED,
    }
    return [event(repository, kinds[availability], at)] if availability in kinds else []


def _store_names(renamed: Sequence[tuple[Repository, str]], now: datetime) -> None:
    """End the names GitHub gave before, begin the new ones. The name on the card is the card's to keep."""
    if not renamed:
        return
    ids = [repository.pk for repository, _ in renamed]
    open_names = list(RepositoryName.objects.filter(repository_id__in=ids, last_seen_at=None))
    known = {(name.repository_id, name.full_name.lower()) for name in open_names}
    on_cards = {repository.pk: repository.url.lower() for repository, _ in renamed}
    left = [name for name in open_names if not on_cards[name.repository_id].endswith(f"/{name.full_name.lower()}")]
    for name in left:
        name.last_seen_at = now
    RepositoryName.objects.bulk_update(left, ["last_seen_at"])
    begun = [
        RepositoryName(repository=repository, full_name=full_name, first_seen_at=now)
        for repository, full_name in renamed
        if (repository.pk, full_name.lower()) not in known
    ]
    RepositoryName.objects.bulk_create(begun, ignore_conflicts=True)
