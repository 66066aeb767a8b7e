"""The history of one item as the landscape told it: periods, steps of maturity, and its stages' two kinds of date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from projects.commits import shown_commit
from projects.models import ItemPeriod, LandscapeVersion, Maturity, StageDeclaration, VersionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from projects.models import Item

# The day the foundation took the project in, at whatever stage.
ACCEPTED = "accepted"
STAGE_ORDER = (ACCEPTED, *Maturity.values)


@dataclass(frozen=True, slots=True)
class Period:
    """What the landscape said of an item, unchanged, from ``starts_at`` until ``ends_at`` (UTC; None: still).

    Missing texts are "". ``commit`` is the version that began it. What is not shown here (links, description)
    may have changed in between.
    """

    starts_at: datetime
    ends_at: datetime | None
    name: str
    kind: str
    category: str
    category_slug: str
    subcategory: str
    subcategory_slug: str
    maturity: str
    organization: str
    organization_slug: str
    repository_url: str
    commit: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of maturity seen in the landscape; "" is "not hosted" or not listed."""

    at: datetime
    before: str
    after: str
    commit: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A date that the landscape declared for a stage, and from when until when (None: still) it said so."""

    declared_on: date
    said_from: datetime
    said_until: datetime | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its two dates: the day declared (as last said), and when the landscape first showed it.

    Either is None where there is none. ``declarations`` holds every date that was ever declared, oldest first.
    """

    stage: str
    declared_on: date | None
    seen_at: datetime | None
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """Periods and transitions oldest first; stages in the order of the ladder."""

    periods: tuple[Period, ...]
    transitions: tuple[Transition, ...]
    stages: tuple[Stage, ...]


def item_history(item: Item) -> ItemHistory:
    """Return everything the landscape ever said of an item; two queries, a third if it left once."""
    periods = _periods(item)
    transitions = _transitions(periods)
    return ItemHistory(periods, transitions, _stages(transitions, _declarations(item)))


def _periods(item: Item) -> tuple[Period, ...]:
    rows = ItemPeriod.objects.of_item(item).select_related("subcategory__category", "organization", "version")
    periods: list[Period] = []
    for row in rows:
        period = _period(row)
        if periods and _continues(period, periods[-1]):
            periods[-1] = replace(periods[-1], ends_at=period.ends_at)
        else:
            periods.append(period)
    return tuple(periods)


def _continues(period: Period, former: Period) -> bool:
    """Tell whether a period follows at once and says the same."""
    return former == replace(period, starts_at=former.starts_at, ends_at=period.starts_at, commit=former.commit)


def _period(row: ItemPeriod) -> Period:
    organization = row.organization
    return Period(
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        name=row.name,
        kind=row.kind,
        category=row.subcategory.category.name,
        category_slug=row.subcategory.category.slug,
        subcategory=row.subcategory.name,
        subcategory_slug=row.subcategory.slug,
        maturity=row.maturity,
        organization=organization.name if organization else "",
        organization_slug=organization.slug if organization else "",
        repository_url=row.repository_url,
        commit=shown_commit(row.version.commit),
    )


def _transitions(periods: Sequence[Period]) -> tuple[Transition, ...]:
    """Return the steps of maturity; leaving the landscape and coming back count as steps from and to ""."""
    steps: list[Transition] = []
    before, ends_at = "", None
    for period in periods:
        if before and ends_at is not None and ends_at < period.starts_at:
            steps.append(Transition(ends_at, before, "", ""))
            before = ""
        if period.maturity != before:
            steps.append(Transition(period.starts_at, before, period.maturity, period.commit))
        before, ends_at = period.maturity, period.ends_at
    if before and ends_at is not None:
        steps.append(Transition(ends_at, before, "", ""))
    return _with_leaving_commits(steps)


def _with_leaving_commits(steps: Sequence[Transition]) -> tuple[Transition, ...]:
    """Name the version that no longer listed the item; of several at one instant the last."""
    leavings = [step.at for step in steps if not step.commit]
    if not leavings:
        return tuple(steps)
    versions = LandscapeVersion.objects.filter(status=VersionStatus.READ, effective_at__in=leavings)
    commits = dict(versions.order_by("position").values_list("effective_at", "commit"))
    return tuple(
        step if step.commit else Transition(step.at, step.before, step.after, shown_commit(commits.get(step.at, "")))
        for step in steps
    )


def _declarations(item: Item) -> dict[str, list[Declaration]]:
    by_stage: dict[str, list[Declaration]] = defaultdict(list)
    rows = StageDeclaration.objects.filter(item=item).order_by("during", "pk")
    for stage, declared_on, during in rows.values_list("stage", "declared_on", "during"):
        by_stage[stage].append(Declaration(declared_on, during.lower, during.upper))
    return by_stage


def _stages(transitions: Iterable[Transition], declared: dict[str, list[Declaration]]) -> tuple[Stage, ...]:
    seen = first_seen(transitions)
    order = {stage: place for place, stage in enumerate(STAGE_ORDER)}
    # Another foundation's words follow the CNCF's, by date.
    names = sorted({*seen, *declared}, key=lambda name: (order.get(name, len(order)), str(seen.get(name, "")), name))
    return tuple(
        Stage(
            stage=name,
            declared_on=declared[name][-1].declared_on if name in declared else None,
            seen_at=seen.get(name),
            declarations=tuple(declared.get(name, ())),
        )
        for name in names
    )


def first_seen(transitions: Iterable[Transition]) -> dict[str, datetime]:
    """Return when each stage was first shown; "accepted" is when any was."""
    seen: dict[str, datetime] = {}
    for step in transitions:
        if step.after:
            seen.setdefault(ACCEPTED, step.at)
            seen.setdefault(step.after, step.at)
    return seen
