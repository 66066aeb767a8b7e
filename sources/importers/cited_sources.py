"""Sources that content files cite: one row an address, its title and publisher as the file last gave them."""

from collections.abc import Iterable

from projects.models import Source
from sources.clients.knowledge_files import CitedPublication


def keep_sources(publications: Iterable[CitedPublication]) -> list[Source]:
    """Return the rows of the sources, made where they lack; what a file leaves open keeps what is known."""
    rows = []
    for publication in publications:
        given = {
            "title": publication.title[:300],
            "publisher": publication.publisher[:200],
            "published_on": publication.published_on,
            "retrieved_on": publication.retrieved_on,
            "licence": publication.licence,
        }
        row, is_new = Source.objects.get_or_create(url=publication.url, defaults=given)
        lacking = {name: value for name, value in given.items() if value and not getattr(row, name)}
        if lacking and not is_new:
            Source.objects.filter(pk=row.pk).update(**lacking)
        rows.append(row)
    return rows
