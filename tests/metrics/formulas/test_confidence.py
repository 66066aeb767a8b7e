import pytest

from metrics.formulas.confidence import VERSION, Confidence, Evidence, Grade, Shortfall, confidence
from metrics.formulas.results import FormulaInputError

GAPS, STALE, ONE_SOURCE = Shortfall.GAPS, Shortfall.STALE, Shortfall.ONE_SOURCE


@pytest.mark.parametrize(
    ("evidence", "grade", "score", "reasons"),
    [
        (Evidence(90, 90, 0, 2), Grade.A, 1.0, ()),
        (Evidence(90, 90, 0, 3), Grade.A, 1.0, ()),
        (Evidence(90, 90, 3, 1), Grade.A, 0.8, (ONE_SOURCE,)),
        (Evidence(100, 95, 0, 2), Grade.A, 0.95, ()),
        (Evidence(100, 94, 0, 2), Grade.A, 0.94, (GAPS,)),
        (Evidence(100, 75, 0, 2), Grade.A, 0.75, (GAPS,)),
        (Evidence(100, 74, 0, 2), Grade.B, 0.74, (GAPS,)),
        (Evidence(90, 90, 4, 2), Grade.A, 0.75, (STALE,)),
        (Evidence(90, 90, 7, 1), Grade.B, 0.6, (STALE, ONE_SOURCE)),
        (Evidence(90, 90, 8, 2), Grade.B, 0.5, (STALE,)),
        (Evidence(90, 90, 30, 1), Grade.C, 0.4, (STALE, ONE_SOURCE)),
        (Evidence(90, 90, 31, 2), Grade.C, 0.25, (STALE,)),
        (Evidence(90, 90, 31, 1), Grade.D, 0.2, (STALE, ONE_SOURCE)),
        (Evidence(90, 9, 31, 1), Grade.D, 0.02, (GAPS, STALE, ONE_SOURCE)),
    ],
)
def test_confidence_by_hand(evidence, grade, score, reasons):
    expected = Confidence(grade, pytest.approx(score), reasons, evidence.measured_days, VERSION)
    assert confidence(evidence) == expected


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [(Evidence(90, 0, None, 0), Shortfall.NEVER_MEASURED), (Evidence(90, 0, 400, 1), STALE)],
)
def test_nothing_measured_in_the_window_is_the_lowest(evidence, reason):
    assert confidence(evidence) == Confidence(Grade.D, 0.0, (reason,), 0, VERSION)


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(0, 0, None, 0),
        Evidence(90, 91, 0, 1),
        Evidence(90, -1, 0, 1),
        Evidence(90, 5, None, 1),
        Evidence(90, 5, 0, 0),
        Evidence(90, 5, -1, 1),
    ],
)
def test_evidence_makes_sense(evidence):
    with pytest.raises(FormulaInputError):
        confidence(evidence)
