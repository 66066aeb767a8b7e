"""One batch of the nightly run: ask, judge alias by alias, store."""

from collections.abc import Sequence
from datetime import date, datetime

from sources.clients.github import Batch, FullName, GithubClient, RepositoryAnswer, Resource
from sources.clients.github.answers import Key
from sources.importers.github.access import Github
from sources.importers.github.claims import claim_batch
from sources.importers.github.errors import GithubSilentError
from sources.importers.github.findings import Finding
from sources.importers.github.pace import Pace, stored_pace
from sources.importers.github.second_looks import look_again
from sources.importers.github.snapshots import latest_snapshots
from sources.importers.github.spending import SPENDING, Spent
from sources.importers.github.store import release, store_batch
from sources.models import MetricsRun, RepositoryFetch

Asked = Batch[str, RepositoryAnswer] | Batch[FullName, RepositoryAnswer]


def measure_batch(run: MetricsRun, github: Github) -> datetime | None:
    """Measure the next batch and return when to go on; None if nothing is claimable now.

    A snapshot is of the UTC day on which it was asked for, also when a run goes past midnight. Raises
    ``TokenRefusedError`` and ``ApiAddressError``, and ``GithubSilentError`` after a long outage.
    """
    now = github.clock()
    pause = github.limiter.pause(Resource.GRAPHQL)
    if pause is not None:
        return pause.until
    pace = stored_pace(run.pace)
    fetches = claim_batch(run, now=now, size=pace.batch.current)
    if not fetches:
        return None
    return _measure(run, fetches, pace, github, day=now.date())


def _measure(run: MetricsRun, fetches: Sequence[RepositoryFetch], pace: Pace, github: Github, *, day: date) -> datetime:
    spent = Spent(github)
    try:
        batch, findings = ask(github.client, fetches, day=day)
    except BaseException:
        # The token or the address, not these repositories, is to blame.
        release(fetches)
        spent.note(run)
        run.save(update_fields=SPENDING)
        raise
    github.points += batch.cost or 0
    if batch.pause is not None and not batch.answers:
        release(fetches)
        spent.note(run)
        run.save(update_fields=SPENDING)
        return batch.pause.until
    latest = latest_snapshots([fetch.repository_id for fetch in fetches], day=day)
    look_again(findings, latest, github=github, day=day)
    pace = _next_pace(pace, batch, fetches)
    run.pace = pace.stored()
    spent.note(run)
    now = github.clock()
    _blame_nobody(findings, batch)
    store_batch(run, findings, latest, day=day, now=now)
    if pace.is_hopeless:
        raise GithubSilentError(next(iter(batch.problems.values())).message)
    return batch.pause.until if batch.pause is not None else now + pace.rest


def ask(client: GithubClient, fetches: Sequence[RepositoryFetch], *, day: date) -> tuple[Asked, list[Finding]]:
    """Ask for all ``fetches`` in one request: by node id if they have one, else by name."""
    if fetches[0].repository.node_id:
        by_id = client.fetch_by_ids([fetch.repository.node_id for fetch in fetches], day=day)
        return by_id, [_finding(fetch, by_id, fetch.repository.node_id) for fetch in fetches]
    names = [FullName(*fetch.repository.full_name.split("/", 1)) for fetch in fetches]
    by_name = client.fetch_by_names(names, day=day)
    return by_name, [_finding(fetch, by_name, name) for fetch, name in zip(fetches, names, strict=True)]


def _finding(fetch: RepositoryFetch, batch: Batch[Key, RepositoryAnswer], key: Key) -> Finding:
    return Finding(fetch, batch.answers.get(key), batch.problems.get(key))


def _next_pace(pace: Pace, batch: Asked, fetches: Sequence[RepositoryFetch]) -> Pace:
    is_failure = not batch.answers and all(problem.is_transient for problem in batch.problems.values())
    return pace.after(
        is_too_heavy=batch.is_too_heavy,
        asked=len(fetches),
        is_fresh=fetches[0].attempts == 1,
        is_failure=is_failure and not _is_alone(fetches),
    )


def _is_alone(fetches: Sequence[RepositoryFetch]) -> bool:
    """Whether a repository that failed before is asked for alone: its next failure says nothing of GitHub."""
    return len(fetches) == 1 and fetches[0].attempts > 1


def _blame_nobody(findings: Sequence[Finding], batch: Asked) -> None:
    """Leave the attempts as they were if no repository can be to blame: GitHub was not there at all."""
    is_silent = not batch.answers and all(problem.is_transient for problem in batch.problems.values())
    if is_silent and not batch.is_too_heavy and not _is_alone([finding.fetch for finding in findings]):
        for finding in findings:
            finding.forget()
