"""Reading one repository's node of a GraphQL answer, with a reason for whatever it lacks."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sources.clients.github.answers import UNRECOGNISED_LICENSE, LanguageSize, LatestRelease, RepositoryAnswer
from sources.clients.github.problems import ProblemKind, RepositoryProblem
from sources.clients.github.queries import FIGURES

# A figure's name where its field in the query is called otherwise.
FIGURE_OF_FIELD = {part.split("{")[0].split("(")[0].split(":")[0].strip(): name for name, part in FIGURES.items()}


def figure_of(field: str) -> str:
    """Return the name of the figure that a field of the query gives; the field itself if it gives none."""
    return FIGURE_OF_FIELD.get(field, field)


def read_answer(
    node: Mapping[str, Any],
    *,
    refused: Mapping[str, RepositoryProblem],
    observed_at: datetime,
    without: Collection[str] = (),
) -> RepositoryAnswer | RepositoryProblem:
    """Return the figures of ``node``; ``refused`` holds the errors about its fields, ``without`` what was not asked for.

    A node without id and name is no repository: a problem.
    """
    if not isinstance(node.get("id"), str) or not isinstance(node.get("nameWithOwner"), str):
        return RepositoryProblem(ProblemKind.MALFORMED, "The answer is no repository.")
    reader = _Reader(node, refused, without)
    branch = reader.branch()
    return RepositoryAnswer(
        node_id=node["id"],
        database_id=_whole(node.get("databaseId")),
        full_name=node["nameWithOwner"],
        url=_text(node.get("url")) or "",
        observed_at=observed_at,
        created_at=_instant(node.get("createdAt")),
        pushed_at=_instant(node.get("pushedAt")),
        updated_at=_instant(node.get("updatedAt")),
        archived_at=_instant(node.get("archivedAt")),
        is_archived=_flag(node.get("isArchived")),
        is_disabled=_flag(node.get("isDisabled")),
        is_empty=_flag(node.get("isEmpty")),
        is_fork=_flag(node.get("isFork")),
        is_private=_flag(node.get("isPrivate")),
        size_kb=_whole(node.get("diskUsage")),
        stars=reader.count("stars", "stargazerCount"),
        forks=reader.count("forks", "forkCount"),
        open_issues=reader.count("open_issues", "openIssues", "totalCount"),
        closed_issues=reader.count("closed_issues", "closedIssues", "totalCount"),
        open_pull_requests=reader.count("open_pull_requests", "openPRs", "totalCount"),
        merged_pull_requests=reader.count("merged_pull_requests", "mergedPRs", "totalCount"),
        closed_pull_requests=reader.count("closed_pull_requests", "closedPRs", "totalCount"),
        releases=reader.count("releases", "releases", "totalCount"),
        latest_release=reader.latest_release(),
        license_spdx=reader.license_spdx(),
        primary_language=reader.primary_language(),
        languages=reader.languages(),
        topics=reader.topics(),
        default_branch=_text(branch.get("name")),
        head_committed_at=_instant(_step(branch, "target", "committedDate")),
        commits_30d=reader.commits_30d(branch),
        missing=reader.missing,
    )


class _Reader:
    """Takes figures out of one node and notes why it lacks some."""

    def __init__(
        self, node: Mapping[str, Any], refused: Mapping[str, RepositoryProblem], without: Collection[str]
    ) -> None:
        self._node = node
        self._refused = refused
        self._without = without
        self.missing: dict[str, RepositoryProblem] = {}

    def count(self, figure: str, *path: str) -> int | None:
        found = _whole(_step(self._node, *path))
        if found is None:
            self._lacks(figure, path[0])
        return found

    def latest_release(self) -> LatestRelease | None:
        """Return the latest release; None with no reason noted if GitHub says that there is none."""
        release = self._node.get("latestRelease")
        if isinstance(release, dict) and isinstance(release.get("tagName"), str):
            return LatestRelease(release["tagName"], _instant(release.get("publishedAt")))
        if "latestRelease" in self._refused or "latestRelease" not in self._node:
            self._lacks("latest_release", "latestRelease")
        return None

    def license_spdx(self) -> str | None:
        if "licenseInfo" in self._refused or "licenseInfo" not in self._node:
            self._lacks("license_spdx", "licenseInfo")
            return None
        if self._node["licenseInfo"] is None:
            return ""
        return _text(_step(self._node, "licenseInfo", "spdxId")) or UNRECOGNISED_LICENSE

    def primary_language(self) -> str | None:
        """Return the language, "" if GitHub finds none."""
        if "primaryLanguage" in self._refused or "primaryLanguage" not in self._node:
            self._lacks("primary_language", "primaryLanguage")
            return None
        return _text(_step(self._node, "primaryLanguage", "name")) or ""

    def languages(self) -> tuple[LanguageSize, ...] | None:
        edges = _step(self._node, "languages", "edges")
        if not isinstance(edges, list):
            self._lacks("languages", "languages")
            return None
        pairs = ((_text(_step(edge, "node", "name")), _whole(_step(edge, "size"))) for edge in edges)
        return tuple(LanguageSize(name, size) for name, size in pairs if name and size is not None)

    def topics(self) -> tuple[str, ...] | None:
        nodes = _step(self._node, "repositoryTopics", "nodes")
        if not isinstance(nodes, list):
            self._lacks("topics", "repositoryTopics")
            return None
        return tuple(name for node in nodes if (name := _text(_step(node, "topic", "name"))))

    def branch(self) -> Mapping[str, Any]:
        branch = self._node.get("defaultBranchRef")
        return branch if isinstance(branch, dict) else {}

    def commits_30d(self, branch: Mapping[str, Any]) -> int | None:
        found = _whole(_step(branch, "target", "history", "totalCount"))
        if found is None:
            self._lacks("commits_30d", "defaultBranchRef")
        return found

    def _lacks(self, figure: str, field: str) -> None:
        """Note why ``figure`` is unknown; one that was not asked for is no gap."""
        if figure in self._without:
            return
        if field in self._refused:
            self.missing[figure] = self._refused[field]
        elif figure == "commits_30d" and self._node.get("isEmpty") is True:
            self.missing[figure] = RepositoryProblem(ProblemKind.EMPTY, "The repository is empty.")
        else:
            self.missing[figure] = RepositoryProblem(ProblemKind.UNKNOWN, f"GitHub gave no {field}.", is_stated=False)


def _step(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _instant(value: Any) -> datetime | None:
    """Return an instant such as ``2026-11-22T10:00:00Z`` in UTC."""
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return instant.astimezone(UTC) if instant.tzinfo else None
