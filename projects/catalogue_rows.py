"""The rows of the catalogue's files at an instant, read through server-side cursors: memory does not grow with them.

Each function gives tuples in the order of its file's columns (``projects.catalogue_files``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, Count, DateTimeField, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from projects.as_of import periods_at
from projects.commits import shown_commit_of
from projects.hosted_projects import hosted_projects
from projects.models import Change, ItemPeriod, LandscapeVersion, Maturity, StageDeclaration, VersionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

Row = tuple[Any, ...]

CHUNK_ROWS = 2000
PLACE = ("subcategory__category__name", "subcategory__name")


class _Bound(Func):
    """An end of a range."""

    output_field = DateTimeField()


BEGIN = _Bound("during", function="lower")
END = _Bound("during", function="upper")
VERSION_COMMIT = shown_commit_of("version__commit")


def _stream(rows: QuerySet[Any, Any]) -> Iterator[Row]:
    return rows.iterator(chunk_size=CHUNK_ROWS)


def item_rows(instant: datetime) -> Iterator[Row]:
    """Give each card of the landscape."""
    columns = ("name", "kind", *PLACE, "maturity", "organization__name", "item__listed_at", "item__delisted_at")
    more = ("project__slug", "organization__slug", "repository_url", "license", "extra__homepage_url", "extra__joined")
    texts = ("extra__description", "item__summary", "item__summary_zh")
    rows = periods_at(instant).order_by("item__slug")
    placements = 18
    for row in _stream(
        rows.values_list("item__slug", *columns, *more, *texts, "other_placements", BEGIN, VERSION_COMMIT)
    ):
        yield (*row[:placements], _paths(row[placements]), *row[placements + 1 :])


def _paths(placements: Iterable[dict[str, str]]) -> str:
    return "; ".join(f"{place['category']} / {place['subcategory']}" for place in placements)


def project_rows(instant: datetime) -> Iterator[Row]:
    """Give each hosted project once, with the dates declared by then and the dates its stages were first shown."""
    rows = (
        hosted_projects(periods_at(instant))
        .annotate(
            project_slug=Coalesce("project__slug", "item__slug"),
            project_name=Coalesce("project__name", "name"),
            cards=Subquery(_cards_of_project(instant)),
        )
        .order_by("project_slug")
    )
    declared = (f"extra__stages__{stage}" for stage in ("accepted", "incubating", "graduated", "archived"))
    seen = (Subquery(_first_shown(instant, stage)) for stage in Maturity.values)
    names = ("project_slug", "project_name", "maturity", *PLACE, "item__slug", "cards")
    return _stream(rows.values_list(*names, "repository_url", "extra__homepage_url", *declared, *seen))


def _of_same_project() -> Q:
    return Q(project=OuterRef("project")) | Q(project__isnull=True, item=OuterRef("item"))


def _cards_of_project(instant: datetime) -> QuerySet[ItemPeriod, Any]:
    cards = periods_at(instant).hosted().filter(_of_same_project()).order_by()
    return cards.annotate(cards=Func("pk", function="count")).values_list("cards")


def _first_shown(instant: datetime, stage: str) -> QuerySet[ItemPeriod, Any]:
    shown = ItemPeriod.objects.filter(_of_same_project(), maturity=stage, during__startswith__lte=instant)
    return shown.order_by("during").values_list(BEGIN)[:1]


def period_rows(instant: datetime) -> Iterator[Row]:
    """Give everything the landscape said of every item until the instant; what still held then has no end."""
    ended = Case(When(during__endswith__lte=instant, then=END), default=None, output_field=DateTimeField())
    columns = ("item__slug", BEGIN, ended, "name", "kind", *PLACE, "maturity", "organization__name")
    rows = ItemPeriod.objects.filter(during__startswith__lte=instant).order_by("item__slug", "during")
    return _stream(rows.values_list(*columns, "repository_url", "license", VERSION_COMMIT))


def change_rows(instant: datetime) -> Iterator[Row]:
    """Give each difference between neighbouring versions until the instant, oldest first."""
    with_section = Case(
        When(taxonomy_break__isnull=False, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    columns = ("at", "kind", "item__slug", "item__name", "category__name", "before", "after")
    rows = Change.objects.between(None, instant).order_by("at", "pk")
    return _stream(rows.values_list(*columns, with_section, VERSION_COMMIT))


def organization_rows(instant: datetime) -> Iterator[Row]:
    """Give each organization that a card of the landscape names, with the number of those cards."""
    names = [f"organization__{name}" for name in ("slug", "name", "name_zh", "kind", "country", "country_source__url")]
    more = [f"organization__{name}" for name in ("founded_year", "website", "permalink")]
    named = periods_at(instant).filter(organization__isnull=False).order_by("organization__slug")
    return _stream(named.values_list(*names, *more).annotate(items=Count("pk")))


def stage_rows(instant: datetime) -> Iterator[Row]:
    """Give each date that the landscape declared for a stage until the instant, and when it said so."""
    said_until = Case(When(during__endswith__lte=instant, then=END), default=None, output_field=DateTimeField())
    rows = StageDeclaration.objects.filter(during__startswith__lte=instant).order_by("item__slug", "during", "stage")
    return _stream(rows.values_list("item__slug", "stage", "declared_on", BEGIN, said_until))


def version_rows(instant: datetime) -> Iterator[Row]:
    """Give each version of the landscape's file until the instant, as the mainline has them."""
    readable = Case(When(status=VersionStatus.READ, then=Value(value=True)), default=Value(value=False))
    rows = LandscapeVersion.objects.filter(effective_at__lte=instant).order_by("position")
    commit = shown_commit_of("commit")
    return _stream(rows.values_list("position", commit, "committed_at", "effective_at", readable, "problem"))


def row_counts(instant: datetime) -> dict[str, int]:
    """Count the rows of each file by its name; one query a file."""
    items = periods_at(instant)
    return {
        "items": items.count(),
        "projects": hosted_projects(items).count(),
        "organizations": items.filter(organization__isnull=False).values("organization").distinct().count(),
        "changes": Change.objects.between(None, instant).count(),
        "periods": ItemPeriod.objects.filter(during__startswith__lte=instant).count(),
        "stages": StageDeclaration.objects.filter(during__startswith__lte=instant).count(),
        "versions": LandscapeVersion.objects.filter(effective_at__lte=instant).count(),
    }
