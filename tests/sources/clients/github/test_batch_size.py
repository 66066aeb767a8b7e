"""Batches shrink at once and grow back carefully."""

from sources.clients.github import BatchSize


def after_clean(size, times):
    for _ in range(times):
        size = size.after(is_too_heavy=False, asked=size.current)
    return size


def test_a_heavy_batch_halves_the_size_down_to_one():
    size, seen = BatchSize(), []
    for _ in range(7):
        size = size.after(is_too_heavy=True, asked=size.current)
        seen.append(size.current)

    assert seen == [25, 12, 6, 3, 1, 1, 1]


def test_a_heavy_rest_halves_what_was_asked():
    assert BatchSize(current=40).after(is_too_heavy=True, asked=10).current == 5


def test_it_grows_by_a_quarter_after_clean_batches_and_waits_longer_after_each_halving():
    size = BatchSize().after(is_too_heavy=True, asked=50)

    assert after_clean(size, 5).current == 25
    assert after_clean(size, 6).current == 31
    again = after_clean(size, 6).after(is_too_heavy=True, asked=31)
    assert (again.current, again.patience) == (15, 12)


def test_it_never_grows_beyond_the_largest():
    size = BatchSize(current=49, largest=50)

    assert after_clean(size, 100).current == 50


def test_a_small_rest_proves_nothing_about_larger_batches():
    size = BatchSize(current=20)
    for _ in range(50):
        size = size.after(is_too_heavy=False, asked=3)

    assert size.current == 20
