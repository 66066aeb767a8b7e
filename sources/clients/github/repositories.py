"""The core query for one batch of repositories, judged alias by alias."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

import httpx

from sources.clients.github import queries
from sources.clients.github.answers import Answer, Batch, FullName, Key, RepositoryAnswer
from sources.clients.github.errors import (
    AnswerTimeoutError,
    ApiAddressError,
    NoAnswerError,
    RateLimitedError,
    TokenRefusedError,
)
from sources.clients.github.figures import figure_of, read_answer
from sources.clients.github.judging import Verdicts, read_errors, whole_failure
from sources.clients.github.problems import ProblemKind, RepositoryProblem
from sources.clients.github.transport import Reply, Transport

COMMIT_WINDOW = timedelta(days=30)

Parsed = TypeVar("Parsed")
Path = tuple[str | int, ...]
Reader = Callable[[Mapping[str, Any], Mapping[str, RepositoryProblem], datetime], Parsed | RepositoryProblem]


def fetch_by_ids(
    transport: Transport, node_ids: Sequence[str], *, day: date, without: Collection[str] = ()
) -> Batch[str, RepositoryAnswer]:
    """Return the figures of at most 100 repositories by node id, whatever they are called now.

    ``day`` (UTC) ends the 30 days of commits at its midnight; ``without`` names figures not to ask for.
    Raises ``TokenRefusedError`` and ``ApiAddressError``; everything else is in the batch.
    """
    ids = list(dict.fromkeys(node_ids))
    query = queries.by_ids(frozenset(without))
    variables = {"ids": ids, **_window(day, without)}
    paths: dict[str, Path] = {node_id: ("nodes", index) for index, node_id in enumerate(ids)}
    return _fetch(transport, query, variables, paths, _figures_reader(without))


def fetch_by_names(
    transport: Transport, names: Sequence[FullName], *, day: date, without: Collection[str] = ()
) -> Batch[FullName, RepositoryAnswer]:
    """Return the figures of repositories by name, following renames: ``full_name`` may differ from the name asked.

    Arguments and errors as of ``fetch_by_ids``.
    """
    asked = list(dict.fromkeys(names))
    query = queries.by_names(len(asked), frozenset(without))
    variables = _window(day, without)
    for index, full_name in enumerate(asked):
        variables |= {f"o{index}": full_name.owner, f"n{index}": full_name.name}
    paths: dict[FullName, Path] = {full_name: (f"r{index}",) for index, full_name in enumerate(asked)}
    return _fetch(transport, query, variables, paths, _figures_reader(without))


def fetch_watchers(transport: Transport, node_ids: Sequence[str]) -> Batch[str, int]:
    """Return how many watch each of at most 100 repositories; errors as of ``fetch_by_ids``."""
    ids = list(dict.fromkeys(node_ids))
    paths: dict[str, Path] = {node_id: ("nodes", index) for index, node_id in enumerate(ids)}
    return _fetch(transport, queries.watchers_by_ids(), {"ids": ids}, paths, _read_watchers)


def _window(day: date, without: Collection[str]) -> dict[str, Any]:
    """Return the 30 days before the day's midnight, so that the time of a run makes no difference."""
    if "commits_30d" in without:
        return {}
    until = datetime.combine(day, time(), UTC)
    return {"since": f"{until - COMMIT_WINDOW:%Y-%m-%dT%H:%M:%SZ}", "until": f"{until:%Y-%m-%dT%H:%M:%SZ}"}


def _fetch(
    transport: Transport, query: str, variables: Mapping[str, Any], paths: Mapping[Key, Path], read: Reader[Answer]
) -> Batch[Key, Answer]:
    if not paths:
        return Batch({}, {}, transport.clock(), is_sent=False)
    try:
        reply = transport.post_query(query, variables)
    except RateLimitedError as error:
        problem = RepositoryProblem(ProblemKind.RATE_LIMITED, str(error))
        return Batch({}, dict.fromkeys(paths, problem), transport.clock(), pause=error.pause, is_sent=False)
    except NoAnswerError as error:
        kind = ProblemKind.TIMEOUT if isinstance(error, AnswerTimeoutError) else ProblemKind.UNREACHABLE
        return Batch({}, dict.fromkeys(paths, RepositoryProblem(kind, str(error))), transport.clock())
    _stop_if_refused(transport, reply)
    failure = whole_failure(reply)
    if failure is not None:
        answers: dict[Key, Answer] = {}
        problems: dict[Key, RepositoryProblem] = dict.fromkeys(paths, failure)
    else:
        answers, problems = _judge(reply, paths, read)
    return Batch(answers, problems, reply.received_at, cost=_cost(reply.body), limits=reply.limits, pause=reply.refusal)


