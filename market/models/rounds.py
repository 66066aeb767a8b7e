"""Who raised what from whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.models.ledger import LedgerRow, Priced, amount_field, priced, stated_once
from market.models.vocabulary import Qualifier
from projects.models import Organization


class Series(models.TextChoices):
    """What a round is called."""

    ANGEL = "angel", _("angel")
    PRE_SEED = "pre_seed", _("pre-seed")
    SEED = "seed", _("seed")
    A = "a", "A"
    B = "b", "B"
    C = "c", "C"
    D = "d", "D"
    E = "e", "E"
    F = "f", "F"
    G = "g", "G"
    H = "h", "H"
    I = "i", "I"  # noqa: E741  (its name)
    GROWTH = "growth", _("growth")
    DEBT = "debt", _("debt")
    GRANT = "grant", _("grant")
    CORPORATE = "corporate", _("corporate round")
    SECONDARY = "secondary", _("secondary sale")
    UNKNOWN = "unknown", _("unknown")


class FundingRound(LedgerRow, Priced):
    """Money raised by an organization. ``raised_to_date_usd``: what the source says was raised in all, this one included."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="funding_rounds", verbose_name=_("organization")
    )
    announced_on = models.DateField(_("announced on"))
    series = models.CharField(_("series"), max_length=20, choices=Series, default=Series.UNKNOWN)
    post_money_usd = amount_field(_("post-money valuation in USD"))
    raised_to_date_usd = amount_field(_("raised to date in USD"))
    raised_to_date_qualifier = models.CharField(
        _("raised to date is"), max_length=10, choices=Qualifier, default=Qualifier.EXACT
    )
    investors = models.ManyToManyField(
        Organization, through="Investment", related_name="rounds_joined", verbose_name=_("investors")
    )

    class Meta:
        verbose_name = _("funding round")
        verbose_name_plural = _("funding rounds")
        indexes = [models.Index(fields=["organization", "announced_on"], name="funding_round_organization")]
        constraints = [
            *stated_once("funding_round"),
            *priced("funding_round"),
            models.CheckConstraint(condition=Q(series__in=Series.values), name="funding_round_series_known"),
            models.CheckConstraint(
                condition=Q(post_money_usd__isnull=True) | Q(post_money_usd__gt=0), name="funding_round_post_positive"
            ),
            models.CheckConstraint(
                condition=Q(raised_to_date_usd__isnull=True) | Q(raised_to_date_usd__gt=0),
                name="funding_round_to_date_positive",
            ),
            models.CheckConstraint(
                condition=Q(raised_to_date_qualifier__in=Qualifier.values),
                name="funding_round_to_date_qualifier_known",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{self.organization.get_absolute_url()}#{self.slug}"


class Investment(models.Model):
    """An investor's part in a round; ``is_lead`` None: no source says whether it led."""

    round = models.ForeignKey(FundingRound, models.CASCADE, related_name="investments", verbose_name=_("round"))
    investor = models.ForeignKey(Organization, models.PROTECT, related_name="investments", verbose_name=_("investor"))
    is_lead = models.BooleanField(_("led the round"), null=True, blank=True)
    # "joined" names a new or unspecified investor; "earlier" one that the source only says had invested before.
    is_earlier_holder = models.BooleanField(_("invested in an earlier round"), default=False)

    class Meta:
        verbose_name = _("investment")
        verbose_name_plural = _("investments")
        constraints = [models.UniqueConstraint(fields=["round", "investor"], name="investment_unique")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.investor_id}"
