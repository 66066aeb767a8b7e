"""Writing a history: what it added, and what follows from the whole of it."""

from collections.abc import Mapping

from projects.models import Item
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.catalogue_rows import ItemRow
from sources.importers.history_rows import store_history, store_versions
from sources.importers.item_organization_rows import store_item_organizations
from sources.importers.item_rows import store_items
from sources.importers.kinds import card_kind
from sources.importers.notice_rows import store_notices
from sources.importers.organization_rows import OrganizationRows
from sources.importers.project_rows import store_projects
from sources.importers.repository_rows import store_repositories
from sources.importers.stored_periods import stored_periods
from sources.importers.taxonomy_rows import TaxonomyRows


def store_catalogue(history: CatalogueHistory, *, adopted: Mapping[ItemRow, Item] | None = None) -> None:
    """Write everything that ``history`` has added, changed or dropped, and bring the rest of the catalogue to it.

    ``adopted`` are stored items that become those of rows without a ``pk``. Runs inside the caller's transaction.
    """
    taxonomy, organizations = TaxonomyRows(), OrganizationRows()
    taxonomy.store(history.outlines, history.outline)
    organizations.store((statement.card, card_kind(*statement)) for statement in history.statements)
    store_versions(history.versions)
    store_items(history.touched, taxonomy=taxonomy, organizations=organizations, adopted=adopted or {})
    store_history(history, taxonomy, organizations)
    store_notices(history.notices.rows.values())
    everything = stored_periods()
    store_repositories(everything)
    store_item_organizations(foundation=history.roster.foundation())
    if everything:
        store_projects(everything, recorded_from=min(period.start for period in everything))
