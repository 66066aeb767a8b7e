"""How entries of the knowledge base are answered."""

from typing import Any

from rest_framework import serializers

from api.v1.fields import Text, TextOrNull
from knowledge.models import Concept, ConceptKind, ConceptRelation, EventKind, StatementStatus, Verdict
from knowledge.models.entries import Entry


class CitedSourceSerializer(serializers.Serializer[Any]):
    """A publication that an entry rests on; null is "unknown"."""

    url = serializers.URLField(read_only=True)
    title = Text()
    publisher = TextOrNull()
    published_on = serializers.DateField(read_only=True, allow_null=True)
    retrieved_on = serializers.DateField(read_only=True, allow_null=True)


class Slugs(serializers.ListField):
    """The slugs of what an entry names."""

    child = serializers.CharField()

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"read_only": True, **options})

    def to_representation(self, named: Any) -> list[str]:
        return [one.slug for one in named.all()]


class EntrySerializer(serializers.Serializer[Any]):
    """What every entry has; null is "not written"."""

    slug = Text()
    url = serializers.SerializerMethodField()
    title = Text()
    title_zh = TextOrNull()
    essay_codes = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Statements of the essay that it answers."
    )
    sources = CitedSourceSerializer(many=True, read_only=True)

    def get_url(self, entry: Entry) -> str:
        return f"{self.context['address']}{entry.slug}/"


class RelationSerializer(serializers.Serializer[Any]):
    """How the concept stands to another."""

    kind = serializers.ChoiceField(ConceptRelation.Kind.choices, read_only=True)
    concept = Text(source="other.slug")


class ConceptSerializer(EntrySerializer):
    """A term that is explained; texts are Markdown whose links name things of Strata ("concept:sidecar")."""

    kind = serializers.ChoiceField(ConceptKind.choices, read_only=True)
    definition = Text()
    definition_zh = TextOrNull()
    replaces = TextOrNull()
    replaces_zh = TextOrNull()
    enables = TextOrNull()
    enables_zh = TextOrNull()
    body = TextOrNull()
    body_zh = TextOrNull()
    aliases = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField(help_text="Items that implement it, the best known first.")
    relations = RelationSerializer(many=True, read_only=True)

    def get_aliases(self, concept: Concept) -> list[str]:
        return [alias.name for alias in concept.aliases.all()]

    def get_items(self, concept: Concept) -> list[str]:
        return [one.item.slug for one in concept.concept_items.all()]


class TextCellSerializer(serializers.Serializer[Any]):
    """One cell of a comparison."""

    text = Text()
    text_zh = TextOrNull()


class ComparisonColumnSerializer(serializers.Serializer[Any]):
    """One of the things compared."""

    name = Text()
    name_zh = TextOrNull()
    concept = TextOrNull(source="concept.slug")


class ComparisonRowSerializer(serializers.Serializer[Any]):
    """One aspect, with a cell for each column."""

    aspect = Text()
    aspect_zh = TextOrNull()
    cells = TextCellSerializer(many=True, read_only=True)


class ComparisonSerializer(EntrySerializer):
    """Things beside each other, aspect by aspect."""

    summary = Text()
    summary_zh = TextOrNull()
    columns = ComparisonColumnSerializer(many=True, read_only=True)
    rows = ComparisonRowSerializer(many=True, read_only=True)
    verdict = TextOrNull(help_text="When to choose which.")
    verdict_zh = TextOrNull()


class QuestionSerializer(EntrySerializer):
    """One of the essay's questions, answered."""

    number = serializers.IntegerField(read_only=True)
    short_answer = Text()
    short_answer_zh = TextOrNull()
    body = Text()
    body_zh = TextOrNull()
    concepts = Slugs()
    items = Slugs()


class TimelineEventSerializer(EntrySerializer):
    """A dated event; of a date only what ``precision`` names is known."""

    happened_on = serializers.DateField(read_only=True)
    precision = serializers.CharField(read_only=True)
    until = serializers.DateField(read_only=True, allow_null=True)
    kind = serializers.ChoiceField(EventKind.choices, read_only=True)
    text = Text()
    text_zh = TextOrNull()
    doubt = TextOrNull(help_text="What is uncertain about it.")
    doubt_zh = TextOrNull()
    concepts = Slugs()
    items = Slugs()
    organizations = Slugs()


class ForecastSerializer(EntrySerializer):
    """What somebody said would come, and what became of it."""

    who = Text()
    who_zh = TextOrNull()
    made_on = serializers.DateField(read_only=True)
    made_precision = serializers.CharField(read_only=True)
    due_on = serializers.DateField(read_only=True, allow_null=True)
    due_precision = TextOrNull()
    measure = Text()
    measure_zh = TextOrNull()
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    evidence = TextOrNull()
    evidence_zh = TextOrNull()


class StatementSerializer(serializers.Serializer[Any]):
    """One statement of the essay, in our words."""

    code = Text(help_text='Its id ("DEF-25").')
    text = Text()
    text_zh = TextOrNull()
    home = Text(help_text='Where Strata answers it: "concept:sidecar", "catalogue" ...')
    status = serializers.ChoiceField(StatementStatus.choices, read_only=True)
    today = TextOrNull(help_text="What is known now.")
    today_zh = TextOrNull()
