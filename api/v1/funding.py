"""Money: rounds, sales of companies, investors."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import answers_conditionally
from api.filter_backends import Column
from api.v1.fields import Text, TextOrNull
from api.v1.funding_filters import AcquisitionFilterSet, FundingRoundFilterSet, InvestorFilterSet
from api.v1.ledger import Amount, DatedSerializer, FactSerializer, LedgerViewSet
from market.exits import acquisitions_with_parts, exit_tape
from market.funding_rounds import with_parts
from market.investors import investors, portfolio
from market.models import Acquisition, FundingRound, Investment, Qualifier, Series
from projects.models import Organization


class InvestmentSerializer(serializers.Serializer[Investment]):
    """An investor's part in a round."""

    slug = Text(source="investor.slug")
    name = Text(source="investor.name")
    is_lead = serializers.BooleanField(read_only=True, allow_null=True, help_text="null: no source says.")
    is_earlier_holder = serializers.BooleanField(read_only=True, help_text="Invested in an earlier round.")


class FundingRoundSerializer(DatedSerializer, FactSerializer):
    """Money raised; null is "unknown", never 0."""

    organization = Text(source="organization.slug")
    organization_name = Text(source="organization.name")
    country = TextOrNull(source="organization.country", help_text="ISO 3166-1 alpha-2 of the seat.")
    series = serializers.ChoiceField(Series.choices, read_only=True)
    post_money_usd = Amount()
    raised_to_date_usd = Amount(help_text="What the source says was raised in all, this round included.")
    raised_to_date_qualifier = serializers.ChoiceField(Qualifier.choices, read_only=True)
    investors = serializers.SerializerMethodField()

    @extend_schema_field(InvestmentSerializer(many=True))
    def get_investors(self, row: FundingRound) -> Any:
        return InvestmentSerializer(list(row.investments.all()), many=True).data  # type: ignore[arg-type]  # many rows


class AcquisitionSerializer(DatedSerializer, FactSerializer):
    """A sale or merger; null is "unknown", never 0."""

    target = Text(source="target.slug")
    target_name = Text(source="target.name")
    subject = TextOrNull(help_text="What was sold, if not the whole target.")
    subject_zh = TextOrNull()
    acquirer = TextOrNull(source="acquirer.slug", help_text="null: no source names a buyer.")
    acquirer_name = TextOrNull(source="acquirer.name")
    kind = serializers.ChoiceField(Acquisition.Kind.choices, read_only=True)
    capital_raised_usd = serializers.SerializerMethodField(help_text="Sum of disclosed priced rounds before it.")
    rounds_not_summed = serializers.SerializerMethodField(
        help_text="Rounds that the sum lacks; a series C tells of an A and a B."
    )
    stated_total_usd = serializers.SerializerMethodField(
        help_text="The largest total that a source states for what was raised before it; null unless larger than the sum."
    )
    multiple = serializers.SerializerMethodField(
        help_text="Price over stated_total_usd, else over capital_raised_usd; at most this if a stated total is larger than the sum, or rounds_not_summed is not 0."
    )
    years_since_founding = serializers.SerializerMethodField()

    def get_capital_raised_usd(self, row: Acquisition) -> float | None:
        amount = self.context["exits"][row.pk].raised.amount_usd
        return None if amount is None else float(amount)

    def get_rounds_not_summed(self, row: Acquisition) -> int:
        lacking: int = self.context["exits"][row.pk].raised.lacking
        return lacking

    def get_stated_total_usd(self, row: Acquisition) -> float | None:
        amount = self.context["exits"][row.pk].raised.stated_usd
        return None if amount is None else float(amount)

    def get_multiple(self, row: Acquisition) -> float | None:
        multiple = self.context["exits"][row.pk].multiple
        return None if multiple is None else round(float(multiple), 4)

    def get_years_since_founding(self, row: Acquisition) -> int | None:
        years: int | None = self.context["exits"][row.pk].years
        return years


