"""Steps with bands: where they begin, how far they are drawn, and what is not drawn."""

from metrics.formulas.cumulative_incidence import Stay, cumulative_incidence
from web.charts.incidence import incidence_chart


def curve(*stays):
    return cumulative_incidence([Stay(*stay) for stay in stays], cause="up")


def test_a_step_is_drawn_where_it_falls():
    # Half of ten leave after a year of two.
    found = incidence_chart([("series-1", curve(*[(365, "up")] * 5, *[(731,)] * 5))], years=2)
    (band,) = found.plot.bands
    assert [tick.label for tick in found.plot.ticks] == ["0 %", "20 %", "40 %", "60 %", "80 %"]
    # 365 of 730.5 days; a half of the axis of 80 %.
    assert band.line == "M0 1000L499.7 1000L499.7 375L1000 375"
    assert band.area.endswith("Z")
    assert [tick.label for tick in found.day_ticks] == ["0", "1", "2"]


def test_it_ends_where_fewer_than_five_are_followed():
    found = incidence_chart([("series-1", curve(*[(365,)] * 4, *[(100,)] * 5))], years=1)
    assert found.plot.bands[0].line == "M0 1000L273.8 1000"
    assert found.plot.bands[0].area == ""


def test_too_few_make_no_chart():
    assert incidence_chart([("series-1", curve(*[(365,)] * 4))], years=1) is None
    assert incidence_chart([], years=1) is None


def test_a_mark_stands_where_one_project_does():
    curves = [("series-1", curve(*[(900, "up")] * 5))]
    assert incidence_chart(curves, years=4, mark_days=0).mark == "0.00%"
    assert incidence_chart(curves, years=4, mark_days=1461).mark == "100.00%"
    assert incidence_chart(curves, years=4, mark_days=1462).mark is None
