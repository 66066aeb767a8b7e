"""What companies were said to be worth, and what they said of themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.models.ledger import LedgerRow, amount_field, stated_once
from market.models.rounds import FundingRound
from market.models.vocabulary import Qualifier
from projects.models import Item, Organization


class Valuation(LedgerRow):
    """What an organization was said to be worth. A post-money figure is a price of shares, not what a buyer would pay."""

    class Kind(models.TextChoices):
        """What was valued."""

        POST_MONEY = "post_money", _("post-money valuation")
        MARKET_CAP = "market_cap", _("market capitalization")
        CLAIM = "claim", _("claim without a figure")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="valuations", verbose_name=_("organization")
    )
    valued_on = models.DateField(_("valued on"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    amount_usd = amount_field(_("amount in USD"))
    amount_qualifier = models.CharField(_("the amount is"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    round = models.ForeignKey(
        FundingRound, models.CASCADE, null=True, blank=True, related_name="valuations", verbose_name=_("round")
    )

    class Meta:
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        constraints = [
            *stated_once("valuation"),
            models.CheckConstraint(
                condition=Q(kind="claim", amount_usd__isnull=True)
                | Q(kind__in=["post_money", "market_cap"], amount_usd__gt=0),
                name="valuation_amount_positive",
            ),
            models.CheckConstraint(
                condition=Q(amount_qualifier__in=Qualifier.values), name="valuation_qualifier_known"
            ),
        ]


class ReportedFigure(LedgerRow):
    """A company's own figure at a time: revenue, customers, downloads ..."""

    class Metric(models.TextChoices):
        """What was counted."""

        REVENUE = "revenue", _("revenue in USD a year")
        CUSTOMERS = "customers", _("customers")
        DOWNLOADS = "downloads", _("downloads")
        DEVELOPERS = "developers", _("developers")
        CALLS_PER_MONTH = "calls_per_month", _("API calls a month")
        DEAL_SIZE = "deal_size", _("deal size in USD")
        TARGET_MARKET = "target_market", _("target market in USD")
        SHARE_OF_LIST = "share_of_list", _("share of a list of companies (0 to 1)")
        STATEMENT = "statement", _("statement without a figure")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="reported_figures", verbose_name=_("organization")
    )
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="reported_figures", verbose_name=_("item")
    )
    metric = models.CharField(_("figure"), max_length=20, choices=Metric)
    stated_on = models.DateField(_("as of"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    value_qualifier = models.CharField(_("the value is"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        constraints = [
            *stated_once("reported_figure"),
            models.CheckConstraint(
                condition=Q(metric="statement", value__isnull=True) | (~Q(metric="statement") & Q(value__gte=0)),
                name="reported_figure_value",
            ),
            models.CheckConstraint(
                condition=Q(value_qualifier__in=Qualifier.values), name="reported_figure_qualifier_known"
            ),
        ]
