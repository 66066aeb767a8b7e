"""The stage ladder: base rates of promotion and archiving, and where each project stands."""

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.pagination import PageNumberPagination
from api.parameters import read_choice, read_flag, read_number
from api.provenance import provenance_of
from api.v1.stage_ladder_answers import StageLadderSerializer, StandingPageSerializer, StandingSerializer
from api.v1.viewsets import CatalogueView
from metrics.base_rates import Population, Question, Rates, Transition, population, rates
from metrics.formulas.cumulative_incidence import interval_of
from metrics.formulas.results import Refusal, Result, Value
from metrics.stage_list import ORDERINGS, ListedStanding, Shown, listed_standings
from projects.as_of import InvalidAsOfError, parse_as_of
from projects.models import Category, Maturity

KNOWN_ON = OpenApiParameter(
    "known_on",
    OpenApiTypes.STR,
    description="By when dates had been declared, as `as_of` is written and not before it. Now unless told: "
    "`known_on` equal to `as_of` gives what one would have said then.",
)
CATEGORY = OpenApiParameter("category", OpenApiTypes.STR, description="Slug of a category, as of `known_on`.")
LATEST_YEAR = 2100


class LadderView(CatalogueView):
    """Reads the question that both end points share."""

    tag = "stage-ladder"
    shared_parameters: ClassVar[frozenset[str]] = frozenset({"as_of"})
    own_parameters: ClassVar[frozenset[str]]

    def known_parameters(self) -> frozenset[str]:
        return self.shared_parameters | self.own_parameters | {"known_on", "category", "format"}

    def question(self, request: Request) -> Question:
        """Read what is asked for. Raises ValidationError."""
        return Question(
            as_of=self.as_of.instant,
            known_at=self.known_at(request),
            cohort=read_cohort(request),
            category=read_category(request),
            include_delisted="include_delisted" in self.shared_parameters and read_flag(request, "include_delisted"),
        )

    def known_at(self, request: Request) -> datetime:
        """Read ``known_on``. Raises ValidationError."""
        try:
            known = parse_as_of(request.query_params.get("known_on", ""), now=timezone.now())
        except InvalidAsOfError as error:
            raise ValidationError({"known_on": [str(error)]}) from error
        if known.instant < self.as_of.instant and not self.as_of.is_now:
            raise ValidationError({"known_on": [_("Give a day that is not before as_of.")]})
        if known.instant < self.as_of.instant:
            raise ValidationError({"known_on": [_("Give as_of as well; its day must not be after known_on.")]})
        return known.instant

    def basis(self, people: Population, question: Question) -> dict[str, Any]:
        """What stands beside the figures; two queries."""
        return {
            **provenance_of(self.as_of),
            "known_on": question.known_at.date(),
            "counted_until": people.until,
            "projects": len(people.paths),
            "seen": people.seen,
            "undated": people.undated,
        }


