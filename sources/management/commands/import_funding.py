"""Import facts about money from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from market.ledger_csv import LedgerFileError
from market.ledger_import import import_ledger


class Command(BaseCommand):
    """``import_funding FILE [--dry-run]``."""

    help = "Import facts about money from a CSV file (docs/funding_csv.md): all of its lines, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check the file and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            imported = import_ledger(path.read_bytes(), dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        except LedgerFileError as error:
            raise CommandError("\n".join(f"{path.name}, {each}" for each in error.mistakes)) from error
        done = "Imported" if imported.is_stored else "Would import"
        self.stdout.write(f"{done} {imported.facts} facts and {imported.citations} further citations.")
