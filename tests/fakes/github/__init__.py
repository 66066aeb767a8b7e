"""A GitHub of our own: a deterministic world of repositories behind GraphQL and REST, with faults and limits.

``FakeGithub`` serves it on 127.0.0.1 and records every request; ``python -m tests.fakes.github`` runs it as a process.
"""

from tests.fakes.github.clock import VirtualClock
from tests.fakes.github.faults import Fault, FaultKind, Faults
from tests.fakes.github.server import FakeGithub
from tests.fakes.github.world import FakeRepository, Refusal, World

__all__ = ["FakeGithub", "FakeRepository", "Fault", "FaultKind", "Faults", "Refusal", "VirtualClock", "World"]
