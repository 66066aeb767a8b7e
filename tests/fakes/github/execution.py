"""Running a checked query over the world: data and errors, as GitHub gives both."""

from datetime import UTC, datetime, time

from tests.fakes.github.schema import MOST_FIRST, MOST_IDS, TYPES, argument
from tests.fakes.github.world import Refusal

POLICY = (
    "The '{owner}' organization forbids access via a fine-grained personal access tokens if the token's lifetime is "
    "greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings"
)


class NulledError(Exception):
    """A field that can never be null failed, so what holds it is null."""


class Execution:
    """One query being answered on one day; ``errors`` fills while ``run`` builds the data."""

    def __init__(self, world, document, variables, *, day, budget):
        self._world = world
        self._document = document
        self._variables = variables
        self._day = day
        self._budget = budget
        self.errors = []

    def run(self):
        return self._fields(self._document.selections, "Query", None, [])

    def _fields(self, selections, kind, value, path):
        data = {}
        for selection in selections:
            if selection.spread or selection.condition:
                fragment = self._document.fragments[selection.spread] if selection.spread else selection
                data |= self._fields(fragment.selections, fragment.condition, value, path)
            else:
                data[selection.key] = self._field(selection, kind, value, [*path, selection.key])
        return data

    def _field(self, selection, kind, value, path):
        if kind == "Query":
            return self._root(selection, path)
        field = TYPES[kind][selection.name]
        found = value(selection, path) if callable(value) else value.get(selection.name)
        return self._complete(selection, field, found, path)

    def _complete(self, selection, field, found, path):
        if found is None or not field.type:
            return found
        if isinstance(found, list):
            return [self._fields(selection.selections, field.type, each, path) for each in found]
        return self._fields(selection.selections, field.type, found, path)

    def _root(self, selection, path):
        if selection.name == "rateLimit":
            return self._fields(selection.selections, "RateLimit", self._budget, path)
        if selection.name == "repository":
            owner = argument(selection, "owner", self._variables)
            name = argument(selection, "name", self._variables)
            follow = argument(selection, "followRenames", self._variables, default=True)
            missing = f"Could not resolve to a Repository with the name '{owner}/{name}'."
            return self._repository(selection, self._world.named(f"{owner}/{name}", follow=follow), path, missing)
        return [
            self._repository(
                selection,
                self._world.of_node(node_id),
                [*path, index],
                f"Could not resolve to a node with the global id of '{node_id}'",
            )
            for index, node_id in enumerate(argument(selection, "ids", self._variables))
        ]

    def _repository(self, selection, repository, path, missing):
        if repository is None or not repository.is_shown():
            self._refuse(repository, path, missing)
            return None
        figures = repository_node(self, repository)
        try:
            return self._fields(selection.selections, "Repository", figures, path)
        except NulledError:
            return None

    def _refuse(self, repository, path, missing):
        refusal = repository.refusal if repository else Refusal.MISSING
        if refusal == Refusal.SAML:
            message = (
                "Resource protected by organization SAML enforcement. "
                "You must grant your Personal Access token access to this organization."
            )
            self.fail(path, message, "FORBIDDEN", extensions={"saml_failure": True})
        elif refusal == Refusal.POLICY:
            self.fail(path, POLICY.format(owner=repository.owner), "FORBIDDEN", extensions={"saml_failure": False})
        elif refusal == Refusal.TOS:
            self.fail(path, "Repository access blocked", "FORBIDDEN")
        else:
            # How GraphQL tells a DMCA block is not published: here only REST does.
            self.fail(path, missing, "NOT_FOUND")

    def fail(self, path, message, kind, **more):
        self.errors.append({"type": kind, "path": path, "locations": [], "message": message, **more})

    def connection(self, repository, selection, path, values):
        """The value of a connection, or an error that nulls its repository."""
        if selection.name in repository.hidden:
            self.fail(path, "Resource not accessible by personal access token", "FORBIDDEN")
            raise NulledError
        first = argument(selection, "first", self._variables) or argument(selection, "last", self._variables)
        is_listed = any(inner.name in {"nodes", "edges"} for inner in selection.selections)
        if is_listed and not first:
            message = (
                f"You must provide a `first` or `last` value to properly paginate the `{selection.name}` connection."
            )
            self.fail(path, message, "MISSING_PAGINATION_BOUNDARIES")
            raise NulledError
        if first and first > MOST_FIRST:
            message = f"Requesting {first} records on the `{selection.name}` connection exceeds the `first` limit of 100 records."
            self.fail(path, message, "EXCESSIVE_PAGINATION")
            raise NulledError
        return {key: each[:first] if isinstance(each, list) else each for key, each in values.items()}

    def history(self, repository, selection):
        """Commits of the default branch between ``since`` and ``until``; all of them without."""
        since = argument(selection, "since", self._variables)
        until = argument(selection, "until", self._variables)
        begins = datetime.fromisoformat(since) if since else datetime.combine(repository.created_on, time(), UTC)
        ends = datetime.fromisoformat(until) if until else datetime.combine(self._day, time(23, 59), UTC)
        return {"totalCount": self._world.commits(repository, begins, ends)}

    def truth(self, repository):
        return self._world.truth(repository, self._day)

    @property
    def day(self):
        return self._day

    def states(self, selection):
        return argument(selection, "states", self._variables)


