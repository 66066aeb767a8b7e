"""The data version: what an ETag of the catalogue rests on."""

from django.db import connection

from projects.models import DataVersion


def current_data_version() -> int:
    """Return the number of the last committed change; one query."""
    return DataVersion.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def keep_data_version() -> None:
    """Let this transaction write without raising the version; whoever asks for that raises it when all is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('strata.keep_data_version', 'on', true)")


def raise_data_version() -> None:
    """Raise the version when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT strata_note_touch()")
