"""What it is worth: layers, money, surveyed adoption, and what analysts think of it."""

from market.models.citations import FACTS, Citation
from market.models.exits import Acquisition, Listing
from market.models.frameworks import Framework, Layer, LayerAssignment
from market.models.judgements import Assessment, Counterpart, Criterion
from market.models.rounds import FundingRound, Investment, Series
from market.models.surveys import Survey, SurveyFigure, SurveyWave
from market.models.valuations import ReportedFigure, Valuation
from market.models.vocabulary import Confidence, DatePrecision, Qualifier

__all__ = [
    "FACTS",
    "Acquisition",
    "Assessment",
    "Citation",
    "Confidence",
    "Counterpart",
    "Criterion",
    "DatePrecision",
    "Framework",
    "FundingRound",
    "Investment",
    "Layer",
    "LayerAssignment",
    "Listing",
    "Qualifier",
    "ReportedFigure",
    "Series",
    "Survey",
    "SurveyFigure",
    "SurveyWave",
    "Valuation",
]