class StageLadderView(LadderView):
    """How often projects leave a stage, by which way, after how long."""

    shared_parameters = LadderView.shared_parameters | {"include_delisted"}
    own_parameters: ClassVar[frozenset[str]] = frozenset({"cohort", "transition"})

    @extend_schema(
        operation_id="stage_ladder",
        parameters=[
            KNOWN_ON,
            CATEGORY,
            OpenApiParameter("cohort", OpenApiTypes.INT, description="The year of entry into the stage."),
            OpenApiParameter(
                "transition", OpenApiTypes.STR, enum=list(Transition), description="One way; all unless told."
            ),
        ],
        responses=StageLadderSerializer,
    )
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Answer base rates with 95 % intervals (Aalen-Johansen). As CSV: one row for each horizon."""
        asked = read_choice(request, "transition", choices=["", *Transition], default="")
        question = self.question(request)
        people = population(question)
        transitions = [Transition(asked)] if asked else list(Transition)
        found = [rates(people, transition, cohort=question.cohort) for transition in transitions]
        basis = self.basis(people, question)
        if request.accepted_renderer.format == "csv":
            return Response([row for each in found for row in _horizon_rows(each, basis)])
        return Response({**basis, "results": [_rates(each) for each in found]})


class StageStandingsView(LadderView):
    """Where each hosted project stands."""

    own_parameters: ClassVar[frozenset[str]] = frozenset({"stage", "ordering", "page", "page_size"})

    def get_serializer(self) -> serializers.Serializer[Any]:
        """The form of a row, for the columns of a CSV without rows."""
        return StandingSerializer()

    @extend_schema(
        operation_id="stage_standings",
        parameters=[
            KNOWN_ON,
            CATEGORY,
            OpenApiParameter("stage", OpenApiTypes.STR, enum=Maturity.values, description="The stage it stands in."),
            OpenApiParameter(
                "ordering",
                OpenApiTypes.STR,
                enum=[sign + name for name in ORDERINGS for sign in ("", "-")],
                description="One column, - reverses it; equal ones by name. What is unknown comes last.",
            ),
            *PageNumberPagination.parameters(),
        ],
        responses=StandingPageSerializer,
    )
    @answers_conditionally
    def get(self, request: Request) -> Response:
        """Answer a page of projects with their months in stage, percentile and base rate."""
        stage = read_choice(request, "stage", choices=["", *Maturity.values], default="")
        names = [sign + name for name in ORDERINGS for sign in ("", "-")]
        ordering = read_choice(request, "ordering", choices=names, default="name")
        question = self.question(request)
        people = population(replace(question, category=""))
        paginator = PageNumberPagination()
        rows = listed_standings(people, Shown(stage, question.category), ordering=ordering)
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.envelope([_standing(row) for row in page], self.basis(people, question))


def read_cohort(request: Request) -> int | None:
    """Read ``cohort``, a year. Raises ValidationError."""
    year = read_number(request, "cohort")
    if year is not None and year > LATEST_YEAR:
        raise ValidationError({"cohort": [_("Give a year.")]})
    return year


def read_category(request: Request) -> str:
    """Read ``category``, the slug of one that there is; one query if given. Raises ValidationError."""
    slug = request.query_params.get("category", "").strip()
    if slug and ("\0" in slug or not Category.objects.filter(slug=slug).exists()):
        raise ValidationError({"category": [_("There is no such category.")]})
    return slug


def _rates(found: Rates) -> dict[str, Any]:
    return {
        **_counts(found),
        "horizons": [{"years": each.years, "followed": each.at_risk, **_share(each.result)} for each in found.horizons],
        "steps": [
            {
                "days": step.days,
                "followed": step.at_risk,
                "left": step.events,
                "share": step.incidence,
                "low": (ends := interval_of(step.incidence, step.variance, size=step.size)).low,
                "high": ends.high,
            }
            for step in found.curve.steps
            if step.events
        ],
    }


def _counts(found: Rates) -> dict[str, Any]:
    curve = found.curve
    return {
        "transition": found.transition.value,
        "n": curve.n,
        "left": curve.events,
        "left_otherwise": curve.others,
        "still_there": curve.still,
        "left_out": found.undated,
    }


def _share(result: Result) -> dict[str, Any]:
    if isinstance(result, Refusal):
        return {"share": None, "low": None, "high": None, "refusal": result.reason.value}
    low, high = _ends(result)
    return {"share": result.value, "low": low, "high": high, "refusal": None}


def _horizon_rows(found: Rates, basis: dict[str, Any]) -> list[dict[str, Any]]:
    dates = {name: basis[name] for name in ("as_of", "known_on", "counted_until", "commit")}
    return [
        {**_counts(found), "years": each.years, "followed": each.at_risk, **_share(each.result), **dates}
        for each in found.horizons
    ]


def _standing(row: ListedStanding) -> dict[str, Any]:
    standing, rate = row.standing, row.rate
    return {
        "slug": standing.path.slug,
        "name": standing.path.name,
        "category": standing.path.category.slug,
        "stage": standing.stage,
        "since": standing.entered_on,
        "is_seen": standing.is_seen,
        "days": standing.days,
        "months": standing.months,
        "percentile": standing.percentile.value if isinstance(standing.percentile, Value) else None,
        "in_stage": standing.percentile.n,
        "stood_so_long": rate.peers if rate else None,
        **_next("promoted", rate.promoted if rate else None),
        **_next("archived", rate.archived if rate else None),
    }


def _next(name: str, result: Result | None) -> dict[str, Any]:
    value = result.value if isinstance(result, Value) else None
    low, high = _ends(result) if isinstance(result, Value) else (None, None)
    return {f"{name}_next_12_months": value, f"{name}_low": low, f"{name}_high": high}


def _ends(value: Value) -> tuple[float | None, float | None]:
    return (value.interval.low, value.interval.high) if value.interval else (None, None)
