"""Trimmed answers of GitHub, as published and as seen by others."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
TOKEN = "github_pat_11SECRETSECRET_abcdefghijklmnop"
LIMIT_HEADERS = {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4990",
    "x-ratelimit-used": "10",
    "x-ratelimit-reset": "1795314600",
    "x-ratelimit-resource": "graphql",
}


def node(**changes):
    """A repository's node with every field that the core query asks for."""
    return {
        "id": "R_kgDOAAAB",
        "databaseId": 20580498,
        "nameWithOwner": "kubernetes/kubernetes",
        "url": "https://github.com/kubernetes/kubernetes",
        "createdAt": "2014-06-06T22:56:04Z",
        "pushedAt": "2026-11-21T23:59:59Z",
        "updatedAt": "2026-11-21T22:00:00Z",
        "archivedAt": None,
        "isArchived": False,
        "isDisabled": False,
        "isEmpty": False,
        "isFork": False,
        "isPrivate": False,
        "diskUsage": 1234567,
        "stargazerCount": 120000,
        "forkCount": 42000,
        "openIssues": {"totalCount": 1800},
        "closedIssues": {"totalCount": 46000},
        "openPRs": {"totalCount": 750},
        "mergedPRs": {"totalCount": 60000},
        "closedPRs": {"totalCount": 22000},
        "releases": {"totalCount": 800},
        "latestRelease": {"tagName": "v1.35.0", "publishedAt": "2026-11-20T10:00:00Z"},
        "licenseInfo": {"spdxId": "Apache-2.0"},
        "primaryLanguage": {"name": "Go"},
        "languages": {"edges": [{"size": 7000000, "node": {"name": "Go"}}, {"size": 900, "node": {"name": "Shell"}}]},
        "repositoryTopics": {"nodes": [{"topic": {"name": "containers"}}, {"topic": {"name": "cncf"}}]},
        "defaultBranchRef": {
            "name": "master",
            "target": {"committedDate": "2026-11-21T23:58:00Z", "history": {"totalCount": 640}},
        },
        **changes,
    }


def by_ids(*nodes, errors=None, cost=5):
    """The body of an answer to ``fetch_by_ids``."""
    data = {
        "nodes": list(nodes),
        "rateLimit": {"cost": cost, "limit": 5000, "remaining": 4990, "resetAt": "2026-11-22T02:30:00Z"},
    }
    return {"data": data} if errors is None else {"data": data, "errors": errors}


def error(path=None, message="", kind=None, **extensions):
    """One entry of ``errors``."""
    entry = {"message": message}
    if path is not None:
        entry["path"] = path
    if kind is not None:
        entry["type"] = kind
    if extensions:
        entry["extensions"] = extensions
    return entry
