"""Every request that came, and the budgets it was charged to."""

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class RequestRecord:
    """One request as the server saw it; ``was_limited``: it came while none was allowed."""

    at: datetime
    resource: str
    operation: str
    repositories: int
    cost: int
    status: int
    fault: str
    was_limited: bool


@dataclass
class Budget:
    """The points of one resource, renewed every hour."""

    limit: int
    resets_at: datetime
    used: int = 0
    # Since the client was told that nothing remains.
    limited_until: datetime | None = None

    @property
    def remaining(self):
        return max(self.limit - self.used, 0)

    def renew(self, now):
        if now >= self.resets_at:
            self.used, self.resets_at, self.limited_until = 0, now + HOUR, None

    def headers(self, resource):
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-used": str(min(self.used, self.limit)),
            "x-ratelimit-reset": str(math.ceil(self.resets_at.timestamp())),
            "x-ratelimit-resource": resource,
        }


@dataclass
class Ledger:
    """The requests in their order."""

    records: list = field(default_factory=list)

    @property
    def requests(self):
        return len(self.records)

    @property
    def points(self):
        """Points charged to GraphQL."""
        return sum(record.cost for record in self.records if record.resource == "graphql")

    @property
    def violations(self):
        """Requests that came while limited: there should be none."""
        return [record for record in self.records if record.was_limited]

    def of(self, resource):
        return [record for record in self.records if record.resource == resource]

    def clear(self):
        self.records.clear()

    def report(self):
        """Sums for a person or a benchmark."""
        return {
            "requests": self.requests,
            "requests_by_resource": dict(Counter(record.resource for record in self.records)),
            "operations": dict(Counter(record.operation for record in self.records)),
            "points": self.points,
            "repositories_asked": sum(record.repositories for record in self.records),
            "violations": len(self.violations),
            "statuses": dict(Counter(str(record.status) for record in self.records)),
            "faults": dict(Counter(record.fault for record in self.records if record.fault)),
        }
