"""The date and the source that stand beside every figure."""

from dataclasses import asdict
from typing import Any

from rest_framework.fields import DateTimeField

from projects.as_of import AsOf
from projects.provenance import provenance_at

LICENCE = "What the landscape stands under; null where nobody said it."
ATTRIBUTION = "Whom to name, and how; null where nobody said it."
IS_BUILT_IN = "Whether these are the built-in data: the projects ever hosted alone, not the whole landscape."
PROVENANCE_SCHEMA: dict[str, Any] = {
    "as_of": {"type": "string", "format": "date-time", "description": "The instant of the figures, UTC."},
    "commit": {
        "type": "string",
        "nullable": True,
        "description": "The landscape's commit in force at that instant; null where there is none, and for a single file.",
    },
    "committed_at": {"type": "string", "format": "date-time", "nullable": True},
    "source": {"type": "string", "description": "Where the landscape comes from."},
    "licence": {"type": "string", "nullable": True, "description": LICENCE},
    "attribution": {"type": "string", "nullable": True, "description": ATTRIBUTION},
    "is_built_in": {"type": "boolean", "description": IS_BUILT_IN},
}


def provenance_of(as_of: AsOf) -> dict[str, Any]:
    """Return the fields of ``PROVENANCE_SCHEMA`` for an instant; two queries."""
    provenance = asdict(provenance_at(as_of.instant))
    del provenance["name"]
    for unsaid in ("licence", "attribution"):
        provenance[unsaid] = provenance[unsaid] or None
    instants = {"as_of": as_of.instant, "committed_at": provenance["committed_at"]}
    return {"as_of": None, **provenance} | {name: instant_text(value) for name, value in instants.items()}


def instant_text(value: Any) -> str | None:
    """Write an instant as the serializers do."""
    return DateTimeField().to_representation(value) if value else None
