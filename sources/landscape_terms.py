"""What the settings say of the landscape's name, licence and attribution."""

from django.conf import settings

from sources.importers.landscape_terms import Terms


def configured_terms() -> Terms:
    """Return the operator's terms; all "" where none are set."""
    return Terms(settings.LANDSCAPE_NAME, settings.LANDSCAPE_LICENCE, settings.LANDSCAPE_ATTRIBUTION)
