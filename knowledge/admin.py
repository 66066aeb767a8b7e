"""The knowledge base as analysts edit it; a load of the content keeps what is edited here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from knowledge.models import (
    Comparison,
    ComparisonColumn,
    ComparisonRow,
    Concept,
    ConceptAlias,
    ConceptItem,
    ConceptRelation,
    Forecast,
    Insight,
    Question,
    Statement,
    TimelineEvent,
)
from knowledge.search_index import rebuild_search_texts

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    # Not subscriptable at run time on every base that the mixin stands before.
    AnyAdmin = admin.ModelAdmin[Any]
else:
    AnyAdmin = admin.ModelAdmin

BASIS: list[str | list[str] | tuple[str, ...] | tuple[()]] = ["essay_codes", "sources"]
BODY_ROWS = 18


class SearchedAdmin(AnyAdmin):
    """Makes the searched texts anew once a change is stored."""

    save_on_top = True
    list_per_page = 50

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  (Django's)
        super().save_related(request, form, formsets, change)
        transaction.on_commit(rebuild_search_texts)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(rebuild_search_texts)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        transaction.on_commit(rebuild_search_texts)


class EntryAdmin(SearchedAdmin):
    """An entry with its titles, the statements it answers, and its sources."""

    search_fields = ["title", "title_zh", "slug"]
    ordering = ["title", "pk"]
    autocomplete_fields = ["sources"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 4})}}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make a slug of a new title; an address that is known stays."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give long explanations a long field."""
        if db_field.name in {"body", "body_zh"}:
            kwargs["widget"] = forms.Textarea(attrs={"rows": BODY_ROWS})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ConceptAliasInline(admin.TabularInline[ConceptAlias, Concept]):
    """Other words for it."""

    model = ConceptAlias
    extra = 0


class ConceptRelationInline(admin.TabularInline[ConceptRelation, Concept]):
    """How it stands to others; what others say of it stands with them."""

    model = ConceptRelation
    fk_name = "concept"
    extra = 0
    autocomplete_fields = ["other"]


class ConceptItemInline(admin.TabularInline[ConceptItem, Concept]):
    """The items that implement it, the best known first."""

    model = ConceptItem
    extra = 0
    autocomplete_fields = ["item"]


@admin.register(Concept)
class ConceptAdmin(EntryAdmin):
    """Concepts with their words, relations and items."""

    list_display = ["title", "title_zh", "kind"]
    list_filter = ["kind"]
    search_fields = ["title", "title_zh", "slug", "aliases__name"]
    filter_horizontal = ["subcategories", "layers"]
    inlines = [ConceptAliasInline, ConceptRelationInline, ConceptItemInline]
    fieldsets = [
        (None, {"fields": [("title", "title_zh"), "slug", "kind", "definition", "definition_zh"]}),
        (_("explanation"), {"fields": ["body", "body_zh", "replaces", "replaces_zh", "enables", "enables_zh"]}),
        (_("where it stands"), {"fields": ["subcategories", "layers"], "classes": ["collapse"]}),
        (_("basis"), {"fields": BASIS}),
    ]


class ComparisonColumnInline(admin.TabularInline[ComparisonColumn, Comparison]):
    """The things compared."""

    model = ComparisonColumn
    extra = 0
    autocomplete_fields = ["concept"]


