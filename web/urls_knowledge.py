"""Addresses of the knowledge base."""

from django.urls import URLPattern, path

from web.views import concepts, knowledge, questions, timeline

urlpatterns: list[URLPattern] = [
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/trail-map/<slug:slug>/", knowledge.trail_step, name="trail_step"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<slug:slug>/", questions.question_detail, name="question_detail"),
    path("concepts/", concepts.concepts, name="concepts"),
    path("concepts/<slug:slug>/", concepts.concept_detail, name="concept_detail"),
    path("comparisons/", knowledge.comparisons, name="comparisons"),
    path("comparisons/<slug:slug>/", knowledge.comparison_detail, name="comparison_detail"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("forecasts/", knowledge.forecasts, name="forecasts"),
    path("insights/<slug:kind>/", knowledge.insights, name="insights"),
    path("essay/", knowledge.essay, name="essay"),
    path("glossary/", concepts.glossary, name="glossary"),
]
