"""An item's history as the API writes it."""

from typing import Any

from rest_framework import serializers

from api.v1.fields import Instant, Text, TextOrNull
from projects.item_history import Declaration, ItemHistory, Period, Stage, Transition


class PeriodSerializer(serializers.Serializer[Period]):
    """What the landscape said, unchanged, from ``from`` until before ``to`` (null: still)."""

    to = Instant(source="ends_at", allow_null=True)
    name = Text()
    kind = Text()
    category = Text()
    subcategory = Text()
    maturity = TextOrNull()
    organization = TextOrNull()
    repository_url = TextOrNull()
    commit = TextOrNull(help_text="The version that began it; null where the landscape is a single file.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "from" is a word of Python's own.
        return {"from": Instant(source="starts_at"), **super().get_fields()}


class TransitionSerializer(serializers.Serializer[Transition]):
    """A step of maturity that the landscape showed; null: not hosted, or not listed."""

    at = Instant()
    to = TextOrNull(source="after")
    commit = TextOrNull()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        return {"at": fields["at"], "from": TextOrNull(source="before"), "to": fields["to"], "commit": fields["commit"]}


class DeclarationSerializer(serializers.Serializer[Declaration]):
    """A declared day, and while when the landscape said so."""

    declared_on = serializers.DateField(read_only=True)
    said_from = Instant()
    said_until = Instant(allow_null=True, help_text="null: still.")


class StageSerializer(serializers.Serializer[Stage]):
    """A stage with the day the foundation declared and the instant the landscape first showed it; null: none."""

    stage = Text(help_text="accepted is the day the foundation took the project in, at whatever stage.")
    declared_on = serializers.DateField(read_only=True, allow_null=True)
    seen_at = Instant(allow_null=True)
    declarations = DeclarationSerializer(many=True, read_only=True, help_text="Every day ever declared, oldest first.")


class ItemHistorySerializer(serializers.Serializer[ItemHistory]):
    """The whole history, whatever the instant asked for."""

    periods = PeriodSerializer(many=True, read_only=True)
    transitions = TransitionSerializer(many=True, read_only=True)
    stages = StageSerializer(many=True, read_only=True)
