"""The row that says which landscape the database holds."""

from datetime import datetime
from typing import NamedTuple

from projects.models import Landscape, Organization
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.landscape_reading import Reading


class _Terms(NamedTuple):
    """How to speak of a foundation's landscape."""

    name: str
    foundation: str
    licence: str
    attribution: str


# A landscape file does not say under which terms it stands; those of foundations that publish theirs are known.
_KNOWN_TERMS = {
    "cloud-native-computing-foundation": _Terms(
        "CNCF Cloud Native Landscape",
        "Cloud Native Computing Foundation",
        "CC BY 4.0",
        "Cloud Native Landscape by the Cloud Native Computing Foundation (https://landscape.cncf.io)",
    ),
}


def store_landscape(reading: Reading, history: CatalogueHistory, *, now: datetime) -> None:
    """Write which landscape is held from now on, and how far its source was read; its name stays once it is given."""
    landscape = Landscape.objects.first() or Landscape(pk=1)
    if landscape._state.adding or landscape.is_built_in:  # noqa: SLF001 - Django's way to tell a new row
        landscape.name, landscape.foundation, landscape.licence, landscape.attribution = _terms(history)
    landscape.origin = reading.origin
    landscape.public_url = reading.public_url or landscape.public_url
    landscape.is_built_in = False
    landscape.is_latest_only = reading.is_latest_only and bool(reading.tip)
    landscape.tip = reading.tip
    landscape.imported_at = now
    landscape.save()


def _terms(history: CatalogueHistory) -> _Terms:
    permalink = history.roster.foundation()
    if permalink in _KNOWN_TERMS:
        return _KNOWN_TERMS[permalink]
    foundation = Organization.objects.filter(permalink=permalink).exclude(permalink="").first()
    name = foundation.name if foundation else permalink.replace("-", " ").title()
    return _Terms(f"{name} Landscape".strip(), name, "", "")
