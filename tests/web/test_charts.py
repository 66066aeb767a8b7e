from datetime import date

import pytest

from web.charts.areas import sparkline, stacked_areas
from web.charts.bars import diverging_bars
from web.charts.marks import lay_marks
from web.charts.scales import day_ticks, midpoints, nice_step, value_ticks


@pytest.mark.parametrize(
    ("maximum", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (40, 10), (41, 20), (2413, 1000)]
)
def test_nice_step_needs_at_most_four_steps(maximum, step):
    assert nice_step(maximum) == step


def test_value_ticks_run_from_the_bottom_of_the_plot_to_its_top():
    assert [(tick.at, tick.label) for tick in value_ticks(2000, step=1000)] == [
        ("100.00%", "0"),
        ("50.00%", "1,000"),
        ("0.00%", "2,000"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2024, 1, 31), date(2024, 4, 5), ["2024-02", "2024-03", "2024-04"]),
        (date(2023, 5, 1), date(2024, 8, 1), ["2023-07", "2023-10", "2024-01", "2024-04", "2024-07"]),
        (date(2018, 3, 1), date(2021, 8, 1), ["2019", "2020", "2021"]),
        (date(2018, 3, 2), date(2018, 3, 20), []),
    ],
)
def test_day_ticks_choose_months_quarters_or_years(first, last, labels):
    assert [label for _, label in day_ticks([first, last], most=8)] == labels


def test_midpoints_cut_the_width_between_the_points():
    assert midpoints([0.0, 0.5, 1.0]) == [(0.0, 0.25), (0.25, 0.75), (0.75, 1.0)]
    assert midpoints([0.0]) == [(0.0, 1.0)]


def test_stacked_areas_lay_each_layer_on_the_one_below():
    chart = stacked_areas([0.0, 1.0], [("low", [1, 2]), ("high", [3, 2])])
    low, high = chart.layers
    assert (low.key, low.edge, low.area) == ("low", "M0 750L1000 500", "M0 750L1000 500L1000 1000L0 1000Z")
    assert (high.key, high.edge, high.area) == ("high", "M0 0L1000 0", "M0 0L1000 0L1000 500L0 750Z")
    assert [tick.label for tick in chart.ticks] == ["0", "1", "2", "3", "4"]


def test_stacked_areas_of_zeros_lie_on_the_floor():
    (layer,) = stacked_areas([0.0, 1.0], [("none", [0, 0])]).layers
    assert layer.edge == "M0 1000L1000 1000"


def test_sparkline_of_one_value_is_a_level_line():
    assert sparkline([5]).edge == "M0 0L1000 0"
    assert sparkline([]).edge == "M"


def test_diverging_bars_share_one_scale_and_one_line():
    chart = diverging_bars([4, 0], [0, 2])
    assert (chart.zero, [tick.label for tick in chart.ticks]) == ("66.67%", ["2", "0", "2", "4"])
    assert chart.up == "M45 666.7h410v-666.7h-410Z"
    assert chart.down == "M545 666.7h410v333.3h-410Z"


def test_lay_marks_letters_them_by_day_and_moves_near_ones_to_another_row():
    places = {date(2024, 3, 12): 0.50, date(2024, 5, 12): 0.52, date(2026, 4, 21): 0.9, date(2030, 1, 1): None}
    marks = lay_marks([(day, f"{day:%Y}") for day in reversed(places)], places.__getitem__)
    assert [(mark.letter, mark.row, mark.at) for mark in marks] == [
        ("A", 0, "50.00%"),
        ("B", 1, "52.00%"),
        ("C", 0, "90.00%"),
    ]
