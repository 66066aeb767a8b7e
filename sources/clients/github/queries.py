"""The GraphQL queries, and what they cost by the dearer reading of the rule.

https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

import re
from collections.abc import Collection
from functools import cache

# Figure -> its part of the query. Those on connections can be left out when GitHub refuses them: they
# can never be null, so that a refusal of one hides the whole repository.
FIGURES = {
    "stars": "stargazerCount",
    "forks": "forkCount",
    "open_issues": "openIssues: issues(states: OPEN) { totalCount }",
    "closed_issues": "closedIssues: issues(states: CLOSED) { totalCount }",
    "open_pull_requests": "openPRs: pullRequests(states: OPEN) { totalCount }",
    "merged_pull_requests": "mergedPRs: pullRequests(states: MERGED) { totalCount }",
    "closed_pull_requests": "closedPRs: pullRequests(states: CLOSED) { totalCount }",
    "releases": "releases { totalCount }",
    "latest_release": "latestRelease { tagName publishedAt }",
    "license_spdx": "licenseInfo { spdxId }",
    "primary_language": "primaryLanguage { name }",
    "languages": ("languages(first: 10, orderBy: {field: SIZE, direction: DESC}) { edges { size node { name } } }"),
    "topics": "repositoryTopics(first: 20) { nodes { topic { name } } }",
    "commits_30d": (
        "defaultBranchRef { name target { ... on Commit { committedDate"
        " history(since: $since, until: $until) { totalCount } } } }"
    ),
}
IDENTITY = (
    "id databaseId nameWithOwner url createdAt pushedAt updatedAt archivedAt"
    " isArchived isDisabled isEmpty isFork isPrivate diskUsage"
)
# What is left to ask of the branch without its history.
BRANCH = "defaultBranchRef { name target { ... on Commit { committedDate } } }"
WINDOW = "$since: GitTimestamp!, $until: GitTimestamp!"
BUDGET = "rateLimit { cost limit remaining resetAt }"
# Connections of the schema that the queries use; each counts one request for each repository.
CONNECTIONS = re.compile(
    r"\b(?:issues|pullRequests|releases|languages|repositoryTopics|history|watchers)\s*(?:\([^)]*\))?\s*\{"
)
REQUESTS_PER_POINT = 100


@cache
def by_ids(without: frozenset[str] = frozenset()) -> str:
    """Return the core query for ``$ids``; ``without`` names figures to leave out."""
    return (
        f"query RepositoriesById($ids: [ID!]!{_window(without)}) {{\n"
        f"  nodes(ids: $ids) {{ ...Figures }}\n  {BUDGET}\n}}\n{_fragment(without)}"
    )


@cache
def by_names(count: int, without: frozenset[str] = frozenset()) -> str:
    """Return the core query for ``count`` repositories named by the variables ``$o0, $n0, $o1, …``, aliased ``r0, …``."""
    variables = ", ".join(f"$o{index}: String!, $n{index}: String!" for index in range(count))
    aliases = "\n".join(
        f"  r{index}: repository(owner: $o{index}, name: $n{index}) {{ ...Figures }}" for index in range(count)
    )
    return (
        f"query RepositoriesByName({variables}{_window(without)}) {{\n{aliases}\n  {BUDGET}\n}}\n{_fragment(without)}"
    )


def watchers_by_ids() -> str:
    """Return the query for the watchers of ``$ids``, apart because GitHub may refuse them."""
    return (
        f"query WatchersById($ids: [ID!]!) {{\n  nodes(ids: $ids) {{ ...Watchers }}\n  {BUDGET}\n}}\n"
        "fragment Watchers on Repository { id watchers { totalCount } }\n"
    )


def query_cost(query: str, *, repositories: int) -> int:
    """Return the points of a query over ``repositories``, every connection counted, at least 1.

    GitHub adds up one request for each connection of each repository, divides by 100 and rounds. Whether
    connections without ``first`` or ``last`` count is not settled; here they do.
    """
    requests = 1 + repositories * len(CONNECTIONS.findall(query))
    return max(1, (requests + REQUESTS_PER_POINT // 2) // REQUESTS_PER_POINT)


def _window(without: Collection[str]) -> str:
    return "" if "commits_30d" in without else f", {WINDOW}"


def _fragment(without: Collection[str]) -> str:
    parts = [part for figure, part in FIGURES.items() if figure not in without]
    if "commits_30d" in without:
        parts.append(BRANCH)
    lines = "\n  ".join(parts)
    return f"fragment Figures on Repository {{\n  {IDENTITY}\n  {lines}\n}}\n"
