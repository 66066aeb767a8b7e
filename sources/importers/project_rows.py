"""Hosted projects in the database, and the reviews of their stages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db.models import Exists, F, OuterRef

from projects.models import Item, ItemPeriod, Project, StageDeclaration, StageReview
from sources.importers.project_groups import HostedPeriod, own_name, project_groups
from sources.importers.repository_addresses import repository_address
from sources.importers.row_sync import sync_rows
from sources.importers.slugs import SlugBook
from sources.importers.stage_reviews import SeenStage, stage_reviews
from sources.importers.stored_periods import StoredPeriod


def store_projects(periods: Sequence[StoredPeriod], *, recorded_from: datetime) -> None:
    """Bring projects and stage reviews to what all ``periods`` say, by item and time."""
    by_item: dict[int, list[StoredPeriod]] = {}
    for period in periods:
        by_item.setdefault(period.item, []).append(period)
    groups = project_groups(_hosted(period) for period in periods if period.is_hosted)
    hosted = Item.objects.with_taxonomy().filter(pk__in=[item for group in groups for item in group])
    items = {item.pk: item for item in hosted}
    ordered = [sorted((items[pk] for pk in group), key=_claim_to_a_project) for group in groups]
    _store_groups(ordered)
    _store_reviews(ordered, by_item, recorded_from)


def _hosted(period: StoredPeriod) -> HostedPeriod:
    address = repository_address(period.repository_url)
    return HostedPeriod(period.item, period.start, period.end, period.name, address.key if address else "")


def _claim_to_a_project(item: Item) -> tuple[object, ...]:
    """Order the cards of a project: the one to name it after comes first."""
    place = item.subcategory
    where = (place.category.name, place.name, item.position or 0) if place else ()
    return own_name(item.name) != item.name, item.delisted_at is not None, item.listed_at, item.name, where, item.slug


def _store_groups(groups: Iterable[Sequence[Item]]) -> None:
    """Give each group its project: the one that its cards have, else a new one."""
    stored = Project.objects.in_bulk()
    slugs = SlugBook((project.slug for project in stored.values()), max_length=200)
    projects: list[tuple[Project, Sequence[Item]]] = []
    for group in groups:
        name = group[0].name[:200]
        project = stored.pop(min((item.project_id or 0 for item in group if item.project_id), default=0), None)
        if project is None:
            project = Project(slug=slugs.give(group[0].slug, fallback="project"), name=name)
        elif project.name != name:
            project.name = name
            project.save(update_fields=["name"])
        projects.append((project, group))
    Project.objects.bulk_create(project for project, _ in projects if not project.pk)
    moved = []
    for project, group in projects:
        for item in group:
            if item.project_id != project.pk:
                item.project = project
                moved.append(item)
    Item.objects.bulk_update(moved, ["project"], batch_size=1000)
    hosted = ItemPeriod.objects.hosted()
    hosted.exclude(project_id=F("item__project_id")).update(
        project_id=Item.objects.filter(pk=OuterRef("item_id")).values("project_id")
    )
    Item.objects.exclude(project=None).exclude(Exists(hosted.filter(item=OuterRef("pk")))).update(project=None)
    Project.objects.filter(items=None).delete()


def _store_reviews(
    groups: Iterable[Sequence[Item]], by_item: Mapping[int, Sequence[StoredPeriod]], recorded_from: datetime
) -> None:
    columns = ("reason", "declared_on", "seen_at", "days")
    declared = _declared()
    wanted = {}
    for group in groups:
        seen = [one for item in group for one in _seen(by_item[item.pk])]
        for review in stage_reviews(declared.get(group[0].pk, {}), seen, recorded_from=recorded_from):
            wanted[group[0].pk, review.stage] = {column: getattr(review, column) for column in columns}
    sync_rows(StageReview, wanted, key=("item_id", "stage"), values=columns)


def _declared() -> dict[int, dict[str, date]]:
    """Give the newest declared day of each stage by item."""
    declared: dict[int, dict[str, date]] = {}
    for row in StageDeclaration.objects.order_by(RangeStartsWith("during"), "pk"):
        declared.setdefault(row.item_id, {})[row.stage] = row.declared_on
    return declared


def _seen(periods: Iterable[StoredPeriod]) -> Iterator[SeenStage]:
    """Give the steps of maturity that the periods of one item show."""
    before = ""
    for period in periods:
        if period.maturity and period.maturity != before:
            yield SeenStage(period.maturity, period.start, was_hosted=bool(before))
        before = period.maturity
