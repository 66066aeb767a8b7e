"""The sets that the screener offers its columns in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OVERVIEW = "overview"
SET_LABELS = {
    OVERVIEW: _("Overview"),
    "stage": _("Stage"),
    "attention": _("Attention"),
    "activity": _("Activity"),
    "people": _("People"),
    "adoption": _("Adoption"),
    "money": pgettext_lazy("columns", "Money"),
    "layers": _("Layers"),
    "data": _("Data"),
}
SETS: dict[str, tuple[str, ...]] = {
    OVERVIEW: (
        "category", "maturity", "stars", "growth_90", "commits_30", "contributors", "employer_share",
        "production_share", "raised_usd", "confidence",
    ),
    "stage": (
        "maturity", "accepted_on", "incubating_on", "graduated_on", "months_in_stage", "stage_percentile",
        "months_since_acceptance", "listed_on", "months_listed",
    ),
    "attention": (
        "maturity", "stars", "growth_30", "growth_90", "growth_365", "robust_growth", "ross_growth", "burstiness",
        "forks", "star_percentile", "growth_percentile",
    ),
    "activity": (
        "maturity", "commits_30", "commits_90", "issue_closing", "pull_request_closing", "release_age", "push_age",
        "confidence",
    ),
    "people": (
        "maturity", "contributors", "contributor_growth_365", "maintainers", "largest_employer", "employer_share",
        "elephant_factor", "maintainer_hhi",
    ),
    "adoption": (
        "category", "maturity", "production_share", "evaluating_share", "adoption_rank", "survey_wave", "stars",
    ),
    "money": (
        "maturity", "money_of", "raised_usd", "rounds", "undisclosed_rounds", "last_round_on", "last_series",
        "last_post_money_usd", "acquired_on", "is_listed_company",
    ),
    "layers": ("category", "subcategory", "layer", "layer_part", "module", "trail_step", "security_4c"),
    "data": ("repository", "confidence", "confidence_score", "shortfalls", "measurement_age", "listed_on", "delisted"),
}  # fmt: skip
