"""Fields that many answers share."""

from typing import Any

from rest_framework import serializers


class TextOrNull(serializers.CharField):
    """A text; null where the landscape says none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True, **options})

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]  # null stands for "none said"
        return value or None


class Text(serializers.CharField):
    """A text that is always there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, **options})


class Instant(serializers.DateTimeField):
    """An instant, ISO 8601 in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, **options})
