"""The part of GitHub's schema that the fake answers, and the strict check of a query against it."""

from dataclasses import dataclass

from tests.fakes.github.reader import QueryError, Variable

REQUESTS_PER_POINT = 100
MOST_IDS = 100
MOST_FIRST = 100


@dataclass(frozen=True)
class Field:
    """A field: its type ("" for a scalar), arguments, and what it is to GitHub."""

    type: str = ""
    arguments: frozenset = frozenset()
    is_connection: bool = False
    is_required: bool = False


def _connection(kind, *arguments, is_required=True):
    pages = {"first", "last", "after", "before", "orderBy"}
    return Field(kind, frozenset({*pages, *arguments}), is_connection=True, is_required=is_required)


SCALAR = Field()
TYPES = {
    "Query": {
        "nodes": Field("Node", frozenset({"ids"})),
        "repository": Field("Repository", frozenset({"owner", "name", "followRenames"})),
        "rateLimit": Field("RateLimit", frozenset({"dryRun"})),
    },
    "RateLimit": dict.fromkeys(["cost", "limit", "remaining", "used", "resetAt", "nodeCount"], SCALAR),
    "Node": {"id": SCALAR, "__typename": SCALAR},
    "Repository": {
        **dict.fromkeys(
            [
                "__typename",
                "id",
                "databaseId",
                "nameWithOwner",
                "name",
                "url",
                "description",
                "homepageUrl",
                "createdAt",
                "pushedAt",
                "updatedAt",
                "archivedAt",
                "isArchived",
                "isDisabled",
                "isEmpty",
                "isFork",
                "isMirror",
                "isTemplate",
                "isPrivate",
                "isLocked",
                "visibility",
                "diskUsage",
                "stargazerCount",
                "forkCount",
                "hasDiscussionsEnabled",
            ],
            SCALAR,
        ),
        "issues": _connection("Count", "states"),
        "pullRequests": _connection("Count", "states"),
        "releases": _connection("Count"),
        "discussions": _connection("Count", "states"),
        "watchers": _connection("Count"),
        "stargazers": _connection("Count"),
        "latestRelease": Field("Release"),
        "licenseInfo": Field("License"),
        "primaryLanguage": Field("Language"),
        "languages": _connection("Languages", is_required=False),
        "repositoryTopics": _connection("Topics"),
        "defaultBranchRef": Field("Ref"),
    },
    "Count": {"totalCount": SCALAR},
    "Release": {"tagName": SCALAR, "publishedAt": SCALAR},
    "License": {"spdxId": SCALAR, "key": SCALAR, "name": SCALAR},
    "Language": {"name": SCALAR},
    "Languages": {"totalCount": SCALAR, "totalSize": SCALAR, "edges": Field("LanguageEdge")},
    "LanguageEdge": {"size": SCALAR, "node": Field("Language")},
    "Topics": {"totalCount": SCALAR, "nodes": Field("RepositoryTopic")},
    "RepositoryTopic": {"topic": Field("Topic")},
    "Topic": {"name": SCALAR},
    "Ref": {"name": SCALAR, "target": Field("GitObject")},
    "GitObject": {"oid": SCALAR, "__typename": SCALAR},
    "Commit": {
        "oid": SCALAR,
        "committedDate": SCALAR,
        "history": _connection("Count", "since", "until", "author", "path"),
    },
}
ABSTRACT = {"Node": {"Repository"}, "GitObject": {"Commit"}}


def check(document, variables):
    """Raise ``QueryError`` for what GitHub's own validation refuses."""
    used = set()
    _check_selections(document, document.selections, "Query", [f"query {document.name}".strip()], used)
    for name in sorted(used - set(document.variables)):
        raise QueryError(f"Variable ${name} is used by {document.name} but not declared", code="variableNotDefined")
    for name in sorted(set(document.variables) - used):
        raise QueryError(f"Variable ${name} is declared by {document.name} but not used", code="variableNotUsed")
    for name, kind in document.variables.items():
        if kind.endswith("!") and variables.get(name) is None:
            raise QueryError(f"Variable ${name} of type {kind} was provided invalid value")


def _check_selections(document, selections, kind, path, used):
    for selection in selections:
        if selection.spread:
            fragment = document.fragments.get(selection.spread)
            if fragment is None:
                raise QueryError(f"Fragment {selection.spread} was used, but not defined", code="useAndDefineFragment")
            _check_condition(kind, fragment.condition)
            inner = [f"fragment {selection.spread}"]
            _check_selections(document, fragment.selections, fragment.condition, inner, used)
        elif selection.condition:
            _check_condition(kind, selection.condition)
            _check_selections(document, selection.selections, selection.condition, path, used)
        else:
            _check_field(document, selection, kind, path, used)


def _check_condition(kind, condition):
    if condition != kind and condition not in ABSTRACT.get(kind, ()):
        raise QueryError(f"Fragment on {condition} can't be spread inside {kind}", code="cannotSpreadFragment")


def _check_field(document, selection, kind, path, used):
    field, path = TYPES[kind].get(selection.name), [*path, selection.key]
    if field is None:
        message = f"Field '{selection.name}' doesn't exist on type '{kind}'"
        raise QueryError(message, code="undefinedField", path=path)
    for name, value in selection.arguments.items():
        if name not in field.arguments:
            message = f"Field '{selection.name}' doesn't accept argument '{name}'"
            raise QueryError(message, code="argumentNotAccepted", path=path)
        used |= {value.name} if isinstance(value, Variable) else set()
    if bool(field.type) != bool(selection.selections):
        raise QueryError(f"Field must have selections (field '{selection.name}')", code="selectionMismatch", path=path)
    if field.type:
        _check_selections(document, selection.selections, field.type, path, used)


def cost(document, variables, *, is_every_connection_counted=True):
    """The points of a query: the dearer reading counts connections without ``first`` or ``last``, too."""
    requests = 1 + _requests(document, document.selections, "Query", variables, is_every_connection_counted)
    return max(1, (requests + REQUESTS_PER_POINT // 2) // REQUESTS_PER_POINT)


def repositories_asked(document, variables):
    """How many repositories a query asks for."""
    count = 0
    for selection in document.selections:
        if selection.name == "nodes":
            count += len(argument(selection, "ids", variables) or [])
        count += selection.name == "repository"
    return count


def argument(selection, name, variables, default=None):
    """The value of an argument, its variable looked up."""
    value = selection.arguments.get(name, default)
    return variables.get(value.name, default) if isinstance(value, Variable) else value


def _requests(document, selections, kind, variables, is_every_counted):
    total = 0
    for selection in selections:
        if selection.spread or selection.condition:
            fragment = document.fragments[selection.spread] if selection.spread else selection
            total += _requests(document, fragment.selections, fragment.condition, variables, is_every_counted)
            continue
        field = TYPES[kind][selection.name]
        bound = argument(selection, "first", variables) or argument(selection, "last", variables)
        if field.is_connection and (bound or is_every_counted):
            total += 1
        if field.type:
            times = len(argument(selection, "ids", variables) or []) if selection.name == "nodes" else 1
            times *= bound or 1
            total += times * _requests(document, selection.selections, field.type, variables, is_every_counted)
    return total
