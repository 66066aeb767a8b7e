"""Draw the logos of the catalogue's items."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from sources.clients.landscape_errors import LandscapeError
from sources.clients.landscape_files import StoredFile, read_logos
from sources.clients.landscape_origin import GitSource
from sources.clients.landscape_remote import without_password
from sources.importers.errors import ImportRefusedError
from sources.importers.logo_import import Drawn, LogoCounts, import_logos
from sources.landscape_folders import open_landscape
from sources.logos.simple_icons import read_simple_icons


class Command(BaseCommand):
    """``import_logos [SOURCE]``: the logos beside a landscape, and the built-in icons."""

    help = (
        "Draw the logos that lie beside a landscape (clone, bundle or git URL); without a source, the built-in icons."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", default="", help="clone, bundle or git URL")

    def handle(self, *args: Any, **options: Any) -> None:
        icons = read_simple_icons(settings.BASE_DIR / "content" / "logos")
        try:
            with _files(options["source"]) as files:
                counts = import_logos(files, icons, now=timezone.now(), progress=self._progress)
        except (LandscapeError, ImportRefusedError) as error:
            raise CommandError(without_password(str(error))) from error
        self.stdout.write(summary(counts))

    def _progress(self, drawn: Drawn, count: int) -> Drawn:
        if count and sys.stderr.isatty():
            return tqdm(drawn, total=count, unit="logo", desc="Drawing", file=sys.stderr)
        return drawn


@contextmanager
def _files(location: str) -> Iterator[Iterator[StoredFile] | None]:
    if not location:
        yield None
        return
    with open_landscape(location) as source:
        yield read_logos(source) if isinstance(source, GitSource) else None


def summary(counts: LogoCounts) -> str:
    """Return one line for people."""
    return (
        f"Logos: {counts.drawn} drawn, {counts.failed} left out, {counts.items} items changed, {counts.sheets} sheets."
    )
