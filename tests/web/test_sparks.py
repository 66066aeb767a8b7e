import pytest

from web.charts.sparks import spark_path


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ([], ""),
        ([None, None], ""),
        ([5], "M0 0h.5"),
        ([0, 0], "M0 20L104 20"),
        ([0, 5, 10], "M0 20L52 10L104 0"),
        ([10, None, 5], "M0 0h.5M104 10h.5"),
        ([4, 8, None, 8, 0], "M0 10L26 0M78 0L104 20"),
    ],
)
def test_spark_draws_what_is_known(values, path):
    assert spark_path(values) == path
