"""Import published figures from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sources.clients.content_yaml import ContentError
from sources.clients.figure_publications import FigureKind
from sources.importers.errors import ImportRefusedError
from sources.importers.published_figures import ImportedFigures, import_figures, read_published


class Command(BaseCommand):
    """``import_figures KIND FILE``."""

    help = "Import published figures from a CSV file; again with the same file writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in FigureKind])
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            published = read_published(settings.BASE_DIR / "content", FigureKind(options["kind"]), path)
            imported = import_figures(published, now=timezone.now())
        except (ContentError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        self._summarise(imported)

    def _summarise(self, imported: ImportedFigures) -> None:
        rows = [("rows read", imported.read), ("rows written now", imported.written)]
        rows += [("rows left out", imported.left_out_rows), ("rows without a match", imported.unmatched_rows)]
        for name, count in rows:
            self.stdout.write(f"{name:<20}  {count:>9,}")
        for name, reason in imported.left_out.items():
            self.stdout.write(f"left out: {name} ({reason})")
        for name in imported.unmatched:
            self.stdout.write(f"no match: {name}")
