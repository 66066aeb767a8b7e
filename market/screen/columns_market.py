"""The screener's columns of surveyed adoption and of money."""

from django.utils.translation import gettext_lazy as _

from market.screen.column import Column, Group, Kind

SURVEY = _("the CNCF survey, each wave with its source")
LEDGER = _("our ledger, each row with its sources")
NOT_ASKED = _("The newest wave did not ask about it.")
NO_ROUND = _("Our ledger knows no round of a maker.")
NO_MONTH = _("Our ledger knows no round of a maker, or not its month.")
NOT_TOLD = _("No round of a maker tells it.")

# fmt: off
ADOPTION_COLUMNS = (
    Column("production_share", _("In production"), Group.ADOPTION, Kind.PERCENT, _("Share of those the newest wave of the survey asked that use it in production."), SURVEY, NOT_ASKED, digits=1),
    Column("evaluating_share", _("Evaluating"), Group.ADOPTION, Kind.PERCENT, _("Share of those the newest wave of the survey asked that evaluate it."), SURVEY, NOT_ASKED, digits=1),
    Column("adoption_rank", _("Adoption rank"), Group.ADOPTION, Kind.NUMBER, _("Its place by production share in the newest wave, 1 for the highest; equal shares share a place."), SURVEY, NOT_ASKED, is_rank=True),
    Column("survey_wave", _("Last asked in"), Group.ADOPTION, Kind.NUMBER, _("The year of the last wave that asked about it; earlier shares are not shown beside the newest ones."), SURVEY, _("No wave asked about it."), is_rank=True),
)
MONEY_COLUMNS = (
    Column("raised_usd", _("Capital raised, disclosed"), Group.MONEY, Kind.USD, _("Sum of the disclosed priced rounds of the organizations that make it or that it comes from; never a foundation's money. A floor where rounds are undisclosed."), LEDGER, NO_ROUND),
    Column("money_of", _("Whose capital"), Group.MONEY, Kind.TEXT, _("The makers whose money is shown."), LEDGER, _("Our ledger names no maker of it.")),
    Column("rounds", _("Rounds"), Group.MONEY, Kind.NUMBER, _("Rounds of its makers that the ledger knows of."), LEDGER, NO_ROUND),
    Column("undisclosed_rounds", _("Rounds not summed"), Group.MONEY, Kind.NUMBER, _("Rounds that the capital raised lacks: their amount is undisclosed, unknown or only bounded, or a later letter tells that they were."), LEDGER, NO_ROUND),
    Column("last_round_on", _("Last round on"), Group.MONEY, Kind.DAY, _("When its makers' newest round was announced, the first day of what is known of the date."), LEDGER, NO_ROUND),
    Column("months_since_round", _("Months since last round"), Group.MONEY, Kind.MONTHS, _("Months of 30.44 days since its makers' newest round was announced, where its month is known."), LEDGER, NO_MONTH, digits=1),
    Column("last_series", _("Last series"), Group.MONEY, Kind.CHOICE, _("What its makers' newest round is called."), LEDGER, NO_ROUND),
    Column("last_post_money_usd", _("Last post-money"), Group.MONEY, Kind.USD, _("Post-money valuation of its makers' newest round that tells one; no company's value today."), LEDGER, NOT_TOLD),
    Column("acquired_on", _("Maker acquired on"), Group.MONEY, Kind.DAY, _("When the ledger says that a maker was bought or merged as a whole; unknown is not “no”."), LEDGER, _("The ledger knows of no sale of a maker.")),
    Column("is_acquired", _("Maker acquired"), Group.MONEY, Kind.YES_NO, _("Yes where the ledger says that a maker was bought or merged as a whole; else unknown."), LEDGER, _("The ledger knows of no sale of a maker.")),
    Column("is_listed_company", _("Maker on an exchange"), Group.MONEY, Kind.YES_NO, _("Yes where the ledger says that a maker's shares came to an exchange; else unknown."), LEDGER, _("The ledger knows of no listing of a maker.")),
)
# fmt: on
