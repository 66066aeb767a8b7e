"""Screens that are worth a look, each with the reason for its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Preset:
    """A screen as its query string, a name, and why its bounds are what they are."""

    key: str
    label: StrOrPromise
    reason: StrOrPromise
    query: str


# fmt: off
PRESETS = (
    Preset("young-fast", _("Young sandbox, fast growth"), _("Accepted within two years and growing by a tenth or more a quarter, from a base that ten stars cannot move."), "set=attention&maturity=sandbox&months_since_acceptance_max=24&stars_min=500&growth_90_min=10&sort=-growth_90"),
    Preset("one-vendor", _("Graduated, one vendor"), _("Graduation asks for committers of several organizations; here one employer pays half of the maintainers or more."), "set=people&maturity=graduated&employer_share_min=50&sort=-employer_share"),
    Preset("funded-adopted", _("Funded and adopted"), _("A maker has disclosed capital, and the newest survey found it in production."), "set=money&column=production_share&raised_usd_has=yes&production_share_has=yes&sort=-production_share"),
    Preset("quiet-used", _("Quiet but widely used"), _("At least one in ten of those surveyed run it, and its stars grow by less than a tenth a year: used more than talked about."), "set=adoption&column=growth_365&production_share_min=10&growth_365_max=10&sort=-production_share"),
    Preset("long-incubating", _("Incubating for long"), _("In incubation for four years or more: longer than most that graduated took."), "set=stage&maturity=incubating&months_in_stage_min=48&sort=-months_in_stage"),
    Preset("chinese-home", _("Chinese home, hosted"), _("Hosted projects whose maker has its seat in China, by our own sourced country; the foundation's seat does not count."), "set=overview&column=country&country=CN&maturity_has=yes&sort=-stars"),
    Preset("evaluated", _("Evaluated more than used"), _("At least one in ten evaluate it and fewer run it: where the next wave may move."), "set=adoption&evaluating_share_min=10&production_share_max=20&sort=-evaluating_share"),
    Preset("newcomers", _("New in a year"), _("Listed within the last twelve months, the largest first; an entry asks for 300 stars, so these are selected."), "set=attention&column=listed_on&months_listed_max=12&stars_has=yes&sort=-stars"),
    Preset("asleep", _("Hosted, but nobody pushes"), _("A foundation hosts it, it is not archived, and half a year has passed since the last push."), "set=activity&maturity=sandbox&maturity=incubating&maturity=graduated&push_age_min=182&sort=-push_age"),
    Preset("not-measured", _("Hosted, not measured"), _("Hosted projects without stars of the day: where every figure of this page is silent."), "set=data&maturity_has=yes&stars_has=no&sort=name"),
)
# fmt: on
