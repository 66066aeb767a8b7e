"""Imports a landscape with its history from a clone, a bundle, a git address or one landscape file."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from sources.clients.landscape_errors import LandscapeError
from sources.clients.landscape_history import Version
from sources.clients.landscape_remote import without_password
from sources.importers.content_load import load_content
from sources.importers.errors import ImportRefusedError
from sources.importers.landscape_import import Imported, import_landscape, logos_are_behind, note_logos
from sources.importers.landscape_terms import say_terms
from sources.landscape_folders import open_landscape
from sources.landscape_terms import configured_terms

_TENTHS = 10


class Command(BaseCommand):
    """``import_landscape SOURCE``: brings the catalogue to the newest version of SOURCE."""

    help = (
        "Imports a landscape and its history. SOURCE is a clone, a bundle, a git URL or one landscape.yml (file or "
        "URL). Run again, it reads only what is new; whatever stops it, the catalogue is left whole."
    )

    # They would load every page of the site, which takes longer than finding out that nothing is new.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="clone, bundle, git URL, or landscape.yml (file or URL)")
        parser.add_argument("--no-logos", action="store_true", help="leave the logos as they are")
        parser.add_argument("--latest-only", action="store_true", help="read the newest version, not the history")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            imported = import_landscape(
                options["source"],
                clock=timezone.now,
                latest_only=options["latest_only"],
                progress=self._progress,
                opened=open_landscape,
            )
        except (LandscapeError, ImportRefusedError) as error:
            raise CommandError(without_password(str(error))) from error
        say_terms(configured_terms())
        self._summarise(imported, time.monotonic() - began)
        if imported.versions:
            load_content(settings.BASE_DIR / "content", now=timezone.now())
        if not options["no_logos"] and logos_are_behind(imported.tip):
            call_command("import_logos", options["source"], stdout=self.stdout, stderr=self.stderr)
            note_logos(imported.tip)

    def _progress(self, versions: Iterable[Version], count: int) -> Iterable[Version]:
        if sys.stderr.isatty():
            return tqdm(versions, total=count, unit="version", desc="Reading", file=sys.stderr)
        return self._spoken_progress(versions, count)

    def _spoken_progress(self, versions: Iterable[Version], count: int) -> Iterator[Version]:
        """Say each tenth on a line of its own, for logs."""
        said = 0
        for number, version in enumerate(versions, start=1):
            yield version
            tenths = number * _TENTHS // count
            if tenths > said:
                said = tenths
                self.stderr.write(f"Reading: {number:,} of {count:,} versions")

    def _summarise(self, imported: Imported, seconds: float) -> None:
        if not imported.versions:
            self.stdout.write("Nothing new: the catalogue stands at the newest version.")
        rows = [("versions read now", f"{imported.versions:,}")]
        rows += [(name, f"{count:,}") for name, count in imported.counts.items()]
        rows.append(("seconds", f"{seconds:.1f}"))
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            self.stdout.write(f"{name:<{width}}  {value:>9}")
