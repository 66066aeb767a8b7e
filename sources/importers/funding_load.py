"""Stores ``content/funding/``: again with the same files writes nothing, and what an analyst edited stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, QuerySet

from market.models import Citation, FundingRound, Investment
from projects.models import Item, Organization, Source
from sources.clients.content_files import ORGANIZATIONS_FILE, read_organizations
from sources.importers.cited_sources import SOURCE_COLUMNS
from sources.importers.curated import Merge
from sources.importers.funding_entries import (
    Entry,
    citations_of,
    columns_of,
    entry_of,
    in_order,
    is_written,
)
from sources.importers.funding_files import DIRECTORY, FundingContent, FundingFile, read_funding
from sources.importers.funding_kinds import ACQUISITIONS, KINDS, ROUNDS, VALUATIONS, Fact, FundingKind
from sources.importers.organization_keys import organization_key, organizations_by_key


@dataclass(frozen=True, slots=True)
class _Known:
    """What entries may name."""

    organizations: Mapping[str, Organization]
    # By their keys in the files, and all by their addresses.
    sources: Mapping[str, Source]
    # The keys by the sources' own; what content does not name goes by its address.
    source_keys: Mapping[int, str]
    # Organizations that content/organizations.yaml knows; the stored landscape may be another's and lack them.
    described: frozenset[str]


def load_funding(root: Path, merge: Merge) -> None:
    """Store the facts within the caller's transaction; raises ``ContentError`` with file and line."""
    content = read_funding(root)
    if not content.files:
        return
    named = _sources(content.sources, merge)
    every = list(Source.objects.all())
    known = _Known(
        organizations_by_key(),
        {row.url: row for row in every} | named,
        {row.pk: row.url for row in every} | {row.pk: key for key, row in named.items()},
        frozenset(organization_key(entry) for entry in read_organizations(root)),
    )
    for kind in KINDS:
        _store(content, kind, known, merge)


def _sources(entries: Mapping[str, Mapping[str, Any]], merge: Merge) -> dict[str, Source]:
    """Return the sources by their keys, made where they lack; two queries and one for each that is corrected."""
    rows = {row.url: row for row in Source.objects.filter(url__in=[values["url"] for values in entries.values()])}
    found, added = {}, []
    for key, values in entries.items():
        given = {column: values[column] for column in SOURCE_COLUMNS if values.get(column)}
        row = rows.get(values["url"])
        if row is None:
            row = rows[values["url"]] = Source(url=values["url"], **_typed(given))
            added.append(row)
        elif _correct(row, f"{DIRECTORY}/_sources#{key}", given, merge) and row.pk:
            row.save(update_fields=list(given))
        merge.given_now[f"{DIRECTORY}/_sources#{key}"] = given
        found[key] = row
    Source.objects.bulk_create(added)
    return found


def _correct(row: Source, key: str, given: Entry, merge: Merge) -> bool:
    current = {column: str(getattr(row, column)) for column in given if getattr(row, column)}
    wanted = merged(merge, key, current, given)
    for column, value in _typed(wanted).items():
        setattr(row, column, value)
    return wanted != current


def _typed(given: Entry) -> Entry:
    return {name: date.fromisoformat(text) if name.endswith("_on") else text for name, text in given.items()}


def merged(merge: Merge, key: str, current: Entry, given: Entry) -> Entry:
    """Return what shall hold: the file's value where nobody edited what it gave before, else what is stored."""
    before = merge.given_before.get(key, {})
    result = dict(current)
    for name in {*current, *given}:
        if current.get(name) == given.get(name):
            continue
        if current.get(name) != before.get(name):
            merge.kept += 1
        elif name in given:
            result[name] = given[name]
        else:
            del result[name]
    return result


def _store(content: FundingContent, kind: FundingKind, known: _Known, merge: Merge) -> None:
    stored = {row.slug: row for row in facts(kind)}
    for file in content.files:
        for index, written in file.entries(kind):
            _check_organizations(file, kind, index, written, known)
            owner = known.organizations.get(file.organization)
            entry = in_order({name: value for name, value in written.items() if is_written(name, value, kind)})
            if owner is None or not _can_stand(entry, known):
                continue
            key = entry_key(kind, entry["slug"])
            row = stored.get(entry["slug"])
            if row is not None:
                current = entry_of(row, kind, known.source_keys)
                wanted = merged(merge, key, current, entry)
                if wanted != current:
                    _write(row, wanted, kind, known)
            elif key in merge.given_before:
                merge.kept += 1  # an analyst has deleted it
            else:
                _write(kind.model(slug=entry["slug"], **{f"{kind.owner}_id": owner.pk}), entry, kind, known)
            merge.given_now[key] = entry
    _remove_withdrawn(stored, kind, merge, known.source_keys)


