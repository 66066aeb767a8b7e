"""How entries of the knowledge base are answered."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.v1.fields import Text, TextOrNull
from knowledge.models import ConceptKind, ConceptRelation, EventKind, StatementStatus, Verdict


class CitedSourceSerializer(serializers.Serializer[dict[str, Any]]):
    """A publication that an entry rests on; null is "unknown"."""

    url = serializers.URLField(source="source__url", read_only=True)
    title = Text(source="source__title")
    publisher = TextOrNull(source="source__publisher")
    published_on = serializers.DateField(source="source__published_on", read_only=True, allow_null=True)
    retrieved_on = serializers.DateField(source="source__retrieved_on", read_only=True, allow_null=True)


class EntrySerializer(serializers.Serializer[dict[str, Any]]):
    """What every entry has; null is "not written"."""

    slug = Text()
    url = serializers.SerializerMethodField()
    title = Text()
    title_zh = TextOrNull()
    essay_codes = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Statements of the essay that it answers."
    )
    sources = serializers.SerializerMethodField()

    def get_url(self, row: dict[str, Any]) -> str:
        return f"{self.context['address']}{row['slug']}/"

    @extend_schema_field(CitedSourceSerializer(many=True))
    def get_sources(self, row: dict[str, Any]) -> Any:
        return CitedSourceSerializer(self.context["sources"][row["pk"]], many=True).data

    def linked(self, name: str, row: dict[str, Any]) -> list[str]:
        """The slugs of what an entry points at."""
        return self.context[name][row["pk"]]  # type: ignore[no-any-return]  # filled by the view


class RelationSerializer(serializers.Serializer[dict[str, Any]]):
    """How the concept stands to another."""

    kind = serializers.ChoiceField(ConceptRelation.Kind.choices, read_only=True)
    concept = Text(source="other__slug")


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
    relations = serializers.SerializerMethodField()

    def get_aliases(self, row: dict[str, Any]) -> list[str]:
        return self.linked("aliases", row)

    def get_items(self, row: dict[str, Any]) -> list[str]:
        return self.linked("items", row)

    @extend_schema_field(RelationSerializer(many=True))
    def get_relations(self, row: dict[str, Any]) -> Any:
        return RelationSerializer(self.context["relations"][row["pk"]], many=True).data


class TextCellSerializer(serializers.Serializer[dict[str, Any]]):
    """One cell of a comparison."""

    text = Text()
    text_zh = TextOrNull()


class ComparisonColumnSerializer(serializers.Serializer[dict[str, Any]]):
    """One of the things compared."""

    name = Text()
    name_zh = TextOrNull()
    concept = TextOrNull(source="concept__slug")


class ComparisonRowSerializer(serializers.Serializer[dict[str, Any]]):
    """One aspect, with a cell for each column."""

    aspect = Text()
    aspect_zh = TextOrNull()
    cells = TextCellSerializer(many=True, read_only=True)


class ComparisonSerializer(EntrySerializer):
    """Things beside each other, aspect by aspect."""

    summary = Text()
    summary_zh = TextOrNull()
    columns = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()
    verdict = TextOrNull(help_text="When to choose which.")
    verdict_zh = TextOrNull()

    @extend_schema_field(ComparisonColumnSerializer(many=True))
    def get_columns(self, row: dict[str, Any]) -> Any:
        return ComparisonColumnSerializer(self.context["columns"][row["pk"]], many=True).data

    @extend_schema_field(ComparisonRowSerializer(many=True))
    def get_rows(self, row: dict[str, Any]) -> Any:
        return ComparisonRowSerializer(self.context["rows"][row["pk"]], many=True).data


class QuestionSerializer(EntrySerializer):
    """One of the essay's questions, answered."""

    number = serializers.IntegerField(read_only=True)
    short_answer = Text()
    short_answer_zh = TextOrNull()
    body = Text()
    body_zh = TextOrNull()
    concepts = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    def get_concepts(self, row: dict[str, Any]) -> list[str]:
        return self.linked("concepts", row)

    def get_items(self, row: dict[str, Any]) -> list[str]:
        return self.linked("items", row)


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
    concepts = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()
    organizations = serializers.SerializerMethodField()

    def get_concepts(self, row: dict[str, Any]) -> list[str]:
        return self.linked("concepts", row)

    def get_items(self, row: dict[str, Any]) -> list[str]:
        return self.linked("items", row)

    def get_organizations(self, row: dict[str, Any]) -> list[str]:
        return self.linked("organizations", row)


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


class StatementSerializer(serializers.Serializer[dict[str, Any]]):
    """One statement of the essay, in our words."""

    code = Text(help_text='Its id ("DEF-25").')
    text = Text()
    text_zh = TextOrNull()
    home = Text(help_text='Where Strata answers it: "concept:sidecar", "catalogue" ...')
    status = serializers.ChoiceField(StatementStatus.choices, read_only=True)
    today = TextOrNull(help_text="What is known now.")
    today_zh = TextOrNull()
