"""Write the catalogue's facts and curated texts back into content/."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources.clients.content_yaml import ContentError
from sources.importers.content_export import export_content
from sources.importers.figures_export import export_figures
from sources.importers.frameworks_export import export_frameworks
from sources.importers.funding_export import export_funding
from sources.importers.judgements_export import export_judgements
from sources.importers.knowledge_export import export_knowledge
from sources.importers.surveys_export import export_surveys


class Command(BaseCommand):
    """``export_content [DIRECTORY]``."""

    help = "Write the catalogue's facts and curated texts back into content/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.BASE_DIR / "content")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exported = export_content(options["directory"])
            tables = export_figures(options["directory"])
            tables += export_frameworks(options["directory"])
            tables += export_funding(options["directory"])
            tables += export_judgements(options["directory"])
            tables += export_surveys(options["directory"])
            tables += export_knowledge(options["directory"])
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{exported.items} items, {exported.changed + tables} files changed.")
        for slug in exported.without_summary:
            self.stderr.write(f"items/{slug}.yaml has no summary in both languages.")
