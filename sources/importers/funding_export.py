"""Writes the ledger back into ``content/funding/``, in the form that ``load_funding`` reads."""

from pathlib import Path

import yaml

from projects.models import Organization, Source
from sources.clients.content_files import ORGANIZATIONS_FILE
from sources.clients.content_yaml import read_content
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, write_text
from sources.importers.funding_entries import Entry, entry_of
from sources.importers.funding_files import DIRECTORY, SOURCES_FILE, funding_path, read_funding
from sources.importers.funding_kinds import KINDS, ROUNDS
from sources.importers.funding_load import facts
from sources.importers.organization_keys import organization_key, organizations_by_key

HEADER = "# What the facts about money cite. The essay is read statement by statement: a page names the statement, the source its part.\n"


def export_funding(root: Path) -> int:
    """Rewrite the files of the ledger below ``root`` from the database; returns how many changed.

    Organizations that ``organizations.yaml`` lacks are added at its end. A file whose facts are all gone is removed.
    """
    former = {values["url"]: key for key, values in read_funding(root).sources.items()}
    places = {url: place for place, url in enumerate(former)}
    cited = sorted(
        Source.objects.exclude(citations=None).distinct().prefetch_related("citations"),
        key=lambda row: (places.get(row.url, len(places)), row.pk),
    )
    keys = {row.pk: former.get(row.url, row.url) for row in cited}
    values = _by_organization(keys)
    changed = int(
        write_text(root / DIRECTORY / SOURCES_FILE, HEADER + entry_text({keys[r.pk]: _source(r) for r in cited}))
    )
    paths = set()
    for key, value in values.items():
        path = funding_path(root, key)
        paths.add(path)
        changed += write_text(path, entry_text(value))
    for path in set((root / DIRECTORY).glob("*.yaml")) - paths - {root / DIRECTORY / SOURCES_FILE}:
        path.unlink()
        changed += 1
    return changed + _add_organizations(root, values)


def _by_organization(keys: dict[int, str]) -> dict[str, Entry]:
    values: dict[str, Entry] = {}
    for kind in KINDS:
        for row in facts(kind):
            owner = organization_key(getattr(row, kind.owner))
            value = values.setdefault(owner, {"organization": owner})
            value.setdefault(kind.section, []).append(entry_of(row, kind, keys))
    return values


def _source(row: Source) -> Entry:
    row.retrieved_on = row.retrieved_on or min(citation.retrieved_on for citation in row.citations.all())
    return source_entry(row)


def _add_organizations(root: Path, values: dict[str, Entry]) -> int:
    path = root / ORGANIZATIONS_FILE
    known = read_content(root, path, schema="organizations")
    named = _named(values) - known.keys()
    rows = organizations_by_key() if named else {}
    added = {key: _organization(rows[key]) for key in sorted(named)}
    if not added:
        return 0
    text = path.read_text(encoding="utf-8")
    return write_text(path, text + yaml.dump(added, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))


def _named(values: dict[str, Entry]) -> set[str]:
    named = set(values)
    for value in values.values():
        named |= {entry["acquirer"] for entry in value.get("acquisitions", ()) if "acquirer" in entry}
        rounds: tuple[Entry, ...] = tuple(value.get(ROUNDS.section, ()))
        named |= {each["organization"] for entry in rounds for each in entry.get("investors", ())}
    return named


def _organization(row: Organization) -> Entry:
    entry: Entry = {
        name: getattr(row, name) for name in ("name", "name_zh", "country", "kind", "founded_year", "website")
    }
    if not row.permalink:
        entry["permalink"] = False
    return {key: value for key, value in entry.items() if value not in ("", None)}
