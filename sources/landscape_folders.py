"""Opening a landscape where this installation keeps its files."""

from contextlib import AbstractContextManager

from django.conf import settings

from sources.clients.landscape_origin import Source
from sources.clients.landscape_source import open_source


def open_landscape(location: str) -> AbstractContextManager[Source]:
    """Open ``location``; the configured source is kept, so that each night only what is new comes along."""
    folder = settings.LANDSCAPE_FOLDER
    cache = folder / "cache" if location == settings.LANDSCAPE_SOURCE else None
    return open_source(location, cache=cache, scratch=folder / "tmp")
