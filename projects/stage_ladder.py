"""A project's way up: the stages it stood on, each with the day declared and the day seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from projects.item_history import ACCEPTED
from projects.maturity_steps import LADDER
from projects.models import Maturity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from projects.item_history import Stage

# A stage seen so much later than declared is worth a word; the landscape takes a while to be changed.
LATE_DAYS = 30
# A card cannot know a decision before it is made; one day is the difference of two clocks.
EARLY_DAYS = 1


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage; ``seen_at`` is when the landscape first showed it, ``declared_on`` what was declared last.

    ``gap_days`` is how long after the declared day it was seen (negative: before), where that is over 30 days, or over
    one day before; else, and where a day is missing, None. What ``is_seen_from_start``, since the history begins with
    it, is never late.
    ``earlier_days`` were declared before ``declared_on`` was; ``is_before_history``: the stage was over before
    the first version, so that it could not be seen.
    """

    stage: str
    declared_on: date | None
    seen_at: datetime | None
    is_reached: bool
    is_current: bool
    is_seen_from_start: bool
    gap_days: int | None
    earlier_days: tuple[date, ...]
    is_before_history: bool

    @property
    def days_early(self) -> int:
        """How many days before the declared day it was seen, where that is notable."""
        return -(self.gap_days or 0)


def stage_ladder(stages: Sequence[Stage], *, maturity: str, history_start: date | None) -> tuple[Rung, ...]:
    """Return the rungs from the first to the last; those still above the present one are not reached.

    ``history_start`` is the day of the first version. Empty for an item that never was hosted.
    """
    if not stages:
        return ()
    known = {stage.stage: stage for stage in _without_plain_acceptance(stages)}
    rungs = [_rung(stage, maturity=maturity, history_start=history_start) for stage in known.values()]
    if maturity not in LADDER:
        return tuple(rungs)
    above = LADDER[LADDER.index(Maturity(maturity)) + 1 :]
    return (*rungs, *(_unreached(stage) for stage in above if stage not in known))


def stages_until(stages: Sequence[Stage], instant: datetime) -> tuple[Stage, ...]:
    """Return the stages as far as they had been declared or seen at an instant (UTC)."""
    known = (
        replace(
            stage,
            declared_on=stage.declared_on if stage.declared_on and stage.declared_on <= instant.date() else None,
            seen_at=stage.seen_at if stage.seen_at and stage.seen_at <= instant else None,
        )
        for stage in stages
    )
    return tuple(stage for stage in known if stage.declared_on or stage.seen_at)


def _without_plain_acceptance(stages: Sequence[Stage]) -> Sequence[Stage]:
    """Leave out an acceptance that says no more than the stage it came with; its date passes to that stage."""
    accepted = next((stage for stage in stages if stage.stage == ACCEPTED), None)
    others = [stage for stage in stages if stage.stage != ACCEPTED]
    if accepted is None:
        return others
    for place, stage in enumerate(others):
        if stage.declared_on == accepted.declared_on and stage.seen_at in {None, accepted.seen_at}:
            return others
        if stage.declared_on is None and stage.seen_at == accepted.seen_at:
            dated = replace(stage, declared_on=accepted.declared_on, declarations=accepted.declarations)
            return [*others[:place], dated, *others[place + 1 :]]
    return stages


def _rung(stage: Stage, *, maturity: str, history_start: date | None) -> Rung:
    from_start = stage.seen_at is not None and stage.seen_at.astimezone(UTC).date() == history_start
    return Rung(
        stage=stage.stage,
        declared_on=stage.declared_on,
        seen_at=stage.seen_at,
        is_reached=True,
        is_current=stage.stage == maturity,
        is_seen_from_start=from_start,
        gap_days=notable_gap(stage, from_start=from_start),
        earlier_days=_earlier_days(stage),
        is_before_history=_is_before_history(stage, history_start),
    )


def _earlier_days(stage: Stage) -> tuple[date, ...]:
    days = dict.fromkeys(said.declared_on for said in stage.declarations)
    return tuple(day for day in days if day != stage.declared_on)


def _is_before_history(stage: Stage, history_start: date | None) -> bool:
    if stage.seen_at is not None or stage.declared_on is None or history_start is None:
        return False
    return stage.declared_on < history_start


def notable_gap(stage: Stage, *, from_start: bool) -> int | None:
    """Return the gap of a rung: days from the declared day to the day seen, None where it is small or unknown."""
    if stage.declared_on is None or stage.seen_at is None:
        return None
    days = (stage.seen_at.astimezone(UTC).date() - stage.declared_on).days
    if days < -EARLY_DAYS:
        return days
    return days if days > LATE_DAYS and not from_start else None


def _unreached(stage: str) -> Rung:
    return Rung(
        stage, None, None, is_reached=False, is_current=False, is_seen_from_start=False, gap_days=None,
        earlier_days=(), is_before_history=False,
    )  # fmt: skip
