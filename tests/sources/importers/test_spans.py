import datetime as dt

import pytest

from sources.importers.spans import Span, Timeline

ONE, TWO, THREE = (dt.datetime(2020, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("said", "spans"),
    [
        ([], []),
        ([("a", ONE)], [("a", ONE, None)]),
        ([("a", ONE), ("a", TWO)], [("a", ONE, None)]),
        ([("a", ONE), ("b", TWO)], [("a", ONE, TWO), ("b", TWO, None)]),
        ([("a", ONE), (None, TWO)], [("a", ONE, TWO)]),
        ([("a", ONE), (None, TWO), ("a", THREE)], [("a", ONE, TWO), ("a", THREE, None)]),
        # At one instant the later wins.
        ([("a", ONE), ("b", ONE)], [("b", ONE, None)]),
        ([("a", ONE), (None, ONE)], []),
        ([("a", ONE), ("b", TWO), ("c", TWO)], [("a", ONE, TWO), ("c", TWO, None)]),
        # Back at the same instant: as if nothing had happened.
        ([("a", ONE), ("b", TWO), ("a", TWO)], [("a", ONE, None)]),
        ([("a", ONE), (None, TWO), ("a", TWO)], [("a", ONE, None)]),
    ],
)
def test_timeline_gives_unbroken_spans(said, spans):
    timeline = Timeline()
    for value, at in said:
        timeline.state("x", value, at) if value else timeline.end("x", at)
    assert [(span.value, span.start, span.end) for span in timeline.added] == spans


def test_timeline_tells_what_to_change_of_stored_spans():
    timeline = Timeline()
    timeline.resume(Span("x", "a", ONE, TWO, pk=1))
    timeline.resume(Span("x", "b", TWO, pk=2))
    timeline.state("x", "a", TWO)
    assert timeline.dropped == [2]
    assert {pk: span.end for pk, span in timeline.changed.items()} == {1: None}
    assert timeline.added == []


def test_timeline_ends_a_stored_span():
    timeline = Timeline()
    timeline.resume(Span("x", "a", ONE, pk=1))
    timeline.state("x", "b", THREE, note="n")
    assert timeline.changed[1].end == THREE
    assert [(span.value, span.note) for span in timeline.added] == [("b", "n")]
