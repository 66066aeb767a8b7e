"""Who employs the maintainers of an item, as the CNCF publishes them: aggregates, no persons."""

from dataclasses import dataclass
from datetime import date

from metrics.employer_names import UNKNOWN, employer_names
from metrics.models import MaintainerShare


@dataclass(frozen=True, slots=True)
class EmployerShare:
    """How many maintainers one employer has, and their share (0 to 1) of all, the unknown included."""

    employer: str
    maintainers: int
    share: float


@dataclass(frozen=True, slots=True)
class MaintainerList:
    """One published list: employers by size, whatever their spelling; ``unknown`` maintainers name no employer."""

    as_of: date
    employers: tuple[EmployerShare, ...]
    unknown: int
    total: int
    source_id: int


def newest_maintainers(item_id: int, *, last: date | None = None) -> MaintainerList | None:
    """Return the newest list up to ``last``; one query. None if none is published."""
    found = MaintainerShare.objects.filter(item=item_id).order_by("-as_of", "-maintainers", "employer", "pk")
    rows = list(found if last is None else found.filter(as_of__lte=last))
    if not rows:
        return None
    newest = [row for row in rows if row.as_of == rows[0].as_of]
    counts = employer_names().counts((row.employer, row.maintainers) for row in newest)
    total, unknown = counts.total(), counts.pop(UNKNOWN, 0)
    return MaintainerList(
        as_of=rows[0].as_of,
        employers=tuple(
            EmployerShare(employer, number, number / total if total else 0)
            for employer, number in sorted(counts.items(), key=lambda each: (-each[1], each[0].casefold()))
        ),
        unknown=unknown,
        total=total,
        source_id=rows[0].source_id,
    )
