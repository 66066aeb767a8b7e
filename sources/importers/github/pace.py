"""How fast a run goes: the size of the next batch, and the rests after requests that came to nothing."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any

from sources.clients.github import BatchSize

FIRST_REST = timedelta(seconds=1)
LONGEST_REST = timedelta(minutes=5)
# What fails in smaller batches than this is a repository, which the ever smaller company of a retry finds.
SMALLEST_FRESH_BATCH = 8
# In a row, with rests of half an hour in all: an outage, not a mishap.
MOST_FAILURES = 14


@dataclass(frozen=True)
class Pace:
    """The next batch's size, and how many requests in a row had no answer for anybody."""

    batch: BatchSize
    failures: int = 0

    @property
    def rest(self) -> timedelta:
        """How long to wait before the next request; after one failure the next, smaller one may go at once."""
        return min(FIRST_REST * (1 << (self.failures - 1)), LONGEST_REST) if self.failures > 1 else timedelta()

    @property
    def is_hopeless(self) -> bool:
        """Whether the run ends here, to be tried again later."""
        return self.failures >= MOST_FAILURES

    def after(self, *, is_too_heavy: bool, asked: int, is_fresh: bool, is_failure: bool) -> "Pace":
        """Return the pace after a batch; only ``is_fresh`` ones, of repositories that never failed, tell of the size."""
        batch = self.batch.after(is_too_heavy=is_too_heavy, asked=asked) if is_fresh else self.batch
        batch = replace(batch, current=max(batch.current, min(SMALLEST_FRESH_BATCH, batch.largest)))
        return replace(self, batch=batch, failures=self.failures + 1 if is_failure else 0)

    def stored(self) -> dict[str, Any]:
        """Return the pace as a run keeps it."""
        return {"batch": asdict(self.batch), "failures": self.failures}


def stored_pace(kept: dict[str, Any]) -> Pace:
    """Return the pace that a run kept; the fastest for a new run."""
    known = {field.name for field in fields(BatchSize)}
    batch = {name: value for name, value in kept.get("batch", {}).items() if name in known}
    return Pace(BatchSize(**batch), kept.get("failures", 0))
