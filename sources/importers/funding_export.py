"""Writes the ledger back into ``content/funding/``, in the form that ``load_funding`` reads."""

from pathlib import Path

import yaml

from market.partial_dates import parse_partial_date
from projects.models import Organization, Source
from sources.clients.content_files import ORGANIZATIONS_FILE
from sources.clients.content_yaml import read_content
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, write_text
from sources.importers.funding_entries import Entry, entry_of
from sources.importers.funding_files import DIRECTORY, SOURCES_FILE, FundingContent, funding_path, read_funding
from sources.importers.funding_kinds import KINDS, ROUNDS
from sources.importers.funding_load import entry_key, facts
from sources.importers.organization_keys import organization_key, organizations_by_key
from sources.models import ContentEntry

HEADER = "# What the facts about money cite. The essay is read statement by statement: a page names the statement, the source its part.\n"


def export_funding(root: Path) -> int:
    """Rewrite the files of the ledger below ``root`` from the database; returns how many changed.

    Organizations that ``organizations.yaml`` lacks are added at its end. What no load stored, because it is of another
    landscape's organizations, is kept. A file whose facts are all gone is removed.
    """
    content = read_funding(root)
    former = {values["url"]: key for key, values in content.sources.items()}
    places = {url: place for place, url in enumerate(former)}
    cited = sorted(
        Source.objects.exclude(citations=None).distinct().prefetch_related("citations"),
        key=lambda row: (places.get(row.url, len(places)), row.pk),
    )
    keys = {row.pk: former.get(row.url, row.url) for row in cited}
    values = _by_organization(keys)
    sources = {keys[row.pk]: _source(row) for row in cited}
    unstored = _unstored(content)
    as_they_are = {file.organization for file in content.files if unstored.get(file.organization) == file.value}
    for key, value in unstored.items():
        values[key] = _joined(values.get(key, {}), value)
        entries = [entry for kind in KINDS for entry in value.get(kind.section, ())]
        needed = {citation["source"] for entry in entries for citation in entry["citations"]}
        sources |= {name: dict(content.sources[name]) for name in needed - sources.keys()}
    order = {name: place for place, name in enumerate(content.sources)}
    sources = dict(sorted(sources.items(), key=lambda one: order.get(one[0], len(order))))
    changed = int(write_text(root / DIRECTORY / SOURCES_FILE, HEADER + entry_text(sources)))
    paths = set()
    for key, value in values.items():
        path = funding_path(root, key)
        paths.add(path)
        if key not in as_they_are:
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


def _unstored(content: FundingContent) -> dict[str, Entry]:
    """Return of each file what neither the database holds nor an earlier load gave to it."""
    given = set(ContentEntry.objects.filter(key__startswith=f"{DIRECTORY}/").values_list("key", flat=True))
    for kind in KINDS:
        given |= {entry_key(kind, slug) for slug in kind.model._default_manager.values_list("slug", flat=True)}  # noqa: SLF001
    values: dict[str, Entry] = {}
    for file in content.files:
        for kind in KINDS:
            for _, entry in file.entries(kind):
                if entry_key(kind, entry["slug"]) not in given:
                    value = values.setdefault(file.organization, {"organization": file.organization})
                    value.setdefault(kind.section, []).append(entry)
    return values


def _joined(stored: Entry, unstored: Entry) -> Entry:
    """Return one file's value, its facts in the order of their days."""
    value: Entry = {"organization": unstored["organization"]}
    for kind in KINDS:
        entries = [*stored.get(kind.section, ()), *unstored.get(kind.section, ())]
        if entries:
            value[kind.section] = sorted(entries, key=lambda one: (parse_partial_date(one["date"])[0], one["slug"]))
    return value


def _source(row: Source) -> Entry:
    row.retrieved_on = row.retrieved_on or min(citation.retrieved_on for citation in row.citations.all())
    return source_entry(row)


def _add_organizations(root: Path, values: dict[str, Entry]) -> int:
    path = root / ORGANIZATIONS_FILE
    known = read_content(root, path, schema="organizations")
    named = _named(values) - known.keys()
    rows = organizations_by_key() if named else {}
    added = {key: _organization(rows[key]) for key in sorted(named & rows.keys())}
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