def argument_limit(document, variables):
    """The error for more ids than GitHub takes, or None."""
    for selection in document.selections:
        ids = argument(selection, "ids", variables) or []
        if len(ids) > MOST_IDS:
            message = f"You may not provide more than 100 node ids; you provided {len(ids)}."
            return {"type": "ARGUMENT_LIMIT", "path": ["nodes"], "message": message}
    return None


def repository_node(execution, repository):
    """A resolver of one repository's fields."""
    truth = execution.truth(repository)
    midnight = f"{execution.day:%Y-%m-%d}T00:00:00Z"
    plain = {
        "__typename": "Repository",
        "id": repository.node_id,
        "databaseId": repository.database_id,
        "nameWithOwner": repository.full_name,
        "name": repository.name,
        "url": f"https://github.com/{repository.full_name}",
        "description": None,
        "homepageUrl": "",
        "createdAt": f"{repository.created_on:%Y-%m-%d}T10:00:00Z",
        "pushedAt": None if repository.is_empty else midnight,
        "updatedAt": midnight,
        "archivedAt": f"{repository.archived_at:%Y-%m-%dT%H:%M:%SZ}" if repository.archived_at else None,
        "isArchived": repository.is_archived,
        "isDisabled": repository.is_disabled,
        "isEmpty": repository.is_empty,
        "isFork": False,
        "isMirror": False,
        "isTemplate": False,
        "isPrivate": False,
        "isLocked": False,
        "visibility": "PUBLIC",
        "diskUsage": 0 if repository.is_empty else 100 + repository.final_stars,
        "stargazerCount": truth["stars"],
        "forkCount": truth["forks"],
        "hasDiscussionsEnabled": False,
        "latestRelease": _release(truth["releases"], midnight),
        "licenseInfo": {"spdxId": repository.license_spdx} if repository.license_spdx else None,
        "primaryLanguage": None if repository.is_empty else {"name": repository.language},
    }
    connections = {
        "releases": lambda _: truth["releases"],
        "discussions": lambda _: 0,
        "watchers": lambda _: truth["watchers"],
        "stargazers": lambda _: truth["stars"],
        "issues": lambda states: _by_states(states, {"OPEN": truth["open_issues"], "CLOSED": truth["closed_issues"]}),
        "pullRequests": lambda states: _by_states(
            states,
            {
                "OPEN": truth["open_pull_requests"],
                "MERGED": truth["merged_pull_requests"],
                "CLOSED": truth["closed_pull_requests"],
            },
        ),
    }

    def resolve(selection, path):
        name = selection.name
        if name in connections:
            count = connections[name](execution.states(selection))
            return execution.connection(repository, selection, path, {"totalCount": count})
        if name == "languages":
            return execution.connection(repository, selection, path, _languages(repository))
        if name == "repositoryTopics":
            nodes = [{"topic": {"name": topic}} for topic in repository.topics]
            return execution.connection(repository, selection, path, {"totalCount": len(nodes), "nodes": nodes})
        if name == "defaultBranchRef":
            return None if repository.is_empty else {"name": "main", "target": _commit(execution, repository, midnight)}
        return plain[name]

    return resolve


def _commit(execution, repository, midnight):
    def resolve(selection, path):
        if selection.name == "history":
            count = repository.fixed.get("commits_30d")
            values = execution.history(repository, selection) if count is None else {"totalCount": count}
            return execution.connection(repository, selection, path, values)
        return {"oid": f"{repository.database_id:040x}", "committedDate": midnight}[selection.name]

    return resolve


def _languages(repository):
    edges = (
        [] if repository.is_empty else [{"size": 1000 + repository.final_stars, "node": {"name": repository.language}}]
    )
    return {"totalCount": len(edges), "totalSize": sum(edge["size"] for edge in edges), "edges": edges}


def _release(releases, midnight):
    return {"tagName": f"v1.{releases}.0", "publishedAt": midnight} if releases else None


def _by_states(states, counts):
    asked = [states] if isinstance(states, str) else states or counts
    return sum(counts[state] for state in asked)
