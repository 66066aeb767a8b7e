"""Fields that many answers share."""

from typing import Any

from rest_framework import serializers

from api.provenance import ATTRIBUTION, IS_BUILT_IN, LICENCE
from projects.commits import shown_commit


class TextOrNull(serializers.CharField):
    """A text; null where the landscape says none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True, **options})

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]  # null stands for "none said"
        return value or None


class CommitOrNull(TextOrNull):
    """A commit; null where the landscape is a single file."""

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]  # as above
        return shown_commit(value) or None


class Text(serializers.CharField):
    """A text that is always there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, **options})


class Instant(serializers.DateTimeField):
    """An instant, ISO 8601 in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, **options})


class ProvenanceSerializer(serializers.Serializer[Any]):
    """The instant and the source of an answer (``api.provenance`` fills them in)."""

    as_of = Instant(help_text="The instant of the figures, UTC.")
    commit = TextOrNull(help_text="The landscape's commit in force; null where there is none, and for a single file.")
    committed_at = Instant(allow_null=True)
    source = Text(help_text="Where the landscape comes from.")  # type: ignore[assignment]  # an attribute of serializers
    licence = TextOrNull(help_text=LICENCE)
    attribution = TextOrNull(help_text=ATTRIBUTION)
    is_built_in = serializers.BooleanField(read_only=True, help_text=IS_BUILT_IN)
