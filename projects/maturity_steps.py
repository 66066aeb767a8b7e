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
)


def maturity_step(before: str, after: str) -> ChangeKind | None:
    """Return the kind of a change of maturity; None: no change, or between words without an order.

    An empty maturity means "not hosted". Out of the archive counts as a promotion.
    """
    if before == after:
        return None
    if not before:
        return ChangeKind.ACCEPTED
    if not after:
        return ChangeKind.UNHOSTED
    if after == Maturity.ARCHIVED:
        return ChangeKind.ARCHIVED
    if before == Maturity.ARCHIVED:
        return ChangeKind.PROMOTED
    if before not in LADDER or after not in LADDER:
        return None
    return ChangeKind.PROMOTED if LADDER.index(Maturity(after)) > LADDER.index(Maturity(before)) else ChangeKind.DEMOTED
