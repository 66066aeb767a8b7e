"""The evidence by each of the essay's criteria: one line for each fact, or why it is not known; never a sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.money_words import short_number
from metrics.models import Metric
from projects.localized import localized
from projects.osi_licences import is_osi_approved
from web.templatetags.adoption import share_interval, share_percent
from web.templatetags.indicators import in_unit
from web.templatetags.localized import maturity_label
from web.templatetags.punctuation import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from market.item_facts import ItemFacts
    from market.models import Assessment, Criterion
    from projects.models import Organization, Source


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a fact is from, and of which day it is."""

    title: str = ""
    url: str = ""
    day: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact: ``text`` is empty where it is not known, and ``why`` says why; ``url`` leads to more of it."""

    label: str
    text: str
    why: str = ""
    cited: Cited = Cited()
    url: str = ""


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """A criterion with the computed evidence beside what analysts think of it."""

    criterion: Criterion
    evidence: Sequence[Evidence]
    assessments: Sequence[Assessment]

    @property
    def has_evidence(self) -> bool:
        """Whether anything is known by it."""
        return any(line.text for line in self.evidence)


def judged_criteria(
    criteria: Iterable[Criterion], assessments: Iterable[Assessment], facts: ItemFacts
) -> list[JudgedCriterion]:
    """Return each criterion with its evidence; one without a rule of ours has judgements alone."""
    own: dict[int, list[Assessment]] = {}
    for assessment in assessments:
        own.setdefault(assessment.criterion_id, []).append(assessment)
    return [
        JudgedCriterion(one, EVIDENCE[one.code](facts) if one.code in EVIDENCE else [], own.get(one.pk, ()))
        for one in criteria
    ]


def core_technology(facts: ItemFacts) -> list[Evidence]:
    """How active its repositories are, by how many, and how it stands in its section."""
    return [
        Evidence(_("Made by"), _names(facts.makers), _("Neither its card nor we name a maker.")),
        _year(facts),
        _indicator(facts, Metric.COMMITS, 90, _("Commits in 90 days")),
        _indicator(facts, Metric.CONTRIBUTORS, 0, _("Contributors")),
        _indicator(facts, Metric.STAR_PERCENTILE, 0, _("Percentile of stars in its section")),
    ]


def extensibility(facts: ItemFacts) -> list[Evidence]:
    """What stands beside it, and what nobody measures."""
    place = facts.state.subcategory
    return [
        Evidence(
            _("Other cards in its section"),
            str(facts.beside) if place else "",
            _("It stands in no section."),
            url=place.get_absolute_url() if place else "",
            cited=_of_landscape(facts),
        ),
        Evidence(_("Repositories"), listed(one.name for one in facts.repositories), _("Its card names none.")),
        Evidence(_("Items that depend on it"), "", _("Not measured: no source we may use counts them.")),
        Evidence(_("Integrations"), "", _("Not measured: the landscape says nothing of them.")),
    ]


def productised_solution(facts: ItemFacts) -> list[Evidence]:
    """What else its makers list, and what they say of customers."""
    others = [one for one in facts.products if one.pk != facts.item.pk]
    maker = facts.makers[0] if facts.makers else None
    lines = [
        Evidence(
            _("Further cards of its makers"),
            listed(one.name for one in others),
            _("Its makers list no other card.") if maker else _("Neither its card nor we name a maker."),
            url=maker.get_absolute_url() if maker else "",
            cited=_of_landscape(facts),
        )
    ]
    for told in facts.customers:
        citation = next(iter(told.citations.all()), None)
        count = short_number(told.value) if told.value is not None else localized(told, "note", language=get_language())
        name = localized(told.organization, "name", language=get_language())
        text = _("%(organization)s: %(count)s") % {"organization": name, "count": count}
        lines.append(
            Evidence(_("Customers, as told"), text, cited=_cited(citation.source if citation else None, told.stated_on))
        )
    return lines if facts.customers else [*lines, Evidence(_("Customers, as told"), "", _("Our ledger has no figure."))]


def openness(facts: ItemFacts) -> list[Evidence]:
    """Its licence, who hosts it, and how many employers maintain it."""
    words = {True: _("approved by the OSI"), False: _("no open-source licence"), None: _("approval not known to us")}
    licence = f"{facts.licence}, {words[is_osi_approved(facts.licence)]}" if facts.licence else ""
    told_by = Cited("GitHub", day=facts.licence_seen_on) if facts.licence_seen_on else _of_landscape(facts)
    unknown = (
        _("Neither its card nor GitHub names one.")
        if facts.licence_seen_on
        else _("Its card names none, and GitHub has not been asked.")
    )
    return [
        Evidence(_("Licence"), licence, unknown, told_by),
        Evidence(_("Repositories"), listed(one.name for one in facts.repositories), _("Its card names none.")),
        Evidence(_("Foundation"), _names(facts.stewards), _("No foundation hosts it.")),
        _largest_employer(facts),
        _indicator(facts, Metric.CONTRIBUTORS, 0, _("Contributors")),
    ]


def maturity(facts: ItemFacts) -> list[Evidence]:
    """Its stage and age, how many run it, and when it was released last."""
    rung, listed = facts.current_rung, facts.item.listed_at
    since = (rung.declared_on or rung.seen_at) if rung else None
    return [
        Evidence(
            _("Stage"),
            str(maturity_label(facts.state.maturity)).capitalize() if facts.state.maturity else "",
            _("No foundation hosts it."),
            Cited(day=since),
            url=reverse("item_ladder", args=[facts.item.slug]) if facts.state.maturity else "",
        ),
        Evidence(
            _("In the landscape since"), str(listed.date()) if listed else "", _("The landscape never listed it.")
        ),
        _production(facts),
        _indicator(facts, Metric.DAYS_SINCE_RELEASE, 0, _("Days since the latest release")),
    ]


EVIDENCE: Mapping[str, Callable[[ItemFacts], list[Evidence]]] = {
    "CRI-1": core_technology,
    "CRI-2": extensibility,
    "CRI-3": productised_solution,
    "CRI-4": openness,
    "CRI-5": maturity,
}


def _names(organizations: Iterable[Organization]) -> str:
    return listed(localized(one, "name", language=get_language()) for one in organizations)


def _indicator(facts: ItemFacts, metric: str, window: int, label: str) -> Evidence:
    figure = facts.indicators.get((metric, window))
    url = reverse("item_curves", args=[facts.item.slug])
    if figure is None or figure.value is None:
        return Evidence(label, "", str(figure.get_refusal_display()) if figure else _("Nothing has been measured yet."))
    return Evidence(label, in_unit(metric, figure.value), cited=Cited("GitHub", day=figure.day), url=url)


def _year(facts: ItemFacts) -> Evidence:
    label, point = _("Authors and commits in a year"), facts.activity
    if point is None:
        return Evidence(label, "", _("The CNCF publishes none of it."))
    authors, commits = point.counts["authors"], point.counts["commits"]
    words = {
        "authors": "–" if authors is None else f"{authors:,}",
        "commits": "–" if commits is None else f"{commits:,}",
    }
    cited = _cited(facts.sources.get(point.source_id), point.period_end)
    return Evidence(label, _("%(authors)s authors, %(commits)s commits") % words, cited=cited)


def _largest_employer(facts: ItemFacts) -> Evidence:
    label, known = _("Largest employer of maintainers"), facts.maintainers
    if known is None or not known.employers:
        return Evidence(label, "", _("No list of its maintainers is published."))
    first = known.employers[0]
    words = {"employer": first.employer, "share": f"{first.share * 100:.0f} %"}
    text = _("%(employer)s, %(share)s of %(total)d") % {**words, "total": known.total}
    return Evidence(label, text, cited=_cited(facts.sources.get(known.source_id), known.as_of))


def _production(facts: ItemFacts) -> Evidence:
    label = _("Surveyed in production")
    if not facts.adoption:
        return Evidence(label, "", _("No survey asked about it."))
    share = facts.adoption[0].newest.production
    text = f"{share.year}: {share_percent(share)} ({share_interval(share)})" if share.interval else share_percent(share)
    return Evidence(label, text, url=reverse("adoption"), cited=_cited(share.source, share.source.published_on))


def _cited(source: Source | None, day: date | None) -> Cited:
    return Cited(source.title, source.url, day) if source else Cited(day=day)


def _of_landscape(facts: ItemFacts) -> Cited:
    """Cite the landscape's newest version."""
    known = facts.landscape
    return Cited(known.attribution or known.name, known.public_url, known.committed_at) if known else Cited()
