"""Versions, periods, changes, declared stages and section breaks in the database."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from psycopg.types.range import TimestamptzRange

from projects.models import (
    Change,
    ItemOrganization,
    ItemPeriod,
    ItemRole,
    LandscapeVersion,
    StageDeclaration,
    SubcategoryPeriod,
    TaxonomyBreak,
    VersionStatus,
)
from sources.importers.card_columns import period_columns
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.catalogue_rows import (
    BreakRow,
    ChangeRow,
    PeriodNote,
    PeriodSpan,
    SectionSpan,
    StageSpan,
    VersionRow,
)
from sources.importers.organization_rows import OrganizationRows
from sources.importers.spans import Span, Timeline
from sources.importers.taxonomy_rows import TaxonomyRows

BATCH = 2000
TEXT_LENGTH = 500

Dated = TypeVar("Dated", ItemPeriod, StageDeclaration, SubcategoryPeriod)


def store_versions(rows: Iterable[VersionRow]) -> None:
    """Add the versions and give each row its ``pk``."""
    stored = {
        row: LandscapeVersion(
            position=row.position,
            commit=row.commit,
            committed_at=row.committed_at,
            effective_at=row.effective_at,
            status=VersionStatus.UNREADABLE if row.problem else VersionStatus.READ,
            problem=row.problem,
        )
        for row in rows
    }
    LandscapeVersion.objects.bulk_create(stored.values(), batch_size=BATCH)
    for row, version in stored.items():
        row.pk = version.pk


def store_history(history: CatalogueHistory, taxonomy: TaxonomyRows, organizations: OrganizationRows) -> None:
    """Write what the history added, changed and dropped; items, versions and sections are stored already."""

    def period(span: PeriodSpan) -> ItemPeriod:
        note: PeriodNote = span.note
        return ItemPeriod(
            item_id=span.subject.pk,
            subcategory=taxonomy.subcategories[span.value.place],
            organization=organizations.of(span.value.card),
            version_id=note.version.pk,
            position=note.position,
            kind=note.kind,
            **period_columns(span.value.card),
        )

    def stage(span: StageSpan) -> StageDeclaration:
        return StageDeclaration(item_id=span.subject.item.pk, stage=span.subject.stage, declared_on=span.value)

    def section(span: SectionSpan) -> SubcategoryPeriod:
        subcategory = taxonomy.subcategories[span.subject]
        return SubcategoryPeriod(
            subcategory=subcategory, category_position=span.value.category, position=span.value.subcategory
        )

    _forget_roles(history.periods.dropped)
    _store_spans(history.periods, ItemPeriod, period)
    _store_spans(history.stages, StageDeclaration, stage)
    _store_spans(history.section_times, SubcategoryPeriod, section)
    _store_breaks(history.breaks)
    Change.objects.bulk_create((_change(row, taxonomy) for row in history.changes), batch_size=BATCH)


def _forget_roles(dropped: Iterable[int]) -> None:
    """Take out the roles that rest on periods which turned out to be empty; those that hold are written anew."""
    for item, organization in ItemPeriod.objects.filter(pk__in=dropped).values_list("item_id", "organization_id"):
        ItemOrganization.objects.filter(item=item, organization=organization).exclude(role=ItemRole.ORIGIN).delete()


def _store_spans(timeline: Timeline[Any, Any], model: type[Dated], row_of: Callable[[Any], Dated]) -> None:
    manager = model._default_manager  # noqa: SLF001 - Django's public name for it
    manager.filter(pk__in=timeline.dropped).delete()
    ended = [model(pk=pk, during=_range(span)) for pk, span in timeline.changed.items()]
    manager.bulk_update(ended, ["during"], batch_size=BATCH)
    rows = []
    for span in timeline.added:
        row = row_of(span)
        row.during = _range(span)
        rows.append(row)
    manager.bulk_create(rows, batch_size=BATCH)


def _range(span: Span[Any, Any]) -> TimestamptzRange:
    return TimestamptzRange(span.start, span.end, "[)")


def _store_breaks(rows: Iterable[BreakRow]) -> None:
    stored = {
        row: TaxonomyBreak(
            version_id=row.version.pk,
            at=row.version.effective_at,
            kind=row.kind,
            before=row.before,
            after=row.after,
            items=row.items,
        )
        for row in rows
    }
    TaxonomyBreak.objects.bulk_create(stored.values(), batch_size=BATCH)
    for row, taxonomy_break in stored.items():
        row.pk = taxonomy_break.pk


def _change(row: ChangeRow, taxonomy: TaxonomyRows) -> Change:
    kind, before, after = row.difference
    return Change(
        item_id=row.item.pk,
        at=row.version.effective_at,
        kind=kind,
        before=before[:TEXT_LENGTH],
        after=after[:TEXT_LENGTH],
        category=taxonomy.categories[row.category],
        version_id=row.version.pk,
        taxonomy_break_id=row.taxonomy_break.pk if row.taxonomy_break else None,
    )
