"""What goes wrong, when and how often: scripted, by chance (seeded), or by the size of a batch."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class FaultKind(StrEnum):
    """How a request goes wrong; the names are also those of ``--faults``."""

    BAD_GATEWAY = "bad_gateway"  # 502 with JSON
    BAD_GATEWAY_HTML = "bad_gateway_html"
    GATEWAY_TIMEOUT = "gateway_timeout"  # 504
    SERVER_ERROR = "server_error"  # 500 with HTML
    NULL_DATA = "null_data"  # 200, errors, data null
    HTML = "html"  # 200 with a page
    RESOURCE_LIMITS = "resource_limits"  # 200, the last third of the aliases null
    HISTORY_LIMITS = "history_limits"  # 200, the histories of the last third null
    SHRINK = "shrink"  # 200, every count halved, no error
    TIMEOUT = "timeout"  # no answer for ``Faults.timeout_seconds``, then a closed connection
    RESET = "reset"  # the connection breaks
    PRIMARY = "primary"  # the hour's budget is gone
    SECONDARY = "secondary"  # 403 (REST) or 200 (GraphQL) with Retry-After
    SECONDARY_UNTOLD = "secondary_untold"  # the same without
    SECONDARY_429 = "secondary_429"


GRAPHQL_ONLY = {FaultKind.NULL_DATA, FaultKind.RESOURCE_LIMITS, FaultKind.HISTORY_LIMITS, FaultKind.SHRINK}


@dataclass
class Fault:
    """One rule: requests of at least ``above`` + 1 repositories, with probability ``rate``, ``times`` times at most."""

    kind: FaultKind
    rate: float = 1.0
    times: int | None = None
    above: int = 0
    resource: str = ""
    retry_after: int = 60


class Faults:
    """The rules in force, tried in their order, and how often each kind was served."""

    def __init__(self, *rules, seed=1, timeout_seconds=60.0):
        self.rules = list(rules)
        self.timeout_seconds = timeout_seconds
        self.served = Counter()
        self._random = Random(seed)

    def add(self, kind, **rule):
        """Add a rule, e.g. ``add("bad_gateway", times=2)`` or ``add("timeout", above=20)``."""
        self.rules.append(Fault(FaultKind(kind), **rule))

    def clear(self):
        self.rules.clear()

    def choose(self, *, resource, repositories):
        """The fault of this request, or None; counts it."""
        for rule in self.rules:
            if self._applies(rule, resource, repositories):
                if rule.times is not None:
                    rule.times -= 1
                self.served[rule.kind] += 1
                return rule
        return None

    def _applies(self, rule, resource, repositories):
        if rule.times == 0 or (rule.resource and rule.resource != resource):
            return False
        if rule.kind in GRAPHQL_ONLY and resource != "graphql":
            return False
        if rule.above and repositories <= rule.above:
            return False
        return rule.rate >= 1 or self._random.random() < rule.rate
