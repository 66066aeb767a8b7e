"""Curves with intervals and the scatter, as geometry."""

from web.charts.interval_curves import ShareDot, interval_curve
from web.charts.scatter import ScatterPoint, scatter


def dot(year, share, reach=0.02):
    return ShareDot(year, share, share - reach, share + reach, f"{year}")


def test_lines_join_within_a_segment_alone():
    drawing = interval_curve(
        [[dot(2020, 0.6), dot(2021, 0.7)], [dot(2022, 0.5)]], years=[2020, 2021, 2022], break_years=[2022]
    )
    (stroke,) = drawing.strokes
    assert (stroke.x1, stroke.x2) == ("6.00%", "50.00%")
    assert (stroke.y1, stroke.y2) == ("40.00%", "30.00%")
    assert drawing.breaks == ("72.00%",)
    assert [tick.label for tick in drawing.years] == ["2020", "2021", "2022"]


def test_the_scale_holds_every_interval():
    drawing = interval_curve([[dot(2020, 0.09)]], years=[2020], break_years=[])
    assert [tick.label for tick in drawing.ticks] == ["0 %", "10 %", "20 %"]
    (placed,) = drawing.dots
    assert (placed.x, placed.y, placed.low, placed.high) == ("50.00%", "55.00%", "65.00%", "45.00%")
    assert [tick.label for tick in interval_curve([[dot(2020, 0.01, 0.01)]], years=[2020], break_years=[]).ticks] == [
        "0 %",
        "2.5 %",
        "5 %",
    ]


def test_a_share_without_an_interval_is_a_dot():
    (placed,) = interval_curve([[ShareDot(2020, 0.5, None, None, "")]], years=[2020], break_years=[]).dots
    assert placed.y == placed.low == placed.high


def test_nothing_to_draw():
    drawing = interval_curve([], years=[], break_years=[])
    assert (drawing.dots, drawing.strokes, drawing.breaks, drawing.years) == ((), (), (), ())
    assert scatter([], None) is None


def point(count, share, label=""):
    return ScatterPoint(count, share, share, share, "", label)


def test_scatter_places_counts_by_powers_of_ten():
    drawing = scatter([point(10, 0.1), point(1000, 0.4, "A name that is long")], lambda _count: 0.2)
    assert [(one.x, one.y) for one in drawing.points] == [("0.00%", "75.00%"), ("100.00%", "0.00%")]
    assert [tick.label for tick in drawing.count_ticks] == ["10", "100", "1,000"]
    assert [tick.label for tick in drawing.share_ticks] == ["0 %", "20 %", "40 %"]
    assert (drawing.line.x1, drawing.line.y1, drawing.line.x2, drawing.line.y2) == (
        "0.00%",
        "50.00%",
        "100.00%",
        "50.00%",
    )


def test_the_line_does_not_go_below_nothing():
    drawing = scatter(
        [point(10, 0.1), point(1000, 0.4)], lambda count: -0.2 if count == 10 else 0.2 if count == 1000 else 0.0
    )
    assert (drawing.line.x1, drawing.line.y1) == ("50.00%", "100.00%")


def test_one_count_has_a_whole_axis_and_long_names_turn_left_early():
    drawing = scatter([point(10, 0.1, "Short"), point(10, 0.1, "A name that is very long indeed, no")], None)
    assert drawing.line is None
    assert [one.is_left for one in drawing.points] == [True, False]
