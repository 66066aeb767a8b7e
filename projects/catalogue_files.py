"""The catalogue as files: which there are, their columns, and a descriptor that programs read.

Columns are only ever added at the end, so that a program that reads them by place keeps working.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from projects import catalogue_rows as rows
from projects.licences import known_licence, licence_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from projects.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in the words of Frictionless, and what stands in it. Times are UTC."""

    name: str
    type: str
    description: str

    def descriptor(self) -> dict[str, str]:
        """Return the column as a field of a table schema."""
        return {"name": self.name, "type": self.type, "format": "default", "description": self.description}


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One table of the catalogue; ``rows`` gives its tuples at an instant, in the order of ``columns``."""

    name: str
    title: _StrPromise
    description: _StrPromise
    rows: Callable[[datetime], Iterator[rows.Row]]
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def _columns(*declared: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in declared)


COMMIT = ("commit", "string", "Commit of the landscape's repository that began this")
PLACES = (("category", "string", "Category of the landscape"), ("subcategory", "string", "Subcategory"))

FILES = (
    CatalogueFile(
        "items",
        _("Items"),
        _("Every card of the landscape on the day."),
        rows.item_rows,
        _columns(
            ("slug", "string", "Stable identifier of the item, in every file"),
            ("name", "string", "Name on the card"),
            ("kind", "string", "project, open_source, product, member or partner"),
            *PLACES,
            ("maturity", "string", "Stage at the foundation; empty: not hosted"),
            ("organization", "string", "Organization that the card names"),
            ("listed_at", "datetime", "When the landscape first listed the item, by what is known today"),
            ("delisted_at", "datetime", "When it left, by what is known today; empty: it has not"),
            ("project", "string", "Identifier of the hosted project that the card belongs to"),
            ("organization_slug", "string", "Stable identifier of the organization"),
            ("repository_url", "string", "Address of the repository that the card names"),
            ("license", "string", "Licence that the card names"),
            ("homepage_url", "string", "Address of the homepage"),
            ("joined_on", "date", "Day a member joined, as declared"),
            ("description", "string", "The landscape's own words"),
            ("summary", "string", "Our summary in English"),
            ("summary_zh", "string", "Our summary in Chinese"),
            ("other_placements", "string", "Further places of the card: Category / Subcategory, separated by ;"),
            ("unchanged_since", "datetime", "Since when the card says exactly this"),
            COMMIT,
        ),
        ("slug",),
    ),
    CatalogueFile(
        "projects",
        _("Hosted projects"),
        _(
            "Every project that the foundation hosted on the day, with declared and seen dates. A project that has several cards is one row."
        ),
        rows.project_rows,
        _columns(
            ("slug", "string", "Stable identifier of the project"),
            ("name", "string", "Name of the project"),
            ("maturity", "string", "Stage; where the cards of a project differ, the commonest"),
            *PLACES,
            ("item", "string", "The card that stands for the project"),
            ("cards", "integer", "Number of cards of the project"),
            ("repository_url", "string", "Address of the repository"),
            ("homepage_url", "string", "Address of the homepage"),
            ("accepted_on", "date", "Day of acceptance, as declared"),
            ("incubating_on", "date", "Day of incubation, as declared"),
            ("graduated_on", "date", "Day of graduation, as declared"),
            ("archived_on", "date", "Day of archiving, as declared"),
            ("sandbox_seen_at", "datetime", "When the landscape first showed the project in the sandbox"),
            ("incubating_seen_at", "datetime", "When the landscape first showed it as incubating"),
            ("graduated_seen_at", "datetime", "When the landscape first showed it as graduated"),
            ("archived_seen_at", "datetime", "When the landscape first showed it as archived"),
        ),
        ("slug",),
    ),
    CatalogueFile(
        "organizations",
        _("Organizations"),
        _("Every organization that a card names on the day."),
        rows.organization_rows,
        _columns(
            ("slug", "string", "Stable identifier of the organization"),
            ("name", "string", "Name"),
            ("name_zh", "string", "Name in Chinese"),
            ("kind", "string", "company, foundation, university, public, community or investor"),
            ("country", "string", "Country of the seat, ISO 3166-1 alpha-2; ours, with its source"),
            ("country_source", "string", "Where the country stands"),
            ("founded_year", "integer", "Year of foundation"),
            ("website", "string", "Address of the website"),
            ("permalink", "string", "The landscape's identifier of the organization"),
            ("items", "integer", "Number of cards that name it"),
        ),
        ("slug",),
    ),
    CatalogueFile(
        "changes",
        _("Changes"),
        _("What entered, left, moved, was renamed or promoted, from the first version to the day."),
        rows.change_rows,
        _columns(
            ("at", "datetime", "When the change took effect"),
            ("kind", "string", "listed, delisted, moved, renamed, promoted ..."),
            ("item", "string", "Identifier of the item"),
            ("name", "string", "Name of the item today"),
            ("category", "string", "Category in which it stood just after (delisted: just before)"),
            ("before", "string", "What was"),
            ("after", "string", "What is since then"),
            ("with_section", "boolean", "Whether the section was renamed, split or merged around the card"),
            COMMIT,
        ),
    ),
    CatalogueFile(
        "periods",
        _("Full history"),
        _("What the landscape said of every item, and from when to when."),
        rows.period_rows,
        _columns(
            ("item", "string", "Identifier of the item"),
            ("from", "datetime", "Since when the landscape said this"),
            ("to", "datetime", "Until when, exclusive; empty: it still did"),
            ("name", "string", "Name"),
            ("kind", "string", "project, open_source, product, member or partner"),
            *PLACES,
            ("maturity", "string", "Stage; empty: not hosted"),
            ("organization", "string", "Organization that the card names"),
            ("repository_url", "string", "Address of the repository"),
            ("license", "string", "Licence"),
            COMMIT,
        ),
        ("item", "from"),
    ),
    CatalogueFile(
        "stages",
        _("Declared stages"),
        _("Every date that the landscape declared for a stage, later corrected or not, and when it said so."),
        rows.stage_rows,
        _columns(
            ("item", "string", "Identifier of the item"),
            ("stage", "string", "accepted, incubating, graduated or archived"),
            ("declared_on", "date", "The day declared"),
            ("said_from", "datetime", "Since when the landscape said so"),
            ("said_until", "datetime", "Until when, exclusive; empty: it still did"),
        ),
        ("item", "stage", "said_from"),
    ),
    CatalogueFile(
        "versions",
        _("Versions"),
        _("Every version of the landscape's file that the history was read from."),
        rows.version_rows,
        _columns(
            ("position", "integer", "Place on the mainline, from 0"),
            ("commit", "string", "Commit"),
            ("committed_at", "datetime", "The commit's own date"),
            ("effective_at", "datetime", "The same, kept from ever falling along the mainline"),
            ("is_readable", "boolean", "Whether the file could be read"),
            ("problem", "string", "Why not"),
        ),
        ("position",),
    ),
)
BY_NAME = {file.name: file for file in FILES}

# What guards a spreadsheet stands in the cell, so who reads the file by program must know of it.
GUARD = "A text that begins with =, +, - or @ has an apostrophe before it."


def data_package(provenance: Provenance, *, url_of: Callable[[str], str]) -> dict[str, Any]:
    """Return the files' descriptor as a Frictionless tabular data package; ``url_of`` gives the address of a file's CSV.

    https://specs.frictionlessdata.io/tabular-data-package/
    """
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "strata-landscape",
        "title": provenance.name or "Landscape",
        "version": provenance.commit,
        "created": provenance.committed_at,
    }
    # The specification knows no empty lists: what nobody said is left out.
    if provenance.licence:
        package["licenses"] = [_licence(provenance.licence)]
    if provenance.credit:
        package["sources"] = [_source(provenance)]
    return package | {"resources": [_resource(file, url_of(file.name)) for file in FILES]}


def _licence(text: str) -> dict[str, str]:
    known = known_licence(text)
    if known:
        return {"name": known.name, "title": known.title, "path": known.url}
    path = licence_url(text)
    return {"path": path} if path else {"name": text}


def _source(provenance: Provenance) -> dict[str, str]:
    source = {"title": provenance.credit}
    return source | {"path": provenance.source} if provenance.source.startswith("http") else source


def _resource(file: CatalogueFile, url: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [column.descriptor() for column in file.columns], "missingValues": [""]}
    if file.primary_key:
        schema["primaryKey"] = list(file.primary_key)
    return {
        "profile": "tabular-data-resource",
        "name": file.name,
        "path": url,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": GUARD,
        "schema": schema,
    }
