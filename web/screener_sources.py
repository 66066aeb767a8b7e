"""What the shown columns of the screener rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from market.models import SurveyWave
from market.screen.column import Group
from market.screen.columns import COLUMNS
from metrics.models import MaintainerShare
from projects.models import Source
from projects.provenance import provenance_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from market.screen.matrix import Matrix

LISTED_PEOPLE = {"maintainers", "largest_employer", "employer_share", "elephant_factor", "maintainer_hhi"}


@dataclass(frozen=True, slots=True)
class ScreenSource:
    """A source, and the day of what is shown of it."""

    title: str
    url: str = ""
    licence: str = ""
    day: date | None = None


def sources_of(matrix: Matrix, columns: Sequence[str]) -> list[ScreenSource]:
    """Return the sources of the columns, the landscape first; at most four queries."""
    groups = {COLUMNS[key].group for key in columns}
    landscape = provenance_at(matrix.as_of.instant)
    found = [
        ScreenSource(
            landscape.name or landscape.source or _("the landscape"),
            landscape.source if landscape.source.startswith("http") else "",
            landscape.licence,
            landscape.committed_at.date() if landscape.committed_at else None,
        )
    ]
    if matrix.figures_day and any(COLUMNS[key].metric for key in columns):
        found.append(ScreenSource("GitHub", "https://github.com/", "", matrix.figures_day))
    if LISTED_PEOPLE & set(columns):
        found += _maintainers(matrix)
    if Group.ADOPTION in groups and matrix.wave_year:
        found += _survey(matrix.wave_year)
    if Group.MONEY in groups:
        found.append(ScreenSource(_("Our ledger; each round names its own sources"), reverse("funding")))
    if Group.LAYERS in groups:
        found.append(ScreenSource(_("Analysts' assignments, each with its reason"), reverse("layers")))
    return found


def _maintainers(matrix: Matrix) -> Iterator[ScreenSource]:
    newest = MaintainerShare.objects.filter(as_of__lte=matrix.as_of.day).order_by("-as_of", "pk")
    row = newest.values_list("source__title", "source__url", "source__licence", "as_of").first()
    if row:
        yield ScreenSource(*row)


def _survey(year: int) -> Iterator[ScreenSource]:
    cited = Source.objects.filter(pk__in=SurveyWave.objects.filter(year=year).values(cited=F("source")))
    for source in cited.order_by("pk"):
        yield ScreenSource(source.title, source.url, source.licence, source.published_on)
