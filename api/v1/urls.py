"""Addresses of version 1."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from api.v1.categories import CategoryViewSet
from api.v1.changes import ChangeViewSet
from api.v1.compare import CompareView
from api.v1.funding import AcquisitionViewSet, FundingRoundViewSet, InvestorViewSet
from api.v1.indicators import IndicatorViewSet
from api.v1.item_metrics import ItemMetricsView
from api.v1.items import ItemViewSet
from api.v1.knowledge import (
    ComparisonViewSet,
    ConceptViewSet,
    ForecastViewSet,
    QuestionViewSet,
    StatementViewSet,
    TimelineViewSet,
)
from api.v1.landscape import LandscapeView
from api.v1.layers import FrameworkViewSet, LayerViewSet
from api.v1.organizations import OrganizationViewSet
from api.v1.projects import ProjectViewSet
from api.v1.repositories import RepositoryViewSet
from api.v1.root import RootView
from api.v1.runs import RunViewSet
from api.v1.screener import ScreenerView
from api.v1.search import SearchView
from api.v1.snapshots import SnapshotListView
from api.v1.stage_ladder import StageLadderView, StageStandingsView
from api.v1.surveys import SurveyFigureViewSet, SurveyViewSet

router = SimpleRouter()
router.register("items", ItemViewSet, basename="item")
router.register("projects", ProjectViewSet, basename="project")
router.register("categories", CategoryViewSet, basename="category")
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("repositories", RepositoryViewSet, basename="repository")
router.register("changes", ChangeViewSet, basename="change")
router.register("indicators", IndicatorViewSet, basename="indicator")
router.register("concepts", ConceptViewSet, basename="concept")
router.register("comparisons", ComparisonViewSet, basename="comparison")
router.register("questions", QuestionViewSet, basename="question")
router.register("timeline", TimelineViewSet, basename="timeline")
router.register("forecasts", ForecastViewSet, basename="forecast")
router.register("statements", StatementViewSet, basename="statement")
router.register("runs", RunViewSet, basename="run")
router.register("surveys", SurveyViewSet, basename="survey")
router.register("funding-rounds", FundingRoundViewSet, basename="funding-round")
router.register("acquisitions", AcquisitionViewSet, basename="acquisition")
router.register("investors", InvestorViewSet, basename="investor")
router.register("frameworks", FrameworkViewSet, basename="framework")

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("stage-ladder/", StageLadderView.as_view(), name="stage-ladder"),
    path("stage-ladder/projects/", StageStandingsView.as_view(), name="stage-standings"),
    path("surveys/<slug:slug>/figures/", SurveyFigureViewSet.as_view({"get": "list"}), name="survey-figures"),
    path("layers/", LayerViewSet.as_view({"get": "list"}, basename="layer"), name="layer-list"),
    path(
        "layers/<slug:framework>/<slug:slug>/",
        LayerViewSet.as_view({"get": "retrieve"}, basename="layer"),
        name="layer-detail",
    ),
    path("search/", SearchView.as_view(), name="search"),
    path("screener/", ScreenerView.as_view(), name="screener"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("landscape/", LandscapeView.as_view(), name="landscape"),
    path("items/<slug:slug>/metrics/", ItemMetricsView.as_view(), name="item-metrics"),
    # An owner has no dot: github.com/<owner>/snapshots is the address of a repository.
    re_path(
        r"^repositories/(?P<owner>[\w-]+)/(?P<name>[\w.-]+)/snapshots/$",
        SnapshotListView.as_view(),
        name="repository-snapshots",
    ),
    *router.urls,
]
