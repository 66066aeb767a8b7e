"""Surveys, their waves and figures; a load of the content keeps what is edited here."""

from typing import TYPE_CHECKING

from django.contrib import admin

from market.models import Survey, SurveyFigure, SurveyWave

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class SurveyWaveInline(admin.TabularInline[SurveyWave, Survey]):
    """The rounds of questioning."""

    model = SurveyWave
    extra = 0
    fields = ["year", "respondents", "breaks_series", "source"]
    autocomplete_fields = ["source"]
    show_change_link = True


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin[Survey]):
    """Surveys with their waves."""

    list_display = ["name", "slug", "publisher"]
    search_fields = ["name", "name_zh", "slug"]
    ordering = ["name", "pk"]
    inlines = [SurveyWaveInline]


@admin.register(SurveyWave)
class SurveyWaveAdmin(admin.ModelAdmin[SurveyWave]):
    """Waves: who was asked, and where the series breaks."""

    list_display = ["survey", "year", "respondents", "breaks_series"]
    list_filter = ["survey"]
    search_fields = ["survey__name", "year"]
    ordering = ["survey", "-year", "pk"]
    list_select_related = ["survey"]
    autocomplete_fields = ["survey", "source"]

    def get_queryset(self, request: "HttpRequest") -> "QuerySet[SurveyWave]":
        """Load the survey that a wave is named after."""
        return super().get_queryset(request).select_related("survey")


@admin.register(SurveyFigure)
class SurveyFigureAdmin(admin.ModelAdmin[SurveyFigure]):
    """Figures: who answered so, of how many."""

    list_display = ["subject", "question", "wave_year", "answered", "asked", "share", "item"]
    list_filter = ["question", "wave__year", "wave__survey"]
    search_fields = ["subject", "subject_zh", "item__name"]
    ordering = ["-wave__year", "question", "-share", "pk"]
    list_select_related = ["wave", "item"]
    autocomplete_fields = ["wave", "item", "source"]

    @admin.display(ordering="wave__year", description=SurveyWave._meta.get_field("year").verbose_name)  # noqa: SLF001 - Django's public name for it
    def wave_year(self, figure: SurveyFigure) -> int:
        """The year of the figure's wave."""
        return figure.wave.year
