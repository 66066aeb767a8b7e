"""What a repository is, as GitHub last said, and the changes since the reading before."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from metrics.models import RepositoryEvent, RepositoryEventKind, RepositoryFacts
from sources.clients.github import RepositoryAnswer
from sources.importers.github.findings import Finding
from sources.importers.github.identities import event

# Facts of the nightly answer; None means that GitHub did not say, and what was known stays.
PLAIN = ("license_spdx", "primary_language", "default_branch", "size_kb", "created_at", "pushed_at", "is_fork")
COLUMNS = [
    "observed_at",
    *PLAIN,
    "languages",
    "topics",
    "archived_at",
    "latest_release_tag",
    "latest_release_at",
]


def store_facts(findings: Iterable[Finding], *, anew: Collection[int] = ()) -> list[RepositoryEvent]:
    """Bring the facts to what was found; return the changes of licence and topics, and new releases. Two queries.

    ``anew`` are repositories whose address leads to another one now: its facts are no changes, and what the slower
    runs knew of the former one is forgotten, with one more query.
    """
    answered = [(finding, finding.answer) for finding in findings if finding.answer is not None]
    known = RepositoryFacts.objects.in_bulk([finding.repository.pk for finding, _ in answered])
    rows: list[RepositoryFacts] = []
    events: list[RepositoryEvent] = []
    for finding, answer in answered:
        former = known.get(finding.repository.pk)
        if former is not None and finding.repository.pk not in anew:
            events += _changes(finding, former, answer)
            events += _release(finding, former, answer)
        rows.append(_facts(former or RepositoryFacts(repository=finding.repository), answer))
    RepositoryFacts.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["repository"], update_fields=COLUMNS
    )
    if anew:
        RepositoryFacts.objects.filter(pk__in=anew).update(
            contributors=None, contributors_at=None, contributors_missing="", stars_history_at=None
        )
    return events


def _facts(facts: RepositoryFacts, answer: RepositoryAnswer) -> RepositoryFacts:
    said: dict[str, Any] = {name: getattr(answer, name) for name in PLAIN}
    if answer.languages is not None:
        said["languages"] = [{"name": used.name, "size_bytes": used.size_bytes} for used in answer.languages]
    if answer.topics is not None:
        said["topics"] = sorted(answer.topics)
    for name, value in said.items():
        if value is not None:
            setattr(facts, name, value)
    facts.archived_at = answer.archived_at
    if "latest_release" not in answer.missing:
        release = answer.latest_release
        facts.latest_release_tag = release.tag[:300] if release else ""
        facts.latest_release_at = release.published_at if release else None
    facts.observed_at = answer.observed_at
    return facts


def _release(finding: Finding, former: RepositoryFacts, answer: RepositoryAnswer) -> Sequence[RepositoryEvent]:
    """Give the newest release if another one was the newest before; of several in one day only the last is seen."""
    release = answer.latest_release
    if "latest_release" in answer.missing or release is None or former.latest_release_tag == release.tag[:300]:
        return []
    at = release.published_at or answer.observed_at
    return [
        event(finding.repository, RepositoryEventKind.RELEASED, at, before=former.latest_release_tag, after=release.tag)
    ]


def _changes(finding: Finding, former: RepositoryFacts, answer: RepositoryAnswer) -> Sequence[RepositoryEvent]:
    changes = []
    before, after = former.license_spdx, answer.license_spdx
    if before is not None and after is not None and before != after:
        changes.append((RepositoryEventKind.RELICENSED, before, after))
    if answer.topics is not None and former.topics is not None and set(answer.topics) != set(former.topics):
        changes.append((RepositoryEventKind.TOPICS, ", ".join(former.topics), ", ".join(sorted(answer.topics))))
    return [
        event(finding.repository, kind, answer.observed_at, before=before, after=after)
        for kind, before, after in changes
    ]
