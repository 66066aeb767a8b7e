"""The screener's columns as fields of answers."""

from typing import Any

from rest_framework import serializers

from market.screen.column import Column, Kind


class Number(serializers.FloatField):
    """A number; a whole one without a decimal point."""

    def to_representation(self, value: Any) -> Any:
        return plain(value)


FIELDS: dict[Kind, type[serializers.Field[Any, Any, Any, Any]]] = {
    Kind.DAY: serializers.DateField,
    Kind.YES_NO: serializers.BooleanField,
    Kind.CHOICE: serializers.CharField,
    Kind.TEXT: serializers.CharField,
}
UNITS = {
    Kind.PERCENT: "a fraction: 0.05 is 5 %",
    Kind.MONTHS: "months of 365.25 / 12 days",
    Kind.DAYS: "days",
    Kind.USD: "USD",
}


def column_field(column: Column) -> serializers.Field[Any, Any, Any, Any]:
    """Describe a column's values; null is unknown."""
    unit = f" In {UNITS[column.kind]}." if column.kind in UNITS else ""
    text = f"{column.definition}{unit} Basis: {column.basis}."
    return FIELDS.get(column.kind, Number)(read_only=True, allow_null=True, help_text=text)


def plain(value: Any) -> Any:
    """Give a value as answers write it: whole numbers as integers, days as ISO dates; None is unknown."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
