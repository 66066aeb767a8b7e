"""What a step cost, noted on its run."""

from sources.importers.github.access import Github
from sources.models import MetricsRun

SPENDING = ["requests", "points", "points_left"]


class Spent:
    """Counts requests and points from its making on."""

    def __init__(self, github: Github) -> None:
        self._github = github
        self._requests = github.limiter.requests
        self._points = github.points

    def note(self, run: MetricsRun) -> None:
        """Add to the run, unsaved, what was spent since the making or the last note."""
        run.requests += self._github.limiter.requests - self._requests
        run.points += self._github.points - self._points
        if self._github.limiter.points_left is not None:
            run.points_left = self._github.limiter.points_left
        self._requests, self._points = self._github.limiter.requests, self._github.points
