"""Where declared stage dates and what the landscape showed do not agree."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from projects.models import Maturity, StageReview

Reason = StageReview.Reason
ACCEPTED = "accepted"
LATE_DAYS = 30
# A card cannot know a decision before it is made; one day is the difference of two clocks.
EARLY_DAYS = 1
_LADDER = (ACCEPTED, Maturity.INCUBATING, Maturity.GRADUATED, Maturity.ARCHIVED)


class SeenStage(NamedTuple):
    """The instant from which the landscape showed a maturity; ``was_hosted`` tells whether it showed one before."""

    maturity: str
    at: datetime
    was_hosted: bool


class Review(NamedTuple):
    """A stage that people should look at; ``days`` is how much later it was seen than declared."""

    stage: str
    reason: str
    declared_on: date
    seen_at: datetime | None
    days: int | None


def stage_reviews(
    declared: Mapping[str, date], seen: Sequence[SeenStage], *, recorded_from: datetime
) -> Iterator[Review]:
    """Give the stages of one item that were seen over 30 days late or over one day early, or contradict each other.

    What the landscape's first version (``recorded_from``) already showed may have been so for long, and what was
    declared for a day before it cannot have been seen: neither is a disagreement.
    """
    disordered = set(_out_of_order(declared))
    for stage, day in declared.items():
        instants = [one.at for one in seen if _shows(one, stage)]
        # A project that was accepted twice, or flapped, is compared with the nearest time.
        nearest = min(instants, key=lambda at: (abs((at.date() - day).days), at), default=None)
        days = None if nearest is None else (nearest.astimezone(UTC).date() - day).days
        if stage in disordered:
            yield Review(stage, Reason.OUT_OF_ORDER, day, nearest, days)
        elif nearest is None or days is None:
            if day >= recorded_from.date():
                yield Review(stage, Reason.NEVER_SEEN, day, None, None)
        elif days < -EARLY_DAYS:
            yield Review(stage, Reason.SEEN_EARLY, day, nearest, days)
        elif days > LATE_DAYS and nearest != recorded_from:
            yield Review(stage, Reason.SEEN_LATE, day, nearest, days)


def _shows(seen: SeenStage, stage: str) -> bool:
    return not seen.was_hosted if stage == ACCEPTED else seen.maturity == stage


def _out_of_order(declared: Mapping[str, date]) -> Iterator[str]:
    """Give the stages that are declared for a day before a lower one's."""
    highest: date | None = None
    for stage in _LADDER:
        day = declared.get(stage)
        if day is None:
            continue
        if highest is not None and day < highest:
            yield stage
        highest = day if highest is None else max(highest, day)
