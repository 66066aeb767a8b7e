"""Which projects of a layer those whom the newest survey asked run in production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from market.adoption import first_survey, read_adoption
from market.adoption_ranks import ranking
from market.layers import periods_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from market.adoption_ranks import Rank
    from market.layers import LayerTree
    from market.models import Survey, SurveyWave
    from projects.as_of import AsOf


@dataclass(frozen=True, slots=True)
class LayerAdoption:
    """The projects of a layer that a wave asked about, the most used first, and how many ``asked`` about in all.

    A rank's place is among all projects of the wave, not among those of the layer.
    """

    survey: Survey
    wave: SurveyWave
    ranks: Sequence[Rank]
    asked: int


def layer_adoption(tree: LayerTree, as_of: AsOf, *, group: int) -> LayerAdoption | None:
    """Return what the newest wave up to the day's year found of a group's cards; four queries. None without a wave."""
    survey = first_survey()
    adoption = read_adoption(survey) if survey else None
    years = [year for year in adoption.years if year <= as_of.day.year] if adoption else []
    if adoption is None or not years:
        return None
    items = set(periods_in(tree, as_of, group=group).values_list("item_id", flat=True))
    ranks = ranking(adoption, years[-1])
    return LayerAdoption(
        survey=adoption.survey,
        wave=adoption.wave(years[-1]),
        ranks=[rank for rank in ranks if rank.curve.item and rank.curve.item.pk in items],
        asked=len(ranks),
    )
