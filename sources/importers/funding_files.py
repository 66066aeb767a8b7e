"""``content/funding/``: one file for each organization's money, and one for the sources they cite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from market.currencies import known_currency
from market.partial_dates import parse_partial_date
from sources.clients.content_yaml import FORMATS, ContentError, PathInFile, line_in, read_content
from sources.importers.funding_kinds import KINDS, FundingKind

DIRECTORY = "funding"
SOURCES_FILE = "_sources.yaml"


@FORMATS.checks("partial-date", raises=ValueError)
def _is_partial_date(value: object) -> bool:
    return not isinstance(value, str) or bool(parse_partial_date(value))


@FORMATS.checks("currency", raises=ValueError)
def _is_currency(value: object) -> bool:
    return not isinstance(value, str) or bool(known_currency(value))


@dataclass(frozen=True, slots=True)
class FundingFile:
    """What one file says, by section; ``path`` and ``mistake`` name the place of what cannot be used."""

    root: Path
    path: Path
    value: Mapping[str, Any]

    @property
    def organization(self) -> str:
        """The key of the organization whose money it is."""
        return str(self.value["organization"])

    def entries(self, kind: FundingKind) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the entries of a section with their places in it."""
        yield from enumerate(self.value.get(kind.section, ()))

    def mistake(self, where: PathInFile, sentence: str) -> ContentError:
        """Return the error that names file and line."""
        line = line_in(self.path, where)
        return ContentError(f"{self.path.relative_to(self.root)}, line {line}: {sentence}")


@dataclass(frozen=True, slots=True)
class FundingContent:
    """All of ``content/funding/``."""

    sources: Mapping[str, Mapping[str, Any]]
    files: tuple[FundingFile, ...]


def funding_path(root: Path, organization: str) -> Path:
    """Return the path of an organization's file by its key."""
    return root / DIRECTORY / f"{organization.lower()}.yaml"


def read_funding(root: Path) -> FundingContent:
    """Read and check the files; nothing if there are none. Raises ``ContentError`` with file and line."""
    sources_path = root / DIRECTORY / SOURCES_FILE
    if not sources_path.is_file():
        return FundingContent({}, ())
    paths = sorted(path for path in (root / DIRECTORY).glob("*.yaml") if path.name != SOURCES_FILE)
    files = tuple(FundingFile(root, path, read_content(root, path, schema="funding")) for path in paths)
    content = FundingContent(read_content(root, sources_path, schema="funding_sources"), files)
    _check(content)
    return content


def _check(content: FundingContent) -> None:
    """Refuse what no file can tell alone: facts or files that stand twice, sources and rounds that stand nowhere."""
    seen: dict[tuple[str, str], FundingFile] = {}
    rounds = {entry["slug"] for file in content.files for entry in file.value.get("rounds", ())}
    for file in content.files:
        if file.path != funding_path(file.root, file.organization):
            raise file.mistake(("organization",), f"the file of {file.organization} has another name.")
        for kind in KINDS:
            for index, entry in file.entries(kind):
                where = (kind.section, index)
                if (kind.section, entry["slug"]) in seen:
                    raise file.mistake((*where, "slug"), f"'{entry['slug']}' stands twice.")
                seen[kind.section, entry["slug"]] = file
                if "round" in entry and entry["round"] not in rounds:
                    raise file.mistake((*where, "round"), f"there is no round '{entry['round']}'.")
                _check_price(file, where, entry)
                _check_sources(file, where, entry, content.sources)


def _check_price(file: FundingFile, where: PathInFile, entry: Mapping[str, Any]) -> None:
    if entry.get("undisclosed") and "amount" in entry:
        raise file.mistake((*where, "undisclosed"), "an amount that is given is not undisclosed.")
    if entry.get("currency") == "USD" and entry.get("amount_usd", entry["amount"]) != entry["amount"]:
        raise file.mistake((*where, "amount_usd"), "an amount in USD has no other amount in USD.")


def _check_sources(
    file: FundingFile, where: PathInFile, entry: Mapping[str, Any], sources: Mapping[str, object]
) -> None:
    for index, citation in enumerate(entry["citations"]):
        if citation["source"] not in sources:
            place = (*where, "citations", index, "source")
            raise file.mistake(place, f"'{citation['source']}' does not stand in {DIRECTORY}/{SOURCES_FILE}.")
