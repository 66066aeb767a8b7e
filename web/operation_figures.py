"""The figures that operators watch: runs, coverage, budget and queue."""

from collections.abc import Callable, Iterable, Iterator

from redis.exceptions import RedisError

from sources.broker import BrokerSilentError, queue_length
from sources.metrics_log import counts_so_far, coverage, last_closed_runs, newest_runs, runs_by_status
from sources.models import MetricsRun, RunStatus
from web.exposition import Family, Sample
from web.request_times import request_times


def operation_families(*, broker_url: str, has_token: bool) -> Iterator[Family]:
    """Return every figure; four queries. What a silent broker or cache knows is left out."""
    yield Family("strata_github_token", "gauge", "Whether a GitHub token is configured.", [Sample(has_token)])
    yield from _of_runs()
    try:
        waiting = [Sample(queue_length(broker_url))]
    except BrokerSilentError:
        waiting = []
    yield Family("strata_broker_up", "gauge", "Whether the broker answers.", [Sample(bool(waiting))])
    yield Family("strata_queue_length", "gauge", "Tasks that wait for a worker.", waiting)
    try:
        yield request_times.family()
    except RedisError:
        return


def _of_runs() -> Iterator[Family]:
    newest = newest_runs()
    counts = {run.pk: run.counts for run in newest}
    counts |= counts_so_far([run.pk for run in newest if run.status == RunStatus.RUNNING])
    closed = last_closed_runs()
    yield Family("strata_runs_total", "counter", "Runs that were begun.", [
        Sample(number, {"kind": kind, "status": status}) for (kind, status), number in sorted(runs_by_status().items())
    ])  # fmt: skip
    yield _by_kind("strata_run_open", "Whether a run is open.", newest, lambda run: run.status == RunStatus.RUNNING)
    yield _by_kind("strata_run_requests", "Requests of the newest run.", newest, lambda run: run.requests)
    yield _by_kind("strata_run_points", "Points of the newest run.", newest, lambda run: run.points)
    yield _by_kind("strata_github_points_left", "Points left in the hour, as last said.", newest, _points_left)
    yield Family("strata_run_repositories", "gauge", "Repositories of the newest run by what became of them.", [
        Sample(number, {"kind": run.kind, "state": state})
        for run in newest for state, number in sorted(counts[run.pk].items()) if state != "repositories"
    ])  # fmt: skip
    yield _by_kind("strata_run_finished_timestamp_seconds", "When the last whole run was closed.", closed, _finished)
    about = "Share of repositories that the last whole run measured."
    yield _by_kind("strata_run_coverage_ratio", about, closed, lambda run: coverage(run.counts))


def _by_kind(
    name: str, about: str, runs: Iterable[MetricsRun], value_of: Callable[[MetricsRun], float | None]
) -> Family:
    """One gauge with a sample for each run; what is unknown has none."""
    values = [(run.kind, value_of(run)) for run in runs]
    return Family(name, "gauge", about, [Sample(value, {"kind": kind}) for kind, value in values if value is not None])


def _points_left(run: MetricsRun) -> float | None:
    return run.points_left


def _finished(run: MetricsRun) -> float | None:
    return run.finished_at.timestamp() if run.finished_at else None
