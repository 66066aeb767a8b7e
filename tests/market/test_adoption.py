"""Surveyed adoption: curves cut at the break, ranks, and what became of what was evaluated."""

import pytest

from market.adoption import adoption_of_item, first_survey, read_adoption
from market.adoption_ranks import pipeline, ranking
from metrics.formulas.s_curve import NoCurve
from tests.market.surveys import answer, breaking_wave, printed, survey, wave
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def waves():
    return {2020: wave(2020), 2021: wave(2021), 2022: breaking_wave(2022)}


def read():
    return read_adoption(first_survey())


def test_nothing_without_a_survey():
    assert first_survey() is None


def test_a_survey_without_figures_has_no_curves():
    survey()
    adoption = read()
    assert (adoption.curves, adoption.years, adoption.waves) == ((), [], ())
    assert (ranking(adoption, 2020), pipeline(adoption, 2020)) == ([], [])


def test_a_curve_is_cut_where_the_survey_breaks(waves):
    helm = item("Helm")
    for year, answered in ((2020, 570), (2021, 610), (2022, 430)):
        answer(waves[year], "Helm", answered, item=helm)
    (curve,) = read().curves
    assert [[point.year for point in segment] for segment in curve.segments] == [[2020, 2021], [2022]]
    assert (curve.name, curve.item, curve.newest.year) == ("Helm", helm, 2022)
    assert (curve.s_curve.reason, curve.s_curve.n) == (NoCurve.TOO_FEW_POINTS, 2)
    share = curve.points[2020].production
    assert share.share == 0.57
    assert (share.interval.low, share.interval.high) == pytest.approx((0.5391, 0.6003), abs=6e-5)
    assert share.source.title == "Survey 2020"


def test_a_break_cuts_even_where_its_own_wave_did_not_ask(waves):
    later = wave(2023)
    answer(waves[2021], "Helm", 610)
    answer(later, "Helm", 500)
    (curve,) = read().curves
    assert [[point.year for point in segment] for segment in curve.segments] == [[2021], [2023]]
    assert read().comparable_before(2023) is None


def test_names_of_one_item_are_one_curve_and_names_of_none_differ(waves):
    opa = item("Open Policy Agent (OPA)", slug="opa")
    answer(waves[2020], "OPA", 100, item=opa)
    answer(waves[2021], "Open Policy Agent", 150, item=opa)
    answer(waves[2021], "Zipkin", 5)
    assert [(curve.name, sorted(curve.points)) for curve in read().curves] == [
        ("Open Policy Agent (OPA)", [2020, 2021]),
        ("Zipkin", [2021]),
    ]


def test_a_printed_share_has_no_interval(waves):
    printed(waves[2020], "production", "Helm", "0.57")
    assert read().curves[0].points[2020].production.interval is None


def test_evaluating_alone_is_no_point(waves):
    answer(waves[2020], "Helm", 100, question="evaluating")
    assert read().curves == ()


def test_ranks_move_among_those_that_both_waves_asked_about(waves):
    for subject, before, after in (("A", 500, 300), ("B", 400, 400), ("C", 300, 300)):
        answer(waves[2020], subject, before)
        answer(waves[2021], subject, after)
    answer(waves[2021], "New", 900)
    ranks = ranking(read(), 2021)
    assert [(rank.place, rank.movement, rank.curve.name) for rank in ranks] == [
        (1, None, "New"),
        (2, 1, "B"),
        (3, -1, "A"),
        (3, 1, "C"),
    ]


def test_no_movement_across_the_break(waves):
    for each in waves.values():
        answer(each, "Helm", 500)
    adoption = read()
    assert [rank.movement for rank in ranking(adoption, 2022)] == [None]
    assert [rank.movement for rank in ranking(adoption, 2021)] == [0]
    assert (pipeline(adoption, 2022), adoption.comparable_before(2022)) == ([], None)
    assert adoption.comparable_before(2020) is None


def test_the_pipeline_pairs_waves_that_can_be_compared(waves):
    for subject, evaluating, before, after in (("A", 100, 50, 120), ("B", 300, 10, 5)):
        answer(waves[2020], subject, evaluating, question="evaluating")
        answer(waves[2020], subject, before)
        answer(waves[2021], subject, after)
    answer(waves[2020], "Not evaluated", 10)
    answer(waves[2021], "Not evaluated", 10)
    steps = pipeline(read(), 2021)
    assert [(step.curve.name, step.before.evaluating.share, round(step.gained, 3)) for step in steps] == [
        ("B", 0.3, -0.005),
        ("A", 0.1, 0.07),
    ]


def test_an_item_knows_its_own_surveys(waves, django_assert_num_queries):
    helm = item("Helm")
    with django_assert_num_queries(1):
        assert adoption_of_item(helm.pk) == []
    for year in (2021, 2022):
        answer(waves[year], "Helm", 500, item=helm)
    with django_assert_num_queries(2):
        (curve,) = adoption_of_item(helm.pk)
        assert (curve.name, len(curve.segments)) == ("Helm", 2)
