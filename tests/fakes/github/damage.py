"""Proper GraphQL answers made worse: what GitHub does when a query is too much for it."""

from tests.fakes.github.faults import FaultKind

EXCEEDED = "Resource limits for this query exceeded."


def apply(kind, body):
    """Change ``body`` in place."""
    aliases = list(_aliases(body.get("data") or {}))
    last_third = aliases[-max(len(aliases) // 3, 1) :]
    if kind == FaultKind.RESOURCE_LIMITS:
        for holder, key, path in last_third:
            holder[key] = None
            _fail(body, path)
    elif kind == FaultKind.HISTORY_LIMITS:
        for holder, key, path in last_third:
            if holder[key] and holder[key].get("defaultBranchRef"):
                holder[key]["defaultBranchRef"] = None
                _fail(body, [*path, "defaultBranchRef", "target", "history"])
    elif kind == FaultKind.SHRINK:
        for holder, key, _path in aliases:
            _halve(holder[key])


def _aliases(data):
    """Each repository of an answer: what holds it, under which key, and its path."""
    for key, value in data.items():
        if isinstance(value, list):
            yield from ((value, index, [key, index]) for index in range(len(value)))
        elif key != "rateLimit":
            yield data, key, [key]


def _fail(body, path):
    body.setdefault("errors", []).append({"type": "RESOURCE_LIMITS_EXCEEDED", "path": path, "message": EXCEEDED})


def _halve(node):
    for value in (node or {}).values():
        if isinstance(value, dict) and isinstance(value.get("totalCount"), int):
            value["totalCount"] //= 2
