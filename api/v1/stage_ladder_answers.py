"""The forms of the answers about the stage ladder."""

from typing import Any

from rest_framework import serializers

from api.v1.fields import ProvenanceSerializer, Text, TextOrNull
from metrics.base_rates import Transition
from metrics.models import RefusalReason

REFUSALS = "Why there is no figure: " + ", ".join(RefusalReason.values) + "; null: there is."


class HorizonSerializer(serializers.Serializer[Any]):
    """What share had left within some years."""

    years = serializers.IntegerField(read_only=True, help_text="Of 365.25 days.")
    followed = serializers.IntegerField(read_only=True, help_text="Projects followed for so long without leaving.")
    share = serializers.FloatField(read_only=True, allow_null=True, help_text="0 to 1.")
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="Of the 95 % interval.")
    high = serializers.FloatField(read_only=True, allow_null=True)
    refusal = TextOrNull(help_text=REFUSALS)


class StepSerializer(serializers.Serializer[Any]):
    """A step of the curve: from this day of the stay on, the share that had left."""

    days = serializers.IntegerField(read_only=True)
    followed = serializers.IntegerField(read_only=True)
    left = serializers.IntegerField(read_only=True, help_text="On this day.")
    share = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True)
    high = serializers.FloatField(read_only=True)


class RatesSerializer(serializers.Serializer[Any]):
    """One way out of a stage; the other way competes with it."""

    transition = serializers.ChoiceField([(way.value, way.value) for way in Transition], read_only=True)
    n = serializers.IntegerField(read_only=True, help_text="Projects that entered the stage.")
    left = serializers.IntegerField(read_only=True, help_text="By this transition.")
    left_otherwise = serializers.IntegerField(read_only=True)
    still_there = serializers.IntegerField(read_only=True)
    left_out = serializers.IntegerField(read_only=True, help_text="Their dates deny each other, or one is unknown.")
    horizons = HorizonSerializer(many=True, read_only=True)
    steps = StepSerializer(many=True, read_only=True, help_text="The whole curve.")


class BasisSerializer(ProvenanceSerializer):
    """Whom the figures count, up to which day and by which dates."""

    known_on = serializers.DateField(read_only=True, help_text="By when the dates had been declared.")
    counted_until = serializers.DateField(
        read_only=True, allow_null=True, help_text="The day of `as_of`, or of the newest version before it."
    )
    projects = serializers.IntegerField(read_only=True, help_text="Cards that are one project count once.")
    seen = serializers.IntegerField(
        read_only=True, help_text="Projects with a day on which a stage was first seen, none being declared."
    )
    undated = serializers.IntegerField(read_only=True, help_text="Projects without a day for any stage, not counted.")


class StageLadderSerializer(BasisSerializer):
    """The base rates asked for."""

    results = RatesSerializer(many=True, read_only=True)


class StandingSerializer(serializers.Serializer[Any]):
    """A project in its stage, and the base rate for one that has stood there for so many months."""

    slug = Text(help_text="Of the item that stands for the project.")
    name = Text()
    category = Text(help_text="Its slug.")
    stage = Text()
    since = serializers.DateField(read_only=True)
    is_seen = serializers.BooleanField(read_only=True, help_text="The day is that of being seen, none being declared.")
    days = serializers.IntegerField(read_only=True)
    months = serializers.IntegerField(read_only=True, help_text="Whole ones, of 365.25 / 12 days.")
    percentile = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Of its days among the projects in the stage; null: too few."
    )
    in_stage = serializers.IntegerField(read_only=True, help_text="Projects in the stage.")
    stood_so_long = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Projects that ever stood in the stage for at least so many months."
    )
    promoted_next_12_months = serializers.FloatField(
        read_only=True, allow_null=True, help_text="The share of those that was promoted within the next 12 months."
    )
    promoted_low = serializers.FloatField(read_only=True, allow_null=True, help_text="Of the 95 % interval.")
    promoted_high = serializers.FloatField(read_only=True, allow_null=True)
    archived_next_12_months = serializers.FloatField(read_only=True, allow_null=True)
    archived_low = serializers.FloatField(read_only=True, allow_null=True)
    archived_high = serializers.FloatField(read_only=True, allow_null=True)


class StandingPageSerializer(BasisSerializer):
    """A page of projects."""

    count = serializers.IntegerField(read_only=True)
    next = serializers.URLField(read_only=True, allow_null=True)
    previous = serializers.URLField(read_only=True, allow_null=True)
    results = StandingSerializer(many=True, read_only=True)
