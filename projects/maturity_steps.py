"""What a change of maturity amounts to."""

from projects.models.changes import ChangeKind
from projects.models.stages import Maturity

LADDER = (Maturity.SANDBOX, Maturity.INCUBATING, Maturity.GRADUATED)

# The kinds of change that are steps of maturity.
MATURITY_KINDS = (
    ChangeKind.ACCEPTED,
    ChangeKind.PROMOTED,
    ChangeKind.DEMOTED,
    ChangeKind.ARCHIVED,
    ChangeKind.UNHOSTED,
    ChangeKind.STAGE,
)


def maturity_step(before: str, after: str) -> ChangeKind | None:
    """Return the kind of a change of maturity; None: no change.

    An empty maturity means "not hosted". Out of the archive counts as a promotion; between words
    whose order is not known the stage only changed.
    """
    if not before or not after:
        return _hosting_step(before, after)
    if before == after:
        return None
    if Maturity.ARCHIVED in {before, after}:
        return ChangeKind.ARCHIVED if after == Maturity.ARCHIVED else ChangeKind.PROMOTED
    if before not in LADDER or after not in LADDER:
        return ChangeKind.STAGE
    return ChangeKind.PROMOTED if LADDER.index(Maturity(after)) > LADDER.index(Maturity(before)) else ChangeKind.DEMOTED


def _hosting_step(before: str, after: str) -> ChangeKind | None:
    if before:
        return ChangeKind.UNHOSTED
    return ChangeKind.ACCEPTED if after else None