def _remove_withdrawn(
    stored: Mapping[str, Fact], kind: FundingKind, merge: Merge, source_keys: Mapping[int, str]
) -> None:
    """Delete what the files gave before and no longer do, unless somebody edited it since."""
    prefix = entry_key(kind, "")
    for key in merge.given_before.keys() - merge.given_now.keys():
        row = stored.get(key.removeprefix(prefix)) if key.startswith(prefix) else None
        if row is not None and entry_of(row, kind, source_keys) == merge.given_before[key]:
            row.delete()
        elif row is not None:
            merge.kept += 1


def entry_key(kind: FundingKind, slug: str) -> str:
    """Return the key under which is remembered what the files gave for a fact."""
    return f"{DIRECTORY}/{kind.section}#{slug}"


def facts(kind: FundingKind) -> Iterable[Fact]:
    """Return all facts of a kind with all that ``entry_of`` reads."""
    citations = Prefetch("citations", Citation.objects.select_related("source").order_by("pk"))
    rows: QuerySet[Any] = kind.model._default_manager.select_related(kind.owner).prefetch_related(citations)  # noqa: SLF001
    if kind is ROUNDS:
        rows = rows.prefetch_related(
            Prefetch("investments", Investment.objects.select_related("investor").order_by("pk"))
        )
    if kind.related:
        rows = rows.select_related(kind.related)
    return rows.order_by(kind.date, "slug")


def _check_organizations(file: FundingFile, kind: FundingKind, index: int, entry: Entry, known: _Known) -> None:
    """Refuse keys of organizations that neither content nor the landscape knows."""
    investors = [one["organization"] for one in entry.get("investors", ())]
    places: dict[str, tuple[str | int, ...]] = {file.organization: ("organization",)}
    places |= {
        name: (kind.section, index, "investors", number, "organization") for number, name in enumerate(investors)
    }
    if "acquirer" in entry:
        places[entry["acquirer"]] = (kind.section, index, "acquirer")
    for name, where in places.items():
        if name not in known.organizations and name not in known.described:
            raise file.mistake(where, f"no organization '{name}' stands in {ORGANIZATIONS_FILE}.")
    if "acquirer" in entry and entry["acquirer"] == file.organization:
        raise file.mistake((kind.section, index, "acquirer"), "an organization does not buy itself.")
    if len(set(investors)) < len(investors):
        raise file.mistake((kind.section, index, "investors"), "an investor stands twice in one round.")


def _can_stand(entry: Entry, known: _Known) -> bool:
    """Tell whether the stored landscape has the organizations that an entry names."""
    names = [one["organization"] for one in entry.get("investors", ())] + [entry.get("acquirer", "")]
    return all(name in known.organizations for name in names if name)


def _write(row: Fact, entry: Entry, kind: FundingKind, known: _Known) -> None:
    for column, value in columns_of(entry, kind).items():
        setattr(row, column, value)
    if kind.related:
        setattr(row, kind.related, _related(kind, entry.get(kind.related, ""), known))
    row.save()
    row.citations.all().delete()
    citations = list(citations_of(entry, known.sources))
    for citation in citations:
        setattr(citation, kind.citation, row)
    Citation.objects.bulk_create(citations)
    if kind is ROUNDS:
        _write_investments(row, entry, known)


def _related(kind: FundingKind, key: str, known: _Known) -> Organization | FundingRound | Item | None:
    """Return what an entry names by a key, None for "" or what is not stored."""
    if kind is ACQUISITIONS:
        return known.organizations.get(key)
    named = FundingRound if kind is VALUATIONS else Item
    return named.objects.filter(slug=key).first() if key else None


def _write_investments(row: Fact, entry: Entry, known: _Known) -> None:
    Investment.objects.filter(round=row.pk).delete()
    Investment.objects.bulk_create(
        Investment(
            round_id=row.pk,
            investor=known.organizations[each["organization"]],
            is_lead=each.get("lead"),
            is_earlier_holder=each.get("earlier", False),
        )
        for each in entry.get("investors", ())
    )
