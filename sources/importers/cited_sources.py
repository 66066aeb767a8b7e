"""Sources that content files cite: one row an address, its title and publisher as the file last gave them."""

from collections.abc import Iterable

from projects.models import Source
from sources.clients.cited_publications import CitedPublication

SOURCE_COLUMNS = ("title", "publisher", "published_on", "retrieved_on", "licence")


def keep_sources(publications: Iterable[CitedPublication]) -> list[Source]:
    """Return the rows of the sources, each once, made where they lack; two queries and one for each that learns more.

    What a file leaves open keeps what is known, and what is known is not overwritten.
    """
    given = {publication.url: publication for publication in publications}
    rows = {row.url: row for row in Source.objects.filter(url__in=given)}
    for url, row in rows.items():
        learned = [name for name in SOURCE_COLUMNS if getattr(given[url], name) and not getattr(row, name)]
        for name in learned:
            setattr(row, name, getattr(given[url], name))
        if learned:
            row.save(update_fields=learned)
    added = [Source(url=url, **_columns(one)) for url, one in given.items() if url not in rows]
    Source.objects.bulk_create(added)
    return [*rows.values(), *added]


def source_entry(source: Source) -> dict[str, str]:
    """Return a source as files write it; what is unknown is left out."""
    return {name: str(value) for name in ("url", *SOURCE_COLUMNS) if (value := getattr(source, name))}


def _columns(publication: CitedPublication) -> dict[str, object]:
    return {name: getattr(publication, name) for name in SOURCE_COLUMNS}