def _stop_if_refused(transport: Transport, reply: Reply) -> None:
    """Raise what no other batch would fare better with."""
    if reply.refusal is None and reply.status == httpx.codes.FORBIDDEN and isinstance(reply.body, dict):
        raise TokenRefusedError(reply.message)
    if reply.status == httpx.codes.NOT_FOUND or httpx.codes.is_redirect(reply.status):
        raise ApiAddressError(f"There is no GraphQL at '{transport.address.graphql}' (status {reply.status}).")


def _judge(
    reply: Reply, paths: Mapping[Key, Path], read: Reader[Answer]
) -> tuple[dict[Key, Answer], dict[Key, RepositoryProblem]]:
    """Return what each alias says by itself: one repository's error costs the others nothing."""
    verdicts = read_errors(reply.body.get("errors"))
    answers: dict[Key, Answer] = {}
    problems: dict[Key, RepositoryProblem] = {}
    for key, path in paths.items():
        node = _at(reply.body["data"], path)
        if isinstance(node, dict):
            found = read(node, verdicts.below(path), reply.received_at)
            if isinstance(found, RepositoryProblem):
                problems[key] = found
            else:
                answers[key] = found
        else:
            problems[key] = _why_null(verdicts, path)
    return answers, problems


def _why_null(verdicts: Verdicts, path: Path) -> RepositoryProblem:
    """Return why an alias is null: its own error, else one of a field that can never be null, else the query's."""
    exact = [problem for about, problem in verdicts.by_path if about == path]
    if exact:
        return exact[0]
    for field, problem in verdicts.below(path).items():
        # A field that is not found says nothing of the repository.
        kind = ProblemKind.UNKNOWN if problem.kind == ProblemKind.NOT_FOUND else problem.kind
        return RepositoryProblem(kind, problem.message, figure_of(field))
    above = verdicts.of(path)
    if above is None:
        return RepositoryProblem(ProblemKind.UNKNOWN, "GitHub gave no answer and no reason.")
    kind = ProblemKind.UNKNOWN if above.kind == ProblemKind.NOT_FOUND else above.kind
    return RepositoryProblem(kind, above.message)


def _at(data: Any, path: Path) -> Any:
    for part in path:
        if isinstance(part, str):
            data = data.get(part) if isinstance(data, dict) else None
        else:
            data = data[part] if isinstance(data, list) and part < len(data) else None
    return data


def _cost(body: Any) -> int | None:
    data = body.get("data") if isinstance(body, dict) else None
    told = data.get("rateLimit") if isinstance(data, dict) else None
    cost = told.get("cost") if isinstance(told, dict) else None
    return cost if isinstance(cost, int) else None


def _figures_reader(without: Collection[str]) -> Reader[RepositoryAnswer]:
    def read(
        node: Mapping[str, Any], refused: Mapping[str, RepositoryProblem], observed_at: datetime
    ) -> RepositoryAnswer | RepositoryProblem:
        return read_answer(node, refused=refused, observed_at=observed_at, without=without)

    return read


def _read_watchers(
    node: Mapping[str, Any], refused: Mapping[str, RepositoryProblem], observed_at: datetime
) -> int | RepositoryProblem:
    del observed_at
    connection = node.get("watchers")
    count = connection.get("totalCount") if isinstance(connection, dict) else None
    if isinstance(count, int):
        return count
    return refused.get("watchers") or RepositoryProblem(ProblemKind.UNKNOWN, "GitHub gave no watchers.")
