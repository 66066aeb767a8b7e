"""The history as the database holds it, taken up where the last import left it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db.models import Q, QuerySet

from projects.models import Item, ItemAlias, ItemKind, ItemPeriod, LandscapeVersion, StageDeclaration, SubcategoryPeriod
from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import CategoryOutline, SectionKey
from sources.importers.card_columns import card_of
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.catalogue_rows import ItemRow, SectionPosition, StageKey, Statement, VersionRow
from sources.importers.spans import Span

# Thousands of rows share some dozens of sections and some hundreds of organizations: each is made once.
_SHARED = ("subcategory__category", "organization")
_ITEM_COLUMNS = (
    "name",
    "kind",
    "position",
    "listed_at",
    "delisted_at",
    "maturity",
    "repository_url",
    "subcategory",
    "organization",
)

Dated = TypeVar("Dated", ItemPeriod, StageDeclaration, SubcategoryPeriod)


def resume_history(history: CatalogueHistory) -> None:
    """Let ``history`` go on from what the database holds, which must be at least one version."""
    newest = _newest_version()
    periods = list(_periods(newest.effective_at))
    statements = {period.pk: Statement(card_of(period), _place(period)) for period in periods}
    items = _items({period.item_id: statements[period.pk] for period in periods})
    history.resume(items.values(), newest, _outline())
    for period in periods:
        if _is_near(period.during, newest.effective_at):
            history.periods.resume(_span(items[period.item_id], statements[period.pk], period))
    for stage in _near(StageDeclaration.objects.all(), newest.effective_at):
        history.stages.resume(_span(StageKey(items[stage.item_id], stage.stage), stage.declared_on, stage))
    for section in _near(SubcategoryPeriod.objects.select_related("subcategory__category"), newest.effective_at):
        place = SectionKey(section.subcategory.category.name, section.subcategory.name)
        position = SectionPosition(section.category_position, section.position)
        history.section_times.resume(_span(place, position, section))


def _newest_version() -> VersionRow:
    row = LandscapeVersion.objects.order_by("position").reverse()[0]
    return VersionRow(row.position, row.commit, row.committed_at, row.effective_at, row.problem, row.pk)


def _near(rows: QuerySet[Dated], at: datetime) -> QuerySet[Dated]:
    """Give the rows that a version at ``at`` or later can still end, empty or reopen, in order of time."""
    return rows.filter(Q(during__upper_inf=True) | Q(during__endswith=at)).order_by(RangeStartsWith("during"), "pk")


def _is_near(during: Any, at: datetime) -> bool:
    return during.upper is None or during.upper == at


def _periods(at: datetime) -> Iterator[ItemPeriod]:
    """Give the newest period of each item, and before it the one that ended at ``at`` if there is one."""
    newest = ItemPeriod.objects.order_by("item_id", RangeStartsWith("during").desc()).distinct("item_id")
    rows = ItemPeriod.objects.filter(Q(pk__in=newest.values("pk")) | Q(during__endswith=at))
    yield from rows.prefetch_related(*_SHARED).order_by(RangeStartsWith("during"), "pk")


def _items(statements: Mapping[int, Statement]) -> dict[int, ItemRow]:
    """Give every item that was ever listed, with its newest statement, by the item's key."""
    names: dict[int, dict[str, None]] = defaultdict(dict)
    for pk, name in ItemAlias.objects.order_by("pk").values_list("item_id", "name"):
        names[pk][name] = None
    rows = {}
    listed = Item.objects.ever_listed().only(*_ITEM_COLUMNS).prefetch_related(*_SHARED)
    for item in listed.order_by("pk"):
        if item.listed_at is None:
            continue
        statement = statements.get(item.pk)
        if statement is None or item.delisted_at is not None:
            statement = _last_words(item, statement)
        rows[item.pk] = ItemRow(
            statement=statement,
            kind=ItemKind(item.kind),
            position=item.position or 0,
            listed_at=item.listed_at,
            delisted_at=item.delisted_at,
            names={**names[item.pk], item.name: None},
            pk=item.pk,
        )
    return rows


def _last_words(item: Item, last: Statement | None) -> Statement:
    """Give what was last said of a departed item: it may have been said at the instant of its departure, in no period."""
    organization = item.organization
    said = replace(
        last.card if last else Card(item.name),
        name=item.name,
        maturity=item.maturity,
        repository_url=item.repository_url,
        crunchbase_permalink=organization.permalink if organization else "",
        organization_name=organization.name if organization and not organization.permalink else "",
    )
    return Statement(said, _place(item))


def _place(row: Item | ItemPeriod) -> SectionKey:
    if row.subcategory is None:
        raise ValueError("An item that was ever listed has a subcategory.")
    return SectionKey(row.subcategory.category.name, row.subcategory.name)


def _span(subject: Any, value: Any, row: Dated) -> Span[Any, Any]:
    return Span(subject, value, row.during.lower, row.during.upper, pk=row.pk)


def _outline() -> tuple[CategoryOutline, ...]:
    """Give the sections of the newest readable version in order."""
    rows = SubcategoryPeriod.objects.filter(during__upper_inf=True)
    ordered = rows.order_by("category_position", "position").values_list(
        "subcategory__category__name", "subcategory__name"
    )
    categories: dict[str, list[str]] = defaultdict(list)
    for category, name in ordered:
        categories[category].append(name)
    return tuple(CategoryOutline(category, tuple(names)) for category, names in categories.items())
