"""Importing a landscape: one transaction that reads what is new and writes it."""

from collections.abc import Callable, Iterable

from sources.clients.landscape_history import Version
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.history_rows import store_history, store_versions
from sources.importers.item_rows import store_items
from sources.importers.organization_rows import OrganizationRows
from sources.importers.taxonomy_rows import TaxonomyRows

Progress = Callable[[Iterable[Version], int], Iterable[Version]]


def store_catalogue(history: CatalogueHistory) -> None:
    """Write everything that a history has added, changed or dropped."""
    taxonomy, organizations = TaxonomyRows(), OrganizationRows()
    spans = history.periods.added
    taxonomy.store(
        [*(span.value.place for span in spans), *(span.subject for span in history.section_times.added)],
        history.outline,
    )
    organizations.store((span.value.card, span.note.kind) for span in spans)
    store_versions(history.versions)
    store_items(history.touched, taxonomy=taxonomy, organizations=organizations, adopted={})
    store_history(history, taxonomy, organizations)