class InvestorSerializer(serializers.Serializer[Organization]):
    """An organization with investments in the ledger."""

    slug = Text()
    url = serializers.SerializerMethodField()
    name = Text()
    name_zh = TextOrNull()
    kind = TextOrNull(help_text="company, foundation, university, public, community or investor.")
    country = TextOrNull(help_text="ISO 3166-1 alpha-2 of the seat.")
    rounds = serializers.IntegerField(read_only=True)
    leads = serializers.IntegerField(read_only=True, help_text="Rounds that a source says it led.")
    companies = serializers.IntegerField(read_only=True)

    def get_url(self, row: Organization) -> str:
        return f"{self.context['address']}{row.slug}/"


class HoldingSerializer(serializers.Serializer[Any]):
    """A company in a portfolio."""

    slug = Text(source="company.slug")
    name = Text(source="company.name")
    rounds = serializers.SerializerMethodField(help_text="Slugs, the newest first.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_rounds(self, holding: Any) -> list[str]:
        return [part.round.slug for part in holding.parts]


class CountedSerializer(serializers.Serializer[Any]):
    """Something with how often it stands."""

    slug = Text()
    rounds = serializers.IntegerField(read_only=True)


class InvestorAnswerSerializer(InvestorSerializer):
    """The detail as it is answered."""

    portfolio = HoldingSerializer(many=True, read_only=True)
    series = CountedSerializer(many=True, read_only=True)
    co_investors = CountedSerializer(many=True, read_only=True)


class FundingRoundViewSet(LedgerViewSet):
    """Rounds, the newest first; each with its investors and its sources."""

    tag = "funding"
    serializer_class = FundingRoundSerializer
    filterset_class = FundingRoundFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "slug",
        "announced_on": "announced_on",
        "amount_usd": F("amount_usd"),
        "post_money_usd": F("post_money_usd"),
        "organization": Lower("organization__name"),
    }
    missing = gettext_lazy("There is no funding round %(slug)s.")
    queryset = FundingRound.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return with_parts(FundingRound.objects.all())


class AcquisitionViewSet(LedgerViewSet):
    """Sales and mergers, the newest first, with the multiple of the capital raised where both are told."""

    tag = "funding"
    serializer_class = AcquisitionSerializer
    filterset_class = AcquisitionFilterSet
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "slug",
        "announced_on": "announced_on",
        "amount_usd": F("amount_usd"),
        "target": Lower("target__name"),
    }
    missing = gettext_lazy("There is no acquisition %(slug)s.")
    queryset = Acquisition.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return acquisitions_with_parts()

    def row_context(self, rows: Sequence[Acquisition]) -> dict[str, Any]:
        tape = exit_tape(of=[row.target_id for row in rows]) if rows else []
        exits = {one.fact.pk: one for one in tape if not one.is_listing}
        return {**self.get_serializer_context(), "exits": exits}


class InvestorViewSet(LedgerViewSet):
    """Organizations with investments, those with the most rounds first."""

    tag = "funding"
    serializer_class = InvestorSerializer
    filterset_class = InvestorFilterSet
    default_ordering = "-rounds"
    orderings: ClassVar[dict[str, Column]] = {
        "slug": "slug",
        "name": Lower("name"),
        "rounds": F("rounds"),
        "leads": F("leads"),
        "companies": F("companies"),
    }
    missing = gettext_lazy("There is no investor %(slug)s.")
    queryset = Organization.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return investors()

    @extend_schema(responses=InvestorAnswerSerializer)
    @answers_conditionally
    def retrieve(self, request: Request, slug: str) -> Response:
        """Answer one investor with its portfolio, series and co-investors."""
        row = self.row_called(slug, self.get_queryset())
        held = portfolio(row)
        further = {
            "portfolio": HoldingSerializer(held.holdings, many=True).data,
            "series": [{"slug": str(series), "rounds": number} for series, number in held.series],
            "co_investors": [{"slug": other.slug, "rounds": number} for other, number in held.co_investors],
        }
        return Response({**self.get_serializer(row).data, **further})
