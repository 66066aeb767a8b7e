"""The screener's columns of computed figures: attention, activity, people, and how far the data can be trusted."""

from django.utils.translation import gettext_lazy as _

from market.screen.column import Column, Group, Kind
from metrics.formulas import activity, burstiness, closing, confidence, growth, percentiles, releases, robust_growth
from metrics.formulas import ross_growth as ross
from metrics.formulas.concentration import ELEPHANT_VERSION, HHI_VERSION, LARGEST_VERSION
from metrics.indicators.counts import VERSION as COUNT_VERSION
from metrics.models import Metric

NO_LIST = _("No list of its maintainers is published.")
NOT_FETCHED = _("GitHub was not asked about its main repository by then.")

# fmt: off
ATTENTION_COLUMNS = (
    Column("stars", _("Stars"), Group.ATTENTION, Kind.NUMBER, _("Stars of its repositories added up, at most three days old. Attention, not value."), COUNT_VERSION, metric=Metric.STARS),
    Column("growth_30", _("Stars, 30 days"), Group.ATTENTION, Kind.PERCENT, _("Relative change of the stars over 30 days."), growth.GROWTH_VERSION, digits=1, is_change=True, metric=Metric.STAR_GROWTH, window_days=30),
    Column("growth_90", _("Stars, 90 days"), Group.ATTENTION, Kind.PERCENT, _("Relative change of the stars over 90 days."), growth.GROWTH_VERSION, digits=1, is_change=True, metric=Metric.STAR_GROWTH, window_days=90),
    Column("growth_365", _("Stars, 365 days"), Group.ATTENTION, Kind.PERCENT, _("Relative change of the stars over 365 days."), growth.GROWTH_VERSION, digits=1, is_change=True, metric=Metric.STAR_GROWTH, window_days=365),
    Column("ross_growth", _("ROSS growth"), Group.ATTENTION, Kind.NUMBER, _("The greatest ratio of stars over 90 days ending in the quarter, with a base of at least 1,000 stars (Runa's ROSS index)."), ross.VERSION, digits=2, metric=Metric.ROSS_GROWTH, window_days=90),
    Column("robust_growth", _("Robust growth, a year"), Group.ATTENTION, Kind.PERCENT, _("Yearly growth by the median slope (Theil-Sen) of the logarithm of weekly stars over 90 days, which one day's burst cannot move."), robust_growth.VERSION, digits=1, is_change=True, metric=Metric.ROBUST_GROWTH, window_days=91),
    Column("burstiness", _("Burstiness"), Group.ATTENTION, Kind.NUMBER, _("How unevenly stars come: from −1, like a clock, to 1, all at once (Goh and Barabási 2008)."), burstiness.VERSION, digits=2, metric=Metric.BURSTINESS, window_days=364),
    Column("forks", _("Forks"), Group.ATTENTION, Kind.NUMBER, _("Forks of its repositories added up, at most three days old."), COUNT_VERSION, metric=Metric.FORKS),
    Column("star_percentile", _("Size rank in section"), Group.ATTENTION, Kind.NUMBER, _("Percentile of its stars among the items of its section."), percentiles.VERSION, metric=Metric.STAR_PERCENTILE, is_rank=True),
    Column("growth_percentile", _("Growth rank in section"), Group.ATTENTION, Kind.NUMBER, _("Percentile of its growth over 90 days among the items of its section."), percentiles.VERSION, metric=Metric.GROWTH_PERCENTILE, window_days=90, is_rank=True),
)
ACTIVITY_COLUMNS = (
    Column("commits_30", _("Commits, 30 days"), Group.ACTIVITY, Kind.NUMBER, _("Commits to the default branches in 30 days."), activity.VERSION, metric=Metric.COMMITS, window_days=30),
    Column("commits_90", _("Commits, 90 days"), Group.ACTIVITY, Kind.NUMBER, _("Commits to the default branches in 90 days."), activity.VERSION, metric=Metric.COMMITS, window_days=90),
    Column("issue_closing", _("Issues closed, 90 days"), Group.ACTIVITY, Kind.PERCENT, _("Issues closed in 90 days, of those opened in them; over 100 % the backlog shrinks."), closing.CLOSING_VERSION, digits=1, metric=Metric.ISSUE_CLOSING, window_days=90),
    Column("pull_request_closing", _("Pull requests closed, 90 days"), Group.ACTIVITY, Kind.PERCENT, _("Pull requests closed or merged in 90 days, of those opened in them."), closing.CLOSING_VERSION, digits=1, metric=Metric.PULL_REQUEST_CLOSING, window_days=90),
    Column("release_age", _("Days since release"), Group.ACTIVITY, Kind.DAYS, _("Days since the latest release of any of its repositories."), releases.RECENCY_VERSION, metric=Metric.DAYS_SINCE_RELEASE),
    Column("push_age", _("Days since push"), Group.ACTIVITY, Kind.DAYS, _("Days since anybody pushed to any of its repositories."), releases.RECENCY_VERSION, metric=Metric.DAYS_SINCE_PUSH),
)
PEOPLE_COLUMNS = (
    Column("contributors", _("Contributors"), Group.PEOPLE, Kind.NUMBER, _("Contributors of its leading repository, as GitHub counts them."), COUNT_VERSION, metric=Metric.CONTRIBUTORS),
    Column("contributor_growth_365", _("Contributors, 365 days"), Group.PEOPLE, Kind.PERCENT, _("Relative change of the contributors over 365 days."), growth.GROWTH_VERSION, digits=1, is_change=True, metric=Metric.CONTRIBUTOR_GROWTH, window_days=365),
    Column("elephant_factor", _("Elephant factor"), Group.PEOPLE, Kind.NUMBER, _("The least number of employers that pay half of its maintainers; 1 is one employer's project."), ELEPHANT_VERSION, NO_LIST, metric=Metric.ELEPHANT_FACTOR),
    Column("maintainer_hhi", _("Employers' concentration"), Group.PEOPLE, Kind.NUMBER, _("Sum of the squared percentages of its maintainers' employers (HHI): 10,000 is one employer. No market share."), HHI_VERSION, NO_LIST, metric=Metric.MAINTAINER_HHI),
    Column("employer_share", _("Share of largest employer"), Group.PEOPLE, Kind.PERCENT, _("The share of its maintainers that one employer pays, by the newest published list; the unknown count to nobody."), LARGEST_VERSION, NO_LIST, digits=1),
    Column("largest_employer", _("Largest employer"), Group.PEOPLE, Kind.TEXT, _("Who employs most of its maintainers; several if equal."), _("the CNCF's list of maintainers"), NO_LIST),
    Column("maintainers", _("Maintainers"), Group.PEOPLE, Kind.NUMBER, _("Maintainers on the newest published list, those without a known employer included."), _("the CNCF's list of maintainers"), NO_LIST),
)
DATA_COLUMNS = (
    Column("confidence", _("Confidence"), Group.DATA, Kind.CHOICE, _("How far its counts can be trusted: coverage of the last 30 days, freshness and independence of sources, A at best."), confidence.VERSION),
    Column("confidence_score", _("Confidence, score"), Group.DATA, Kind.NUMBER, _("The score from 0 to 1 behind the grade."), confidence.VERSION, digits=2, metric=Metric.CONFIDENCE, window_days=30),
    Column("shortfalls", _("What lowers confidence"), Group.DATA, Kind.TEXT, _("The reasons for a grade below A."), confidence.VERSION, _("Nothing lowers it, or it has no grade.")),
    Column("measurement_age", _("Age of newest measurement"), Group.DATA, Kind.DAYS, _("Days since GitHub last told of its main repository."), "GitHub", NOT_FETCHED),
)
# fmt: on
