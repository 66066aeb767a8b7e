"""Where the rows of the ledger are from."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.models.exits import Acquisition, Listing
from market.models.ledger import amount_field
from market.models.rounds import FundingRound
from market.models.valuations import ReportedFigure, Valuation
from market.models.vocabulary import DatePrecision
from projects.models import Source

FACTS = ("funding_round", "acquisition", "listing", "valuation", "reported_figure")


def only_one_of(columns: tuple[str, ...]) -> Q:
    """Return the condition that exactly one of the columns is not null."""
    return reduce(or_, (Q(**{f"{other}__isnull": other != one for other in columns}) for one in columns))


class Citation(models.Model):
    """Where one row of the ledger is from, and what that source says of it, where it differs from the row.

    ``stated_amount_usd`` and ``stated_on`` are null where the source agrees; so two sources that contradict each
    other are both kept, and the row's confidence is "disputed". The row, and so every sum and median, holds the
    better-sourced figure.
    """

    funding_round = models.ForeignKey(FundingRound, models.CASCADE, null=True, blank=True, related_name="citations")
    acquisition = models.ForeignKey(Acquisition, models.CASCADE, null=True, blank=True, related_name="citations")
    listing = models.ForeignKey(Listing, models.CASCADE, null=True, blank=True, related_name="citations")
    valuation = models.ForeignKey(Valuation, models.CASCADE, null=True, blank=True, related_name="citations")
    reported_figure = models.ForeignKey(ReportedFigure, models.CASCADE, null=True, blank=True, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    # A few words of the source, or where in it the fact stands.
    quote = models.CharField(_("quote"), max_length=500, blank=True, default="")
    page = models.CharField(_("page or section"), max_length=100, blank=True, default="")
    retrieved_on = models.DateField(_("retrieved on"))
    stated_amount_usd = amount_field(_("amount it states, in USD"))
    stated_on = models.DateField(_("date it states"), null=True, blank=True)
    stated_precision = models.CharField(
        _("precision of that date"), max_length=10, choices=DatePrecision, blank=True, default=""
    )
    remark = models.TextField(_("remark"), blank=True, default="")
    remark_zh = models.TextField(_("remark in Chinese"), blank=True, default="")

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(condition=only_one_of(FACTS), name="citation_of_one_fact"),
            models.CheckConstraint(condition=~Q(quote="") | ~Q(page=""), name="citation_names_the_place"),
            models.CheckConstraint(
                condition=Q(stated_on__isnull=True, stated_precision="")
                | Q(stated_on__isnull=False, stated_precision__in=DatePrecision.values),
                name="citation_date_has_precision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.page}"