class ComparisonRowForm(forms.ModelForm[ComparisonRow]):
    """A row whose cells are lines, one for each column, so that nobody has to write JSON."""

    texts = forms.CharField(label=_("cells, a line for each column"), widget=forms.Textarea(attrs={"rows": 3}))
    texts_zh = forms.CharField(
        label=_("cells in Chinese, a line for each column"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = ComparisonRow
        fields = ["position", "aspect", "aspect_zh"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the stored cells as lines."""
        super().__init__(*args, **kwargs)
        for name, key in (("texts", "text"), ("texts_zh", "text_zh")):
            self.fields[name].initial = "\n".join(cell.get(key, "") for cell in self.instance.cells)

    def save(self, commit: bool = True) -> ComparisonRow:  # noqa: FBT001, FBT002  (Django's)
        """Store the lines as cells; a column without a Chinese line has none."""
        texts = self.cleaned_data["texts"].splitlines()
        chinese = [*self.cleaned_data["texts_zh"].splitlines(), *[""] * len(texts)]
        self.instance.cells = [
            {"text": text.strip(), "text_zh": own.strip()} for text, own in zip(texts, chinese, strict=False)
        ]
        return super().save(commit)


class ComparisonRowInline(admin.StackedInline[ComparisonRow, Comparison]):
    """The aspects."""

    model = ComparisonRow
    form = ComparisonRowForm
    extra = 0
    ordering = ["position"]
    fields = [("position", "aspect", "aspect_zh"), ("texts", "texts_zh")]


@admin.register(Comparison)
class ComparisonAdmin(EntryAdmin):
    """Comparisons with their columns and rows."""

    list_display = ["title", "title_zh"]
    inlines = [ComparisonColumnInline, ComparisonRowInline]
    fields = [("title", "title_zh"), "slug", "summary", "summary_zh", "verdict", "verdict_zh", *BASIS]


@admin.register(Question)
class QuestionAdmin(EntryAdmin):
    """Questions and their answers; the evidence names figures that the page reads live."""

    list_display = ["number", "title", "title_zh"]
    list_display_links = ["title"]
    ordering = ["number"]
    autocomplete_fields = ["sources", "concepts", "comparisons", "items"]
    fieldsets = [
        (None, {"fields": ["number", ("title", "title_zh"), "slug", "short_answer", "short_answer_zh"]}),
        (_("answer"), {"fields": ["body", "body_zh", "evidence"]}),
        (_("basis"), {"fields": ["concepts", "comparisons", "items", *BASIS]}),
    ]


@admin.register(TimelineEvent)
class TimelineEventAdmin(EntryAdmin):
    """Dated events; of an imprecise date only what the precision says counts."""

    list_display = ["happened_on", "precision", "kind", "title"]
    list_display_links = ["title"]
    list_filter = ["kind", "precision"]
    date_hierarchy = "happened_on"
    ordering = ["-happened_on", "pk"]
    autocomplete_fields = ["sources", "concepts", "items", "organizations"]
    fields = [
        ("title", "title_zh"), "slug", "kind", ("happened_on", "precision", "until"), "text", "text_zh",
        "doubt", "doubt_zh", "concepts", "items", "organizations", *BASIS,
    ]  # fmt: skip


@admin.register(Forecast)
class ForecastAdmin(EntryAdmin):
    """Forecasts; a verdict needs its evidence."""

    list_display = ["title", "who", "made_on", "due_on", "verdict"]
    list_filter = ["verdict"]
    ordering = ["due_on", "pk"]
    fields = [
        ("title", "title_zh"), "slug", ("who", "who_zh"), ("made_on", "made_precision"),
        ("due_on", "due_precision"), "measure", "measure_zh", "verdict", "evidence", "evidence_zh", *BASIS,
    ]  # fmt: skip


@admin.register(Insight)
class InsightAdmin(EntryAdmin):
    """The essay's thoughts, and what became of them."""

    list_display = ["title", "kind", "position"]
    list_filter = ["kind"]
    ordering = ["kind", "position", "pk"]
    autocomplete_fields = ["sources", "concepts", "items", "organizations"]
    fields = [
        ("title", "title_zh"), "slug", ("kind", "position"), "text", "text_zh", "today", "today_zh",
        "concepts", "items", "organizations", *BASIS,
    ]  # fmt: skip


@admin.register(Statement)
class StatementAdmin(SearchedAdmin):
    """The essay's statements; their ids stay."""

    list_display = ["code", "text", "home", "status"]
    list_filter = ["status"]
    search_fields = ["code", "text", "text_zh", "home"]
    ordering = ["position", "pk"]
    readonly_fields = ["code", "position"]
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}
    fields = ["code", "text", "text_zh", "home", "status", "today", "today_zh"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
