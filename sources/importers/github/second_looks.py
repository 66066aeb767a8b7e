"""What is asked of one repository alone before its answer counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from metrics.models import RepositorySnapshot, SnapshotMethod
from sources.clients.github import (
    Batch,
    FullName,
    ProblemKind,
    RateLimitedError,
    RepositoryAnswer,
    RepositoryProblem,
)
from sources.clients.github.lookups import RepositoryIdentity
from sources.importers.github.access import Github
from sources.importers.github.falls import LEAST_COUNT, unbelieved_falls
from sources.importers.github.findings import Finding

# One step stays short; what is left over is asked in the next.
MOST_LOOKS = 25
# A figure that can never be null and fails again and again is left out, so that the others can be read.
ATTEMPTS_BEFORE_LEAVING_OUT = 3
MOST_LEFT_OUT = 5
# Two repositories do not fall in one night by chance: then small counts of the same batch are doubted too.
SUSPICIOUS_FALLS = 2


def look_again(
    findings: Sequence[Finding], latest: Mapping[int, RepositorySnapshot], *, github: Github, day: date
) -> None:
    """Confirm what is not found, refused in part, or fallen; what a limit cuts off waits for its end.

    The limit can be REST's alone: then the next request to GraphQL would only find the same again.
    """
    looks = 0
    limited_until = None
    least_count = _least_count(findings, latest)
    for finding in findings:
        if not _needs_look(finding, latest, least_count):
            continue
        if limited_until is not None or looks >= MOST_LOOKS:
            finding.forget(until=limited_until)
            continue
        looks += 1
        try:
            _look(finding, github, day)
        except RateLimitedError as error:
            limited_until = error.pause.until
            finding.forget(until=limited_until)


def _least_count(findings: Sequence[Finding], latest: Mapping[int, RepositorySnapshot]) -> int:
    fallen = [finding for finding in findings if _has_fallen(finding, latest, LEAST_COUNT)]
    return 0 if len(fallen) >= SUSPICIOUS_FALLS else LEAST_COUNT


def _has_fallen(finding: Finding, latest: Mapping[int, RepositorySnapshot], least_count: int) -> bool:
    """Tell whether a count fell beyond belief; another repository's counts do not fall, they begin."""
    known, answer = finding.repository.github_id, finding.answer
    if answer is None or (known is not None and answer.database_id is not None and known != answer.database_id):
        return False
    return bool(unbelieved_falls(answer, latest.get(finding.repository.pk), least_count=least_count))


def _needs_look(finding: Finding, latest: Mapping[int, RepositorySnapshot], least_count: int) -> bool:
    if finding.problem is not None:
        return finding.problem.kind == ProblemKind.NOT_FOUND or _is_left_out_next(finding, finding.problem)
    return _has_fallen(finding, latest, least_count)


def _is_left_out_next(finding: Finding, problem: RepositoryProblem) -> bool:
    is_patience_over = not problem.is_transient or finding.fetch.attempts >= ATTEMPTS_BEFORE_LEAVING_OUT
    return bool(problem.field) and is_patience_over and problem.kind != ProblemKind.RATE_LIMITED


def _look(finding: Finding, github: Github, day: date) -> None:
    if finding.answer is not None:
        finding.take(_single(github, github.client.fetch_by_ids([finding.answer.node_id], day=day)))
        finding.method = SnapshotMethod.CONFIRMED
    elif finding.problem is not None and finding.problem.kind == ProblemKind.NOT_FOUND:
        _check_gone(finding, github, day)
    elif finding.problem is not None:
        _leave_out_refused(finding, finding.problem, github, day)


def _check_gone(finding: Finding, github: Github, day: date) -> None:
    """Ask REST by name before a repository counts as gone; what it finds is measured, whoever it is now."""
    owner, _, name = finding.repository.full_name.partition("/")
    found = github.client.look_up_name(FullName(owner, name))
    if isinstance(found, RepositoryIdentity):
        answer = _single(github, github.client.fetch_by_ids([found.node_id], day=day))
        if isinstance(answer, RepositoryProblem) and answer.kind == ProblemKind.NOT_FOUND:
            answer = RepositoryProblem(ProblemKind.UNKNOWN, "REST finds the repository, GraphQL does not.")
        finding.take(answer)
    else:
        finding.take(found)


def _leave_out_refused(finding: Finding, problem: RepositoryProblem, github: Github, day: date) -> None:
    """Ask without the figures that hide the others, one after the other; each is kept as missing with its reason."""
    reasons: dict[str, RepositoryProblem] = {}
    found: RepositoryAnswer | RepositoryProblem = problem
    while isinstance(found, RepositoryProblem) and found.field and found.field not in reasons:
        if len(reasons) == MOST_LEFT_OUT:
            break
        reasons[found.field] = found
        found = _alone(finding, github, day, frozenset(reasons))
    if isinstance(found, RepositoryAnswer):
        found = _with_reasons(found, reasons)
    finding.take(found)


def _alone(
    finding: Finding, github: Github, day: date, without: frozenset[str]
) -> RepositoryAnswer | RepositoryProblem:
    repository = finding.repository
    if repository.node_id:
        return _single(github, github.client.fetch_by_ids([repository.node_id], day=day, without=without))
    owner, _, name = repository.full_name.partition("/")
    return _single(github, github.client.fetch_by_names([FullName(owner, name)], day=day, without=without))


def _with_reasons(answer: RepositoryAnswer, reasons: Mapping[str, RepositoryProblem]) -> RepositoryAnswer:
    """Return the answer with the reason of each figure that was left out."""
    return replace(answer, missing={**answer.missing, **reasons})


def _single(
    github: Github, batch: Batch[str, RepositoryAnswer] | Batch[FullName, RepositoryAnswer]
) -> RepositoryAnswer | RepositoryProblem:
    """Return what a batch of one found. Raises ``RateLimitedError`` if a limit refused it."""
    github.points += batch.cost or 0
    if batch.pause is not None:
        raise RateLimitedError(batch.pause)
    found: list[RepositoryAnswer | RepositoryProblem] = [*batch.answers.values(), *batch.problems.values()]
    return found[0]
