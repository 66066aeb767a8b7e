"""Which employer a spelling means: ``content/metrics/employer_names.yaml``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from metrics.formulas.concentration import Holdings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATH = Path(__file__).resolve().parents[1] / "content" / "metrics" / "employer_names.yaml"
UNKNOWN = ""
ALONE = "Independent"


@dataclass(frozen=True, slots=True)
class EmployerNames:
    """Employers by their folded spellings; ``UNKNOWN`` for nobody knows, ``ALONE`` for works for nobody."""

    by_spelling: Mapping[str, str]

    def employer(self, spelling: str) -> str:
        """Return the employer that is meant; a spelling that is not listed is its own."""
        folded = _folded(spelling)
        return self.by_spelling.get(folded, spelling.strip()) if folded else UNKNOWN

    def counts(self, maintainers: Iterable[tuple[str, int]]) -> Counter[str]:
        """Add up maintainers by employer, given by their spellings."""
        found: Counter[str] = Counter()
        for spelling, number in maintainers:
            found[self.employer(spelling)] += number
        return found

    def holdings(self, maintainers: Iterable[tuple[str, int]]) -> Holdings:
        """Give the holdings of maintainers by employer: who is alone stands for itself, the unknown stay apart."""
        counts = self.counts(maintainers)
        unknown, alone = counts.pop(UNKNOWN, 0), counts.pop(ALONE, 0)
        return Holdings(list(counts.values()), unknown=unknown, alone=alone)


@cache
def employer_names(path: Path = PATH) -> EmployerNames:
    """Read the table of spellings. Raises ``ValueError`` for a spelling that means two things."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    meanings = [(employer, [employer, *spellings]) for employer, spellings in table["names"].items()]
    for employer, spellings in [*meanings, (ALONE, table["alone"]), (UNKNOWN, table["unknown"])]:
        for spelling in spellings:
            if found.setdefault(_folded(spelling), employer) != employer:
                message = f"{path.name}: {spelling} means both {found[_folded(spelling)] or 'unknown'} and {employer}."
                raise ValueError(message)
    return EmployerNames(found)


def _folded(spelling: str) -> str:
    return " ".join(spelling.split()).casefold()
