"""Load the built-in data from content/."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sources.clients.content_yaml import ContentError
from sources.importers.content_load import load_content
from sources.importers.errors import ImportRefusedError
from sources.importers.landscape_terms import say_terms
from sources.importers.logo_import import import_logos
from sources.landscape_terms import configured_terms
from sources.logos.simple_icons import read_simple_icons


class Command(BaseCommand):
    """``load_content [DIRECTORY]``."""

    help = "Load the built-in data from content/; again with the same files writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.BASE_DIR / "content")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_content(options["directory"], now=timezone.now())
        except (ContentError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        say_terms(configured_terms())
        if not loaded.is_new:
            self.stdout.write("The built-in data have not changed.")
            return
        import_logos(None, read_simple_icons(options["directory"] / "logos"), now=timezone.now())
        self.stdout.write(f"Loaded the built-in data of {loaded.items} items.")
        if loaded.kept_edits:
            self.stdout.write(f"{loaded.kept_edits} texts edited in the admin or set by an import were kept.")
