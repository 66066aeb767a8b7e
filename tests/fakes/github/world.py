"""The repositories that the fake knows, and the truth about each on any day.

Every figure is a function of seed, repository and UTC day; it changes at midnight only.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random

# Where the figures' scale is fixed; days before and after follow the same curves.
REFERENCE_DAY = date(2026, 11, 22)
FIRST_ID = 20_000_000
LICENSES = ["Apache-2.0", "MIT", "BSD-3-Clause", "MPL-2.0", "NOASSERTION", ""]
LANGUAGES = ["Go", "Rust", "Java", "Python", "TypeScript", "C++"]
TOPICS = ["cncf", "cloud-native", "kubernetes", "observability", "storage", "security"]


class Refusal(StrEnum):
    """Why a repository is not shown."""

    MISSING = "missing"
    PRIVATE = "private"
    SAML = "saml"
    POLICY = "policy"
    DMCA = "dmca"
    TOS = "tos"


@dataclass(eq=False)
class FakeRepository:
    """One repository and its state; figures come from ``World.truth``."""

    database_id: int
    owner: str
    name: str
    created_on: date
    final_stars: int
    growth: float
    license_spdx: str
    language: str
    topics: list[str]
    refusal: Refusal | None = None
    is_archived: bool = False
    archived_at: datetime | None = None
    is_disabled: bool = False
    is_empty: bool = False
    is_history_too_large: bool = False
    # Connections that the token may not read, e.g. {"issues"}: each nulls the whole repository.
    hidden: set[str] = field(default_factory=set)
    # Figures that a test fixes, by their name in ``truth``.
    fixed: dict[str, object] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def node_id(self) -> str:
        packed = b"\x92\x00\xce" + self.database_id.to_bytes(4, "big")
        return "R_" + base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def is_shown(self) -> bool:
        return self.refusal is None


class World:
    """All repositories, by id and by present and former name."""

    def __init__(self, count: int = 0, *, seed: int = 1) -> None:
        self._random = Random(seed)
        self._by_id: dict[int, FakeRepository] = {}
        self._by_node: dict[str, FakeRepository] = {}
        self._by_name: dict[str, FakeRepository] = {}
        self._former: dict[str, FakeRepository] = {}
        for number in range(count):
            self.add(f"org-{number // 7}/project-{number}")

    def __iter__(self) -> Iterator[FakeRepository]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, full_name: str, **changes: object) -> FakeRepository:
        """Create a repository; under a name that another has, it takes the name over."""
        owner, name = full_name.split("/")
        values: dict[str, object] = {
            "created_on": date(2014, 6, 6) + timedelta(days=self._random.randrange(4000)),
            "final_stars": int(self._random.lognormvariate(7.5, 1.7)),
            "growth": self._random.uniform(0.7, 1.5),
            "license_spdx": self._random.choice(LICENSES),
            "language": self._random.choice(LANGUAGES),
            "topics": self._random.sample(TOPICS, self._random.randrange(4)),
        }
        repository = FakeRepository(FIRST_ID + len(self._by_id) * 37, owner, name, **{**values, **changes})
        self._by_id[repository.database_id] = repository
        self._by_node[repository.node_id] = repository
        self._claim(repository)
        return repository

    def named(self, full_name: str, *, follow: bool = True) -> FakeRepository | None:
        """The repository of a name, also of a former one; None if there is none."""
        key = full_name.lower()
        return self._by_name.get(key) or (self._former.get(key) if follow else None)

    def of_id(self, database_id: int) -> FakeRepository | None:
        return self._by_id.get(database_id)

    def of_node(self, node_id: str) -> FakeRepository | None:
        return self._by_node.get(node_id)

    def rename(self, repository: FakeRepository, full_name: str) -> None:
        """Give another name (or owner: a transfer); the old one leads here until somebody takes it."""
        del self._by_name[repository.full_name.lower()]
        self._former[repository.full_name.lower()] = repository
        repository.owner, repository.name = full_name.split("/")
        self._claim(repository)

    def delete(self, repository: FakeRepository) -> None:
        repository.refusal = Refusal.MISSING
        self._by_name.pop(repository.full_name.lower(), None)
        self._former = {name: other for name, other in self._former.items() if other is not repository}

    def recreate(self, repository: FakeRepository) -> FakeRepository:
        """Delete a repository and create another one of the same name; return the new one."""
        full_name = repository.full_name
        self.delete(repository)
        return self.add(full_name)

    def archive(self, repository: FakeRepository, at: datetime) -> None:
        repository.is_archived, repository.archived_at = True, at

    def truth(self, repository: FakeRepository, day: date) -> dict[str, object]:
        """Every figure of the core query on ``day``, by the names that the client uses."""
        until = datetime.combine(day, time(), UTC)
        figures: dict[str, object] = {
            "stars": self.stars(repository, day),
            "forks": self._curve(repository, day, repository.final_stars // 4),
            "open_issues": 3 + (day.toordinal() * 7 + repository.database_id) % 200,
            "closed_issues": self._curve(repository, day, repository.final_stars // 3),
            "open_pull_requests": 1 + (day.toordinal() * 3 + repository.database_id) % 60,
            "merged_pull_requests": self._curve(repository, day, repository.final_stars // 2),
            "closed_pull_requests": self._curve(repository, day, repository.final_stars // 9),
            "releases": self._curve(repository, day, repository.final_stars % 190),
            "commits_30d": self.commits(repository, until - timedelta(days=30), until),
            "contributors": 1 + self._curve(repository, day, repository.final_stars // 20),
            "watchers": self._curve(repository, day, repository.final_stars // 30),
        }
        if repository.is_empty:
            figures |= {"releases": 0, "commits_30d": None, "contributors": 0}
        return {**figures, **repository.fixed}

    def stars(self, repository: FakeRepository, day: date) -> int:
        fixed = repository.fixed.get("stars")
        return fixed if isinstance(fixed, int) else self._curve(repository, day, repository.final_stars)

    def commits(self, repository: FakeRepository, since: datetime, until: datetime) -> int:
        """Commits between two instants; each day's are all made at noon."""
        noon = datetime.combine(since.date(), time(12), UTC)
        total = 0
        while noon <= until:
            if noon >= since:
                total += (noon.toordinal() * 5 + repository.database_id) % (2 + repository.final_stars % 11)
            noon += timedelta(days=1)
        return total

    def star_weeks(self, repository: FakeRepository, day: date) -> list[dict[str, object]]:
        """Weeks from Sunday, newest first, whose adds sum to the stars of ``day``."""
        sunday = day - timedelta(days=(day.weekday() + 1) % 7)
        weeks = []
        while sunday + timedelta(days=7) > repository.created_on:
            days = [self._adds(repository, sunday + timedelta(days=offset), day) for offset in range(7)]
            begins_at = datetime.combine(sunday, time(8), UTC)
            weeks.append({"week": int(begins_at.timestamp()), "total": sum(days), "days": days})
            sunday -= timedelta(days=7)
        return weeks

    def _adds(self, repository: FakeRepository, day: date, last: date) -> int:
        if day > last:
            return 0
        return self.stars(repository, day) - self.stars(repository, day - timedelta(days=1))

    def _curve(self, repository: FakeRepository, day: date, final: int) -> int:
        """A count that grows from 0 at creation to ``final`` on the reference day, and on."""
        age = max((day - repository.created_on).days, 0)
        full_age = max((REFERENCE_DAY - repository.created_on).days, 1)
        return int(final * (age / full_age) ** repository.growth)

    def _claim(self, repository: FakeRepository) -> None:
        key = repository.full_name.lower()
        self._former.pop(key, None)
        self._by_name[key] = repository
